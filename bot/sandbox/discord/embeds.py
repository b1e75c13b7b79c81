"""The rules for embeds.

https://discord.com/developers/docs/resources/message#embed-object-embed-limits
"""

from __future__ import annotations

from bot.sandbox.discord import limits
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Body

LINKS = ("http", "https")
MEDIA = ("http", "https", "attachment")
EMPTY = ("title", "description", "fields", "author", "footer", "image", "thumbnail", "url")


def check_embeds(embeds: Field) -> None:
    """Note the faults of a message's embeds, which share one limit of characters."""
    total = sum(_check_embed(embed) for embed in embeds.items(limits.EMBEDS))
    if total > limits.EMBED_TOTAL:
        most = limits.EMBED_TOTAL
        embeds.fault("MAX_EMBED_SIZE_EXCEEDED", f"Embed size exceeds maximum size of {most}")


def _check_embed(embed: Field) -> int:
    size = len(embed["title"].text(limits.EMBED_TITLE).strip())
    size += len(embed["description"].text(limits.EMBED_DESCRIPTION).strip())
    size += len(embed["footer"]["text"].text(limits.EMBED_FOOTER).strip())
    size += len(embed["author"]["name"].text(limits.EMBED_AUTHOR).strip())
    size += sum(_check_field(field) for field in embed["fields"].items(limits.EMBED_FIELDS))
    embed["color"].number(0, limits.COLOR)
    _check_links(embed)
    if not isinstance(embed.value, dict) or not any(embed.value.get(name) for name in EMPTY):
        embed["description"].fault("BASE_TYPE_REQUIRED", "This field is required")
    return size


def _check_field(field: Field) -> int:
    for part, most in (
        (field["name"], limits.EMBED_FIELD_NAME),
        (field["value"], limits.EMBED_FIELD_VALUE),
    ):
        text = part.text(most)
        if not text.strip() and not part.faulty():
            part.fault("BASE_TYPE_REQUIRED", "This field is required")
    return len(str(field["name"].value).strip()) + len(str(field["value"].value).strip())


def _check_links(embed: Field) -> None:
    embed["url"].url(limits.EMBED_URL, LINKS)
    embed["author"]["url"].url(limits.EMBED_URL, LINKS)
    for part, key in (
        ("image", "url"),
        ("thumbnail", "url"),
        ("author", "icon_url"),
        ("footer", "icon_url"),
    ):
        embed[part][key].url(limits.EMBED_URL, MEDIA)


def trimmed(embed: Body) -> Body:
    """An embed as Discord keeps it: a rich one, with blanks taken from both ends of its texts."""
    kept = {key: value for key, value in embed.items() if value is not None}
    for key in ("title", "description"):
        if isinstance(kept.get(key), str):
            kept[key] = kept[key].strip()
    return {**kept, "type": "rich"}

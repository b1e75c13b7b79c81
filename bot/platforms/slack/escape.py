"""How untrusted words and addresses become text that Slack does not bring to life."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bot.platforms.slack import limits

_KEYWORD = re.compile(r"@(?=(?:here|channel|everyone|group)\b)", re.IGNORECASE)
_OVERRIDE = re.compile("[\u202d\u202e]")
_ADDRESS = re.compile(r"(?:https?://|mailto:)[^\s\\<>|\"^`{}\x00-\x20\x7f]+", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def escape(text: str) -> str:
    """The text for `text` and mrkdwn fields: its words and nothing that pings or links.

    Slack's control characters are `&`, `<` and `>`; a bare `@here` is read on its own, so an
    invisible joiner parts it. https://docs.slack.dev/messaging/formatting-message-text
    """
    safe = upright(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _KEYWORD.sub("@" + _WORD_JOINER, safe)


def upright(text: str) -> str:
    """The text without what turns letters around, which could show another domain than it says."""
    return _OVERRIDE.sub("", text)


def address(link: str | None) -> str | None:
    """The link where it is one that Slack may open as it stands, else nothing."""
    if link is None or len(link) > limits.URL:
        return None
    encoded = link.replace("|", "%7C").replace("<", "%3C").replace(">", "%3E").replace(" ", "%20")
    return encoded if _ADDRESS.fullmatch(encoded) and target(encoded) else None


def target(link: str) -> str:
    """Where a link leads, to be shown: the domain, or the mail address; "" where unknown."""
    try:
        parts = urlsplit(link)
        host = parts.hostname or ""
        domain = host if host.isascii() else host.encode("idna").decode("ascii")
    except ValueError:
        return ""
    if parts.scheme.lower() == "mailto":
        return parts.path
    return domain.removeprefix("www.")


def shows(label: str, link: str) -> bool:
    """Whether a label already says truly where its link leads."""
    said = re.sub(r"^(?:https?://|mailto:)?(?:www\.)?", "", label.strip().lower())
    domain = target(link).lower()
    return said == domain or said.startswith((f"{domain}/", f"{domain}?", f"{domain}#"))

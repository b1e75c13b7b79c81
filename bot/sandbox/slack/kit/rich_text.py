"""Rich text: sections, lists, quotes, code and what stands in them.

https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from __future__ import annotations

from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.shapes import (
    Check,
    Fields,
    boolean,
    listing,
    number,
    one_of,
    pick,
    record,
    text,
    typed,
    url,
)

BOLD: Fields = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), boolean)
STYLED: Fields = {"style": record({}, BOLD)}

PARTS: dict[str, Check] = {
    "text": record({"text": text()}, STYLED),
    "link": record({"url": url(sizes.URL)}, {**STYLED, "text": text(), "unsafe": boolean}),
    "emoji": record({"name": text()}, {**STYLED, "unicode": text(), "url": url(sizes.URL)}),
    "user": record({"user_id": text()}, STYLED),
    "usergroup": record({"usergroup_id": text()}, STYLED),
    "team": record({"team_id": text()}, STYLED),
    "channel": record({"channel_id": text()}, STYLED),
    "broadcast": record({"range": one_of("here", "channel", "everyone")}, STYLED),
    "color": record({"value": text()}, STYLED),
    "date": record(
        {"timestamp": number(least=0), "format": text()},
        {**STYLED, "url": url(sizes.URL), "fallback": text()},
    ),
}

_any = listing(typed(PARTS))
_border: Fields = {"border": one_of(0, 1)}
_section = record({"elements": _any})

RICH_TEXT_PARTS: dict[str, Check] = {
    "rich_text_section": _section,
    "rich_text_quote": record({"elements": _any}, _border),
    "rich_text_preformatted": record(
        {"elements": listing(typed(pick(PARTS, "text", "link")))}, _border
    ),
    "rich_text_list": record(
        {
            "style": one_of("bullet", "ordered"),
            "elements": listing(typed({"rich_text_section": _section})),
        },
        {**_border, "indent": number(0, sizes.LIST_INDENT), "offset": number(least=0)},
    ),
}

BODY: Fields = {"elements": listing(typed(RICH_TEXT_PARTS))}
RICH_TEXT = typed({"rich_text": record(BODY, {"block_id": text(sizes.IDENTIFIER)})})
"""A `rich_text` block, wherever it stands."""

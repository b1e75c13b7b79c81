"""Parts of a message as blocks of Slack's Block Kit.

https://docs.slack.dev/reference/block-kit/blocks
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import TypeVar, assert_never
from urllib.parse import urlsplit

from bot.platforms.slack import limits
from bot.platforms.slack.escape import address, escape, shows, target, upright
from bot.platforms.slack.inline import Json, inline
from bot.platforms.slack.menus import menus
from bot.platforms.slack.persons import token, user_of
from bot.platforms.slack.richtext import rich_text
from briefings.blocks import (
    Code,
    Divider,
    Heading,
    Image,
    List,
    Paragraph,
    Quote,
    Span,
    Spans,
    Style,
    Table,
    merged,
    text_of,
)
from briefings.message import Action, Actions, Menu, Note, Part, Weight
from briefings.tokens import encode

T = TypeVar("T")

_LIVE_IN_MRKDWN = re.compile(r"[*_~`:|\n]")
"""What styles text or ends a link in mrkdwn, where Slack knows no way to escape it."""
_WEIGHTS = {
    Weight.NORMAL: {},
    Weight.PRIMARY: {"style": "primary"},
    Weight.DANGER: {"style": "danger"},
}


def header(title: str) -> tuple[Json, ...]:
    """A message's title; one that a header cannot hold is said in bold."""
    line = " ".join(upright(title).split())
    if len(line) > limits.HEADER:
        return rich_text(Paragraph((Span(title, Style.STRONG),)))
    return ({"type": "header", "text": _plain_text(line)},) if line else ()


def drawn(part: Part, controls: int = 0) -> tuple[Json, ...]:
    """The blocks of one part, in a message that has so many buttons and menus already."""
    match part:
        case Note(spans):
            return _note(spans)
        case Actions(actions):
            return _actions(actions, controls)
        case Menu():
            return menus(part, controls)
        case Heading(spans, level):
            return _heading(spans, level)
        case Table():
            return _table(part)
        case Image():
            return _image(part)
        case Divider():
            return ({"type": "divider"},)
        case Paragraph() | List() | Quote() | Code():
            return rich_text(part)
        case _:
            assert_never(part)


def controls_of(part: Part) -> int:
    """How many buttons and menus a part is drawn with."""
    match part:
        case Actions(actions):
            return len(actions)
        case Menu(_, options):
            return -(-len(options) // limits.OPTIONS)
        case _:
            return 0


def _plain_text(text: str) -> Json:
    return {"type": "plain_text", "text": upright(text), "emoji": False}


def _heading(spans: Spans, level: int) -> tuple[Json, ...]:
    """The two upper levels as headers, which screen readers know, where nothing gets lost."""
    if level <= 2 and _unstyled(spans) and len(text_of(spans)) <= limits.HEADER:
        return header(text_of(spans))
    return rich_text(Heading(spans, level))


def _unstyled(spans: Spans) -> bool:
    return all(span == Span(span.text) for span in spans)


def _note(spans: Spans) -> tuple[Json, ...]:
    """Small print; a link that mrkdwn cannot say safely moves the note into `rich_text`."""
    linked = [(span, address(span.link)) for span in merged(spans)]
    if any(link and _LIVE_IN_MRKDWN.search(span.text) for span, link in linked):
        return rich_text(Paragraph(spans))
    runs = groupby(linked, key=lambda pair: (pair[1], user_of(pair[0].person)))
    elements = [_small(text_of(span for span, _ in run), *how) for how, run in runs]
    said = [element for element in elements if str(element["text"]).strip()]
    return tuple(
        {"type": "context", "elements": row} for row in _rows(said, limits.CONTEXT_ELEMENTS)
    )


def _small(text: str, link: str | None, user: str | None = None) -> Json:
    if user:
        return {"type": "mrkdwn", "text": token(user), "verbatim": True}
    if link is None:
        return _plain_text(text)
    domain = "" if shows(text, link) else escape(f" ({target(link)})")
    said = f"<{escape(link)}|{escape(text) or escape(link)}>{domain}"
    return {"type": "mrkdwn", "text": said, "verbatim": True}


def _actions(actions: Sequence[Action], begin: int) -> tuple[Json, ...]:
    """Rows of buttons whose `action_id`s are unique in the message, which Slack asks for."""
    buttons = [_button(action, number) for number, action in enumerate(actions, begin)]
    return tuple({"type": "actions", "elements": row} for row in _rows(buttons, limits.BUTTONS))


def _button(action: Action, number: int) -> Json:
    return {
        "type": "button",
        "text": _plain_text(action.label),
        "action_id": f"b1:{number}",
        "value": encode(action.intent),
        **_WEIGHTS[action.weight],
    }


def _rows(things: Sequence[T], size: int) -> Iterable[list[T]]:
    return (list(things[at : at + size]) for at in range(0, len(things), size))


def _table(table: Table) -> tuple[Json, ...]:
    if not 0 < len(table.head) <= limits.TABLE_COLUMNS:
        return rich_text(table)
    rows = [[_cell(cell) for cell in row] for row in (table.head, *table.rows)]
    wrapped = [{"is_wrapped": True} for _ in table.head]
    return ({"type": "table", "rows": rows, "column_settings": wrapped},)


def _cell(spans: Spans) -> Json:
    if _unstyled(merged(spans)):
        return {"type": "raw_text", "text": upright(text_of(spans)) or " "}  # never empty
    section = {"type": "rich_text_section", "elements": inline(spans)}
    return {"type": "rich_text", "elements": [section]}


def _image(image: Image) -> tuple[Json, ...]:
    """A picture; words too long to stand for it are said beside it."""
    url = address(image.url)
    if url is None or url.lower().startswith("mailto:"):
        return rich_text(image)
    if len(image.alt) > limits.ALT_TEXT:
        return (*rich_text(Paragraph((Span(image.alt),))), *_image(Image(image.url)))
    alt = image.alt.strip() or _file_name(url)
    return ({"type": "image", "image_url": url, "alt_text": alt},)


def _file_name(url: str) -> str:
    """What can be said of a picture without words."""
    name = urlsplit(url).path.rpartition("/")[2]
    return name if 0 < len(name) <= limits.ALT_TEXT else target(url)

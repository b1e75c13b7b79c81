"""The kinds of block: https://docs.slack.dev/reference/block-kit/blocks"""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.elements import BUTTON, CONTEXT_ELEMENTS, ELEMENTS, IMAGE
from bot.sandbox.slack.kit.inputs import INPUTS, RICH_TEXT_INPUT
from bot.sandbox.slack.kit.rich_text import BODY, RICH_TEXT
from bot.sandbox.slack.kit.shapes import (
    Check,
    boolean,
    later,
    listing,
    needs,
    one_of,
    pick,
    record,
    text,
    typed,
    url,
    wrong,
)
from bot.sandbox.slack.kit.tables import CHART, DATA_TABLE, ID, TABLE
from bot.sandbox.slack.kit.texts import FILE, either, mrkdwn, plain
from bot.sandbox.slack.reading import mapping


def _image(value: object, at: str) -> Iterator[str]:
    yield from IMAGE(mapping(value) | {"type": "image"}, at)


def _not_pending(value: object, at: str) -> Iterator[str]:
    if mapping(value).get("status") == "pending":
        yield wrong("a task outside a plan cannot be pending", f"{at}/status")


CARD = record(
    {},
    {
        **ID,
        "title": mrkdwn(sizes.CARD_TITLE),
        "subtitle": mrkdwn(sizes.CARD_TITLE),
        "body": mrkdwn(sizes.CARD_BODY),
        "subtext": mrkdwn(sizes.CARD_BODY),
        "icon": IMAGE,
        "hero_image": IMAGE,
        "actions": listing(typed({"button": BUTTON}), sizes.CARD_BUTTONS),
    },
    needs("hero_image", "title", "body", "actions"),
)

_task = {"task_id": text(), "title": text()}
_source = typed({"url": record({"url": url(sizes.URL), "text": text()})})
_status = one_of("pending", "in_progress", "complete", "error")
_more = {**ID, "details": RICH_TEXT, "output": RICH_TEXT, "sources": listing(_source)}
TASK = record({**_task, "status": _status}, _more)

BLOCKS: dict[str, Check] = {
    "actions": record(
        {
            "elements": listing(
                typed({**ELEMENTS, "rich_text_input": RICH_TEXT_INPUT}), sizes.ACTIONS_ELEMENTS
            )
        },
        ID,
    ),
    "alert": record(
        {"text": either(sizes.ALERT)},
        {**ID, "level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": CARD,
    "carousel": record({"elements": listing(typed({"card": CARD}), sizes.CAROUSEL_CARDS)}, ID),
    "container": record(
        {"child_blocks": listing(later(lambda: CHILDREN), sizes.CONTAINER_BLOCKS)},
        {
            **ID,
            "title": plain(sizes.CONTAINER_TITLE),
            "rich_text_title": RICH_TEXT,
            "subtitle": either(sizes.CONTAINER_TITLE),
            "icon": IMAGE,
            "width": one_of("narrow", "standard", "wide", "full"),
            "is_collapsible": boolean,
            "default_collapsed": boolean,
            "has_header_divider": boolean,
        },
    ),
    "context": record(
        {
            "elements": listing(
                typed(
                    {
                        "image": _image,
                        "plain_text": record({"text": text(sizes.TEXT)}, {"emoji": boolean}),
                        "mrkdwn": record({"text": text(sizes.TEXT)}, {"verbatim": boolean}),
                    }
                ),
                sizes.CONTEXT_ELEMENTS,
            )
        },
        ID,
    ),
    "context_actions": record(
        {"elements": listing(typed(CONTEXT_ELEMENTS), sizes.CONTEXT_ACTIONS)}, ID
    ),
    "data_table": DATA_TABLE,
    "data_visualization": CHART,
    "divider": record({}, ID),
    "file": record({"external_id": text(), "source": one_of("remote")}, ID),
    "header": record({"text": plain(sizes.HEADER)}, ID),
    "image": record(
        {"alt_text": text(sizes.ALT_TEXT)},
        {
            **ID,
            "image_url": url(sizes.URL),
            "slack_file": FILE,
            "title": plain(sizes.IMAGE_TITLE),
        },
        needs("image_url", "slack_file", exactly=True),
    ),
    "input": record(
        {"label": plain(sizes.INPUT_LABEL), "element": typed(INPUTS)},
        {**ID, "hint": plain(sizes.INPUT_LABEL), "optional": boolean, "dispatch_action": boolean},
    ),
    "markdown": record({"text": text(sizes.MARKDOWN)}, ID),
    "plan": record(
        {"title": text()}, {**ID, "tasks": listing(typed({"task_card": TASK}), sizes.PLAN_TASKS, 0)}
    ),
    "rich_text": record(BODY, ID),
    "section": record(
        {},
        {
            **ID,
            "text": either(),
            "fields": listing(either(sizes.SECTION_FIELD), sizes.SECTION_FIELDS),
            "accessory": typed({**ELEMENTS, "image": _image}),
            "expand": boolean,
        },
        needs("text", "fields"),
    ),
    "table": TABLE,
    "task_card": record({**_task, "status": _status}, _more, _not_pending),
    "video": record(
        {
            "alt_text": text(sizes.ALT_TEXT),
            "title": plain(sizes.VIDEO_TITLE),
            "thumbnail_url": url(sizes.URL),
            "video_url": url(sizes.URL),
        },
        {
            **ID,
            "title_url": url(sizes.VIDEO_TITLE_URL),
            "description": plain(sizes.VIDEO_TITLE),
            "author_name": text(sizes.VIDEO_AUTHOR),
            "provider_name": text(sizes.VIDEO_AUTHOR),
            "provider_icon_url": url(sizes.VIDEO_TITLE_URL),
        },
    ),
}

_EVERYWHERE = ("actions", "context", "divider", "header", "image", "input", "rich_text", "section")
_MODAL = (*_EVERYWHERE, "alert", "card", "video")
_HOME = (*_EVERYWHERE, "card", "carousel", "container", "data_table", "data_visualization")

CHILDREN: Check = typed(pick(BLOCKS, *_EVERYWHERE, "file", "table", "video"))

SURFACES: dict[str, Check] = {
    "message": typed({name: check for name, check in BLOCKS.items() if name != "alert"}),
    "modal": typed(pick(BLOCKS, *_MODAL)),
    "home": typed(pick(BLOCKS, *_HOME, "table", "video")),
}
"""What may stand where; as on each block's page, "Available in surfaces"."""

"""Block Kit, checked as `blocks.validate` would: each block, and all of them together."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from bot.sandbox.side import Json
from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.kinds import SURFACES
from bot.sandbox.slack.kit.shapes import Check, listing, wrong
from bot.sandbox.slack.kit.views import VIEWS
from bot.sandbox.slack.reading import items, mapping, objects, string
from bot.sandbox.slack.refusals import Refused

TABLES = frozenset({"table", "data_table"})


def check_blocks(blocks: object) -> None:
    """Refuse the blocks of a message that Slack refuses, with its codes; raises `Refused`.

    https://docs.slack.dev/reference/methods/chat.postMessage, errors
    """
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    reasons = tuple(_reasons(blocks, SURFACES["message"], sizes.BLOCKS))
    if reasons:
        raise Refused("invalid_blocks", *reasons)
    kinds = Counter(string(block.get("type")) for block in objects(blocks))
    if sum(kinds[table] for table in TABLES) > sizes.TABLES:
        raise Refused("invalid_attachments", "only_one_table_allowed")
    if kinds["data_visualization"] > sizes.CHARTS:
        raise Refused("invalid_blocks", wrong(f"no more than {sizes.CHARTS} charts", "/blocks"))
    if _markdown(blocks) > sizes.MARKDOWN or weigh(blocks) > sizes.WEIGHT:
        raise Refused("msg_blocks_too_long")


def check_view(view: Json) -> None:
    """Refuse a modal or Home tab that Slack refuses; raises `Refused`.

    https://docs.slack.dev/reference/views
    """
    kind = string(view.get("type"))
    reasons = list(VIEWS(view, "/view"))
    if kind in SURFACES:
        reasons += _reasons(view.get("blocks"), SURFACES[kind], sizes.VIEW_BLOCKS, "/view/blocks")
    if reasons:
        raise Refused("invalid_arguments", *reasons)


def weigh(blocks: Iterable[object]) -> int:
    """How heavy the blocks are together: their length as JSON, in code points.

    A table weighs its text alone, for its cells are too many for anything else to be true of
    it; a data table has a limit of its own.
    """
    return sum(_weight(mapping(block)) for block in blocks)


def _weight(block: Json) -> int:
    match block.get("type"):
        case "data_table":
            return 0
        case "table":
            return sum(len(string(each.get("text"))) for each in objects(block))
        case _:
            return len(json.dumps(block, ensure_ascii=False, separators=(",", ":")))


def _reasons(blocks: object, kind: Check, most: int, at: str = "/blocks") -> Iterator[str]:
    yield from listing(kind, most)(blocks, at)
    ids = [mapping(block).get("block_id") for block in items(blocks)]
    yield from (wrong(f"block_id already exists for value '{again}'", at) for again in _twice(ids))
    for index, block in enumerate(items(blocks)):
        actions = [each["action_id"] for each in objects(block) if "action_id" in each]
        for again in _twice(actions):
            yield wrong(f"action_id already exists for value '{again}'", f"{at}/{index}")


def _twice(names: Iterable[object]) -> list[str]:
    counts = Counter(name for name in names if isinstance(name, str))
    return [name for name, count in counts.items() if count > 1]


def _markdown(blocks: Iterable[object]) -> int:
    markdown = (each for each in map(mapping, blocks) if each.get("type") == "markdown")
    return sum(len(string(each.get("text"))) for each in markdown)

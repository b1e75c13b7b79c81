"""Whether what was drawn keeps Slack's limits, counted as Slack counts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.platforms.slack import limits
from bot.platforms.slack.inline import Json


def fits(text: str, blocks: Sequence[Json]) -> bool:
    """Whether Slack would take a message of these blocks with this notification."""
    return (
        len(blocks) <= limits.BLOCKS
        and len(text) + characters(blocks) <= limits.CHARACTERS
        and weight(blocks) <= limits.WEIGHT
        and _tables_fit([block for block in blocks if block["type"] == "table"])
        and all(len(said) <= limits.TEXT_OBJECT for said in _small_print(blocks))
    )


def weight(blocks: Sequence[Json]) -> int:
    """How much the blocks are to Slack: their compact JSON; of tables, the text alone."""
    tables = [block for block in blocks if block["type"] == "table"]
    others = [block for block in blocks if block["type"] != "table"]
    drawn = json.dumps(others, ensure_ascii=False, separators=(",", ":"))
    return len(drawn) + characters(tables)


def characters(drawn: object) -> int:
    """The code points of all strings in a piece of JSON, the names of types excepted."""
    match drawn:
        case str():
            return len(drawn)
        case Mapping():
            return sum(characters(value) for name, value in drawn.items() if name != "type")
        case Sequence():
            return sum(characters(each) for each in drawn)
        case _:
            return 0


def _tables_fit(tables: Sequence[Json]) -> bool:
    return (
        len(tables) <= limits.TABLES
        and characters(tables) <= limits.TABLE_TEXT
        and all(len(list(_each(table, "rows"))) <= limits.TABLE_ROWS for table in tables)
    )


def _small_print(blocks: Iterable[Json]) -> Iterator[str]:
    for block in blocks:
        if block["type"] == "context":
            yield from (str(element["text"]) for element in _each(block, "elements"))


def _each(block: Json, name: str) -> Iterator[Json]:
    found = block[name]
    return iter(found) if isinstance(found, list) else iter(())

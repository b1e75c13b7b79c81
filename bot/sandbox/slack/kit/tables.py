"""Tables and charts.

https://docs.slack.dev/reference/block-kit/blocks/table-block and its neighbours
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.sandbox.slack.kit import sizes
from bot.sandbox.slack.kit.rich_text import RICH_TEXT
from bot.sandbox.slack.kit.shapes import (
    Check,
    Fields,
    boolean,
    listing,
    number,
    one_of,
    record,
    text,
    typed,
    wrong,
)
from bot.sandbox.slack.kit.texts import IDENTIFIER
from bot.sandbox.slack.reading import items, mapping, objects, string

ID: Fields = {"block_id": IDENTIFIER}


def _rich(value: object, at: str) -> Iterator[str]:
    yield from RICH_TEXT(mapping(value) | {"type": "rich_text"}, at)


CELL = typed(
    {
        "raw_text": record({"text": text()}),
        "raw_number": record({"value": number(whole=False), "text": text()}),
        "rich_text": _rich,
    }
)

TABLE = record(
    {"rows": listing(listing(CELL, sizes.TABLE_COLUMNS), sizes.TABLE_ROWS)},
    {
        **ID,
        "column_settings": listing(
            record({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean}),
            sizes.TABLE_COLUMNS,
        ),
    },
)


def _even_rows(value: object, at: str) -> Iterator[str]:
    rows = items(mapping(value).get("rows"))
    if len({len(items(row)) for row in rows}) > 1:
        yield wrong("every row must have as many cells as the header", f"{at}/rows")
    header = [mapping(cell).get("type") for cell in items(rows[0])] if rows else []
    if any(kind != "raw_text" for kind in header):
        yield wrong("the header takes raw_text alone", f"{at}/rows/0")


def _content(value: object, at: str) -> Iterator[str]:
    length = sum(len(string(each.get("text"))) for each in objects(mapping(value).get("rows")))
    if length > sizes.DATA_TEXT:
        yield wrong(f"no more than {sizes.DATA_TEXT} characters allowed", f"{at}/rows")


DATA_TABLE = record(
    {
        "caption": text(),
        "rows": listing(listing(CELL, sizes.TABLE_COLUMNS), sizes.DATA_ROWS, 2),
    },
    {
        **ID,
        "page_size": number(1, sizes.DATA_PAGE),
        "row_header_column_index": number(least=0),
    },
    _even_rows,
    _content,
)

_label = text(sizes.CHART_LABEL)
_point = record({"label": _label, "value": number(whole=False)})


def _positive(value: object, at: str) -> Iterator[str]:
    share = mapping(value).get("value")
    if isinstance(share, (int, float)) and share <= 0:
        yield wrong("must be more than 0", f"{at}/value")


_segment = record({"label": _label, "value": number(whole=False)}, {}, _positive)
_plotted: Check = record(
    {
        "series": listing(
            record({"name": _label, "data": listing(_point, sizes.CHART_POINTS)}),
            sizes.CHART_PARTS,
        ),
        "axis_config": record(
            {"categories": listing(_label, sizes.CHART_POINTS)},
            {"x_label": text(sizes.CHART_AXIS), "y_label": text(sizes.CHART_AXIS)},
        ),
    }
)

CHART = record(
    {
        "title": text(sizes.CHART_TITLE),
        "chart": typed(
            {
                "pie": record({"segments": listing(_segment, sizes.CHART_PARTS)}),
                "bar": _plotted,
                "line": _plotted,
                "area": _plotted,
            }
        ),
    },
    ID,
)

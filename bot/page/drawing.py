"""Draws the page's templates: every value in them is escaped."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

TEMPLATES = Path(__file__).parent / "templates"


def open_templates() -> Environment:
    """The templates, with how they say dates and times."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    says: dict[str, Any] = {"clock": clock, "day": day, "moment": moment, "plural": plural}
    environment.filters.update(says)
    return environment


def clock(at: datetime) -> str:
    """`09:00`."""
    return f"{at:%H:%M}"


def day(on: date) -> str:
    """`Mon 23 Nov`."""
    return f"{on:%a} {on.day} {on:%b}"


def moment(at: datetime | None, zone: ZoneInfo | None = None) -> str:
    """`Mon 23 Nov, 09:00`, in the zone where one is named."""
    if at is None:
        return "never"
    local = at.astimezone(zone) if zone else at
    return f"{day(local)}, {clock(local)}"


def plural(number: int, one: str, many: str | None = None) -> str:
    """`1 reply`, `2 replies`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"

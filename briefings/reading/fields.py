"""What the fields of a head say about the briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from briefings.model import Source, TitleFrom
from briefings.reading.dates import dates_in
from briefings.reading.frontmatter import Field, Value
from briefings.reading.placed import Report
from briefings.reading.targets import web_address

_TITLES = ("title", "headline", "subject")
_DATES = ("date", "published", "published_at", "pubdate", "created", "time", "generated")
_TOPICS = ("topics", "tags", "categories", "category", "keywords")
_WRITTEN = frozenset({"title", "title_from", "date", "topics", "sources", "questions", "headings"})
_ABSENT = frozenset({"", "~", "null", "none"})


@dataclass(frozen=True, slots=True)
class About:
    """A briefing's particulars; `None` is where the head does not speak of them."""

    title: str = ""
    title_from: TitleFrom = TitleFrom.METADATA
    date: date | None = None
    dated: bool = False
    topics: tuple[str, ...] | None = None
    sources: tuple[Source, ...] | None = None
    questions: tuple[str, ...] | None = None
    extras: tuple[tuple[str, str], ...] = ()
    marked: bool = False
    """Whether every heading is marked, so that nothing else shall become one."""


def about(fields: Sequence[Field], report: Report) -> About:
    """The particulars in the fields; those without a meaning here are kept as extras."""
    named = {field.name.lower(): field for field in reversed(fields)}
    title = _chosen(named, _TITLES)
    day = _chosen(named, _DATES)
    topics = _chosen(named, _TOPICS)
    sources = named.get("sources") or named.get("source")
    questions = named.get("questions")
    origin = named.get("title_from")
    headings = named.get("headings")
    marked = headings is not None and headings.value == "marked"
    used = (title, day, topics, sources, questions, origin, headings if marked else None)
    return About(
        _line(title.value, marked=marked) if title else "",
        _origin(origin),
        _date(day, report),
        day is not None,
        _texts(topics.value) if topics else None,
        _sources(sources.value) if sources else None,
        _texts(questions.value, "\n") if questions else None,
        _extras([field for field in fields if not any(field is each for each in used)]),
        marked,
    )


def _extras(fields: Iterable[Field]) -> tuple[tuple[str, str], ...]:
    """The fields left over, each under a name of its own."""
    extras: dict[str, str] = {}
    for field in fields:
        taken = field.name in extras or field.name.lower() in _WRITTEN
        name = f"{field.name} (line {field.line})" if taken else field.name
        extras[name] = _text(field.value)
    return tuple(extras.items())


def _chosen(named: Mapping[str, Field], names: Sequence[str]) -> Field | None:
    return next((named[name] for name in names if name in named), None)


def _origin(field: Field | None) -> TitleFrom:
    known = {each.value: each for each in TitleFrom}
    return known.get(_text(field.value), TitleFrom.METADATA) if field else TitleFrom.METADATA


def _date(field: Field | None, report: Report) -> date | None:
    text = _text(field.value) if field else ""
    if field is None or text.lower() in _ABSENT:
        return None
    day = next(iter(dates_in(text)), None)
    if day is None:
        report(field.line, f"“{text[:60]}” is not a date: write it as 2026-01-31.")
    return day


def _line(value: Value, *, marked: bool) -> str:
    text = " ".join(_text(value).split())
    return "" if text in ("~", "null") and not marked else text


def _text(value: Value) -> str:
    if isinstance(value, str):
        return value
    return ", ".join(item if isinstance(item, str) else ", ".join(item.values()) for item in value)


def _texts(value: Value, separator: str = ",") -> tuple[str, ...]:
    if isinstance(value, str):
        parts = [part.strip("'\" ") for part in value.strip("[]").split(separator)]
    else:
        parts = [_text([item]) for item in value]
    return tuple(text for part in parts if (text := " ".join(part.split())))


def _sources(value: Value) -> tuple[Source, ...]:
    items = [value] if isinstance(value, str) else value
    found = (_source(item) for item in items)
    return tuple(source for source in found if source.name)


def _source(item: Mapping[str, str] | str) -> Source:
    if isinstance(item, str):
        text = " ".join(item.split())
        return Source(text, web_address(text))
    named = {name.lower(): " ".join(text.split()) for name, text in item.items()}
    address = named.get("url") or named.get("link") or ""
    name = named.get("name") or named.get("title") or address or ", ".join(named.values())
    return Source(name, web_address(address))

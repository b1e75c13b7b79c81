"""The head of a document: YAML or TOML between fences, or bare `Key: value` lines."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import yaml
from frontmatter.default_handlers import YAMLHandler

from briefings.reading.cleaning import clean
from briefings.reading.known import LABELS
from briefings.reading.placed import Report

Value: TypeAlias = str | list[dict[str, str] | str]
"""A text, or a list of texts and of small mappings such as a source's name and address."""

_DEEPEST = 8
_HARMLESS = 1_000
"""Characters that cannot nest deeply enough to harm."""
_OPENING = re.compile(r"\s*(-{3,}|\+\+\+) *\n")
_ENTRY = re.compile(r":?([A-Za-z][\w .-]{0,30}?)\s*:(?:\s+(.*))?")
_TOML_END = re.compile(r"^\+\+\+ *$", re.MULTILINE)
_SURE = frozenset({"title", "date", "subject"})


@dataclass(frozen=True, slots=True)
class Field:
    """One entry of the head, as its author wrote it."""

    name: str
    value: Value
    line: int


@dataclass(frozen=True, slots=True)
class Head:
    """The fields of a document and how many of its lines they take."""

    fields: tuple[Field, ...] = ()
    lines: int = 0


def head_of(text: str, report: Report) -> Head:
    """The head of a cleaned text; an empty one where the document begins at once."""
    opening = _OPENING.match(text)
    if opening is None:
        return _bare(text.split("\n"))
    if opening[1] == "+++":
        return _toml(text, opening.end(), report)
    return _fenced(text) or _unfenced(text, opening.end(), report)


def _fenced(text: str) -> Head | None:
    try:
        source, body = YAMLHandler().split(text)
    except ValueError:  # the closing fence is missing
        return None
    first = text.count("\n", 0, text.index(source)) + 1 if source else 1
    fields = _yaml(source, first)
    return None if fields is None else Head(fields, text[: len(text) - len(body)].count("\n") + 1)


def _yaml(source: str, first: int) -> tuple[Field, ...] | None:
    """The entries of a YAML mapping; nothing where it is none.

    Scalars stay the text they are: no date, number or tag is made of them. An alias is the same
    node again, so that a bomb of aliases stays as small as its source.
    """
    try:
        if len(source) > _HARMLESS and not _is_shallow(source):
            return None
        root = yaml.compose(source, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return None
    if not isinstance(root, yaml.MappingNode):
        return () if root is None else None
    return tuple(
        Field(clean(str(name.value)), _value(node, source), first + name.start_mark.line)
        for name, node in root.value
    )


def _is_shallow(source: str) -> bool:
    """Whether it is safe to compose: libyaml recurses without a limit."""
    depth = 0
    for event in yaml.parse(source, Loader=yaml.CBaseLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return False
    return True


def _value(node: yaml.Node, source: str) -> Value:
    if isinstance(node, yaml.ScalarNode):
        return clean(str(node.value))
    if isinstance(node, yaml.SequenceNode):
        return [_entry(each, source) for each in node.value]
    return _raw(node, source)


def _entry(node: yaml.Node, source: str) -> dict[str, str] | str:
    if isinstance(node, yaml.ScalarNode):
        return clean(str(node.value))
    if isinstance(node, yaml.MappingNode) and all(
        isinstance(each, yaml.ScalarNode) for pair in node.value for each in pair
    ):
        return {clean(str(name.value)): clean(str(each.value)) for name, each in node.value}
    return _raw(node, source)


def _raw(node: yaml.Node, source: str) -> str:
    return clean(source[node.start_mark.index : node.end_mark.index]).strip()


def _unfenced(text: str, start: int, report: Report) -> Head:
    """The head whose closing fence is missing or whose YAML is broken: line by line."""
    lines = text.split("\n")
    first = text.count("\n", 0, start)
    end = first
    while (end < len(lines) and _ENTRY.fullmatch(lines[end])) or _continues(lines, first, end):
        end += 1
    if end == first:
        return Head()
    report(first, "The front matter is broken; it was read line by line.")
    fields = _yaml("\n".join(lines[first:end]), first + 1) or _by_line(lines[first:end], first + 1)
    closed = end < len(lines) and lines[end].startswith("---")
    if closed and (rest := lines[end].lstrip("-").strip()):
        report(end + 1, f"“{rest}” stands in the line that closes the front matter.")
        return Head(fields, end)
    return Head(fields, end + closed)


def _continues(lines: Sequence[str], first: int, end: int) -> bool:
    """Whether a line belongs to the entry above it: indented, or an item of its list."""
    return (
        first < end < len(lines)
        and lines[end].startswith(("  ", "- ", "#  "))
        and bool(lines[end].strip())
    )


def _by_line(lines: Sequence[str], first: int) -> tuple[Field, ...]:
    fields: list[Field] = []
    for number, line in enumerate(lines, start=first):
        if found := _ENTRY.fullmatch(line):
            fields.append(Field(found[1], (found[2] or "").strip().strip("'\""), number))
        else:
            last = fields[-1]
            fields[-1] = Field(last.name, f"{last.value} {line.strip()}".strip(), last.line)
    return tuple(fields)


def _toml(text: str, start: int, report: Report) -> Head:
    end = _TOML_END.search(text, start)
    try:
        table = tomllib.loads(text[start : end.start() if end else start])
    except (tomllib.TOMLDecodeError, RecursionError):
        report(1, "The front matter is not TOML; it was read as text.")
        return Head()
    if end is None:
        report(1, "The front matter has no end; it was read as text.")
        return Head()
    fields = tuple(Field(name, _of_toml(value), 1) for name, value in table.items())
    return Head(fields, text.count("\n", 0, end.end()) + 1)


def _of_toml(value: object) -> Value:
    if isinstance(value, list):
        return [
            {str(name): str(each) for name, each in item.items()}
            if isinstance(item, dict)
            else str(item)
            for item in value
        ]
    return str(value)


def _bare(lines: Sequence[str]) -> Head:
    """`Key: value` lines at the very top, as Pelican and mail write them."""
    start = next((place for place, line in enumerate(lines) if line.strip()), 0)
    end = start
    while end < len(lines) and (_ENTRY.fullmatch(lines[end]) or _continues(lines, start, end)):
        end += 1
    fields = _by_line(lines[start:end], start + 1)
    names = [field.name.lower() for field in fields]
    if not _SURE.intersection(names) or names[0] not in LABELS:
        return Head()
    closed = end < len(lines) and lines[end].strip() == "---"
    read = _yaml("\n".join(lines[start:end]), start + 1) if closed else None
    return Head(read or fields, end + closed)

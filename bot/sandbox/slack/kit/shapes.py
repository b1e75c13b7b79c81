"""The words in which Block Kit is described here: text, number, list, record, one of several.

Each makes a check: a function of a value and its JSON pointer that yields what is wrong with it,
in Slack's own words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

Check: TypeAlias = Callable[[object, str], Iterator[str]]
Fields: TypeAlias = Mapping[str, Check]


def wrong(what: str, at: str) -> str:
    """One reason, with the place that Slack gives for it."""
    return f"{what} [json-pointer:{at}]"


def text(most: int | None = None, least: int = 1) -> Check:
    """A string of `least` to `most` code points."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, str):
            yield wrong("must provide a string", at)
        elif len(value) < least:
            yield wrong(f"must be more than {least - 1} characters", at)
        elif most is not None and len(value) > most:
            yield wrong(f"must be less than {most + 1} characters", at)

    return check


def url(most: int) -> Check:
    """An address on the web; Slack would open others, the sandbox does not."""
    lengths = text(most)

    def check(value: object, at: str) -> Iterator[str]:
        yield from lengths(value, at)
        if isinstance(value, str) and not value.startswith(("https://", "http://", "mailto:")):
            yield wrong("must be a valid URL", at)

    return check


def number(least: float | None = None, most: float | None = None, *, whole: bool = True) -> Check:
    """A number between two bounds, whole unless it need not be."""

    def check(value: object, at: str) -> Iterator[str]:
        fits = isinstance(value, int) or (isinstance(value, float) and not whole)
        if isinstance(value, bool) or not (fits and isinstance(value, (int, float))):
            yield wrong("must provide a number", at)
        elif (least is not None and value < least) or (most is not None and value > most):
            yield wrong(f"must be between {least} and {most}", at)

    return check


def boolean(value: object, at: str) -> Iterator[str]:
    """True or false."""
    if not isinstance(value, bool):
        yield wrong("must provide a boolean", at)


def one_of(*words: object) -> Check:
    """One of these values."""

    def check(value: object, at: str) -> Iterator[str]:
        if not any(value == word and type(value) is type(word) for word in words):
            yield wrong(f"must be one of {', '.join(map(str, words))}", at)

    return check


def listing(each: Check, most: int | None = None, least: int = 1) -> Check:
    """A list of `least` to `most` items."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, list):
            yield wrong("must provide an array", at)
            return
        if len(value) < least:
            yield wrong(f"no less than {least} items allowed", at)
        if most is not None and len(value) > most:
            yield wrong(f"no more than {most} items allowed", at)
        for index, item in enumerate(value):
            yield from each(item, f"{at}/{index}")

    return check


def record(required: Fields, optional: Fields | None = None, *rules: Check) -> Check:
    """An object with these fields and no others; `rules` look at the whole of it."""
    known = {**required, **(optional or {})}

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must provide an object", at)
            return
        yield from (wrong(f"missing required field: {n}", at) for n in required if n not in value)
        for name, inner in value.items():
            if name in known:
                yield from known[name](inner, f"{at}/{name}")
            else:
                yield wrong(f"invalid additional property: {name}", at)
        for rule in rules:
            yield from rule(value, at)

    return check


def typed(kinds: Mapping[str, Check]) -> Check:
    """An object that says by its `type` which of these it is."""

    def check(value: object, at: str) -> Iterator[str]:
        if not isinstance(value, dict):
            yield wrong("must provide an object", at)
            return
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in kinds:
            yield wrong(f"unsupported type: {kind}", f"{at}/type")
            return
        rest = {name: inner for name, inner in value.items() if name != "type"}
        yield from kinds[kind](rest, at)

    return check


def needs(*names: str, exactly: bool = False) -> Check:
    """A rule: one of these fields must be there, or exactly one."""

    def check(value: object, at: str) -> Iterator[str]:
        there = sum(name in value for name in names) if isinstance(value, dict) else 0
        if not there or (exactly and there > 1):
            yield wrong(f"must have {'exactly ' if exactly else ''}one of {', '.join(names)}", at)

    return check


def later(name: Callable[[], Check]) -> Check:
    """A check that is made only once it is used, for kinds that contain each other."""

    def check(value: object, at: str) -> Iterator[str]:
        yield from name()(value, at)

    return check


def pick(kinds: Mapping[str, Check], *names: str) -> Mapping[str, Check]:
    """Some of the kinds."""
    return {name: kinds[name] for name in names}

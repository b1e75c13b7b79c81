"""Dialogs that are open: what both platforms' modals ask, in one shape for the page and tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.sandbox.side import Json, Unlikely

Values: TypeAlias = Mapping[str, Sequence[str]]
"""What somebody fills in: the values by the entry's name; one text where one is written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to fill in: a text, or `most` of the choices."""

    name: str
    label: str
    values: Sequence[str]
    hint: str = ""
    choices: Sequence[tuple[str, str]] = ()
    """(value, label); none where a text is written."""
    most: int = 1
    least: int = 0
    longest: int = 3_000
    lines: bool = False
    """Whether it is high enough for many lines; in others there is none but the first."""

    def check(self, values: Sequence[str]) -> None:
        """Raises Unlikely where the client would not let these values go."""
        known = {value for value, _ in self.choices}
        if self.choices and not known.issuperset(values):
            raise Unlikely(f"{self.label} does not offer {', '.join(values)}.")
        given = [each for each in values if each]
        if self.least and not given:
            raise Unlikely(f"{self.label} is required: fill it in.")
        if not self.least <= len(given) <= self.most:
            raise Unlikely(f"{self.label} takes {self.least} to {self.most} values.")
        if any(len(each) > self.longest for each in given):
            raise Unlikely(f"{self.label} takes at most {self.longest} characters.")
        if not (self.lines or self.choices) and any("\n" in each for each in given):
            raise Unlikely(f"{self.label} is a single line.")


@dataclass(frozen=True, slots=True)
class Dialog:
    """A modal that somebody has open."""

    id: str
    person: str
    title: str
    button: str
    entries: Sequence[Entry] = field(default_factory=tuple)

    def filled(self, values: Values) -> Mapping[str, Sequence[str]]:
        """The values of every entry: those given, else those it was opened with.

        Raises Unlikely where the client would not send them.
        """
        unknown = set(values) - {each.name for each in self.entries}
        if unknown:
            raise Unlikely(f"The dialog {self.title} asks for no {min(unknown)}.")
        whole = {each.name: tuple(values.get(each.name, each.values)) for each in self.entries}
        for each in self.entries:
            each.check(whole[each.name])
        return whole

    def show(self) -> Json:
        """The dialog as the page draws it."""
        return {
            "id": self.id,
            "person": self.person,
            "title": self.title,
            "button": self.button,
            "entries": [
                {
                    "name": each.name,
                    "label": each.label,
                    "hint": each.hint,
                    "values": list(each.values),
                    "choices": [{"value": v, "label": label} for v, label in each.choices],
                    "most": each.most,
                    "required": each.least > 0,
                    "lines": each.lines,
                    "longest": each.longest,
                }
                for each in self.entries
            ],
        }

"""Lines after `/briefings` about discussions: which there were, and how a channel holds them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from briefings.calendars import read_stretch
from briefings.manners import Manners
from briefings.orders import LINE_LIMIT
from briefings.phrases import Misread, nearest
from briefings.recap_rules import line_of_rule, read_rule
from briefings.tongue import say


@dataclass(frozen=True, slots=True)
class FindTalks:
    """Tell which discussions there were, about a subject or at all."""

    subject: str


@dataclass(frozen=True, slots=True)
class Agree:
    """Discuss as the words say; without words, tell how it is."""

    words: str


@dataclass(frozen=True, slots=True)
class AskRecap:
    """Tell the recap of a discussion, about a subject or the newest one."""

    subject: str


TalkOrder: TypeAlias = FindTalks | Agree | AskRecap

_KEYS = ("opens", "text", "kept", "recap", "in", "signals")
_KEY = re.compile(rf"(?:^|\s)({'|'.join(_KEYS)})(?::\s*|\s+|$)", re.IGNORECASE)
_NOT_KEPT = re.compile(r"\btext:?\s+(?:is\s+)?not\s+kept\b", re.IGNORECASE)
_KEPT = re.compile(r"\btext:?\s+(?:is\s+)?kept\b(?:\s+(?=\d))?", re.IGNORECASE)
_ON = frozenset({"on", "yes", "true", "kept", "keep"})
_OFF = frozenset({"off", "no", "false", "none", "not"})
MOST_DAYS = 365
EXAMPLE = "discussions opens:on text:on kept:90d recap:17:00 in:thread signals:on"


def read_talk_order(text: str) -> TalkOrder | None:
    """The order in a line; nothing where it is about something else."""
    verb, _, rest = text[:LINE_LIMIT].strip().partition(" ")
    match verb.casefold().rstrip(":"):
        case "discussed":
            return FindTalks(rest.strip())
        case "recap":
            return AskRecap(rest.strip())
        case "discussions" | "discussion":
            return Agree(rest.strip())
        case _:
            return None


def changes_talk(text: str) -> bool:
    """Whether a line about discussions asks to change something."""
    order = read_talk_order(text)
    return isinstance(order, Agree) and bool(order.words)


def read_manners(words: str, before: Manners) -> Manners:
    """How a channel discusses from now on; raises Misread. What is not named stays as it is."""
    line = _KEPT.sub("text:on kept:", _NOT_KEPT.sub("text:off ", words)).replace("kept: ", " ")
    pieces = _KEY.split(line.removesuffix("kept:"))
    if pieces[0].strip():
        word = pieces[0].split()[0]
        none = say("“{word}” is nothing that can be set: write {line}.")
        raise Misread(f"{none.format(word=word, line=EXAMPLE)}{nearest(word, _KEYS)}")
    if len(pieces) == 1:
        raise Misread(say("Write what to change: {line}.").format(line=EXAMPLE))
    after = before
    for key, value in zip(pieces[1::2], pieces[2::2], strict=True):
        after = _READERS[key.casefold()](after, value.strip().strip("\"“”'").strip())
    return after


def _switched(name: str, value: str) -> bool:
    word = value.casefold()
    if word not in _ON | _OFF:
        said = say("{name} is on or off: write {name}:on or {name}:off.")
        raise Misread(said.format(name=name))
    return word in _ON


def _kept(manners: Manners, value: str) -> Manners:
    days = read_stretch(f"{value} days" if value.isdigit() else value).days
    if not 1 <= days <= MOST_DAYS:
        said = say("What is said is kept for 1 to {most} days: write kept:90d.")
        raise Misread(said.format(most=MOST_DAYS))
    return replace(manners, kept_days=days)


def _where(manners: Manners, value: str) -> Manners:
    match value.casefold().removeprefix("the "):
        case "thread":
            return replace(manners, recap_in="thread")
        case "channel":
            return replace(manners, recap_in="channel")
        case _:
            said = say("A recap comes in the thread or in the channel: write in:thread.")
            raise Misread(said)


_READERS: Mapping[str, Callable[[Manners, str], Manners]] = {
    "opens": lambda manners, value: replace(manners, opens=_switched("opens", value)),
    "text": lambda manners, value: replace(manners, keeps_text=_switched("text", value)),
    "kept": _kept,
    "recap": lambda manners, value: replace(manners, recap=line_of_rule(read_rule(value))),
    "in": _where,
    "signals": lambda manners, value: replace(manners, signals=_switched("signals", value)),
}

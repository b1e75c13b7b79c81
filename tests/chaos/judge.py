"""Judges a run: what the platforms show against what the ledger says."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.store.ledger import Ledger
from bot.store.rows import OPEN, State
from briefings.lateness import CAME_LATE, TOO_LATE
from tests.chaos.plan import Order, planned, titles

FOUND = re.compile(r"\be\d+p\d+\b")


@dataclass
class Verdict:
    """What became of a run; all but `parked` and `sent` must be empty."""

    sent: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)
    parked: list[str] = field(default_factory=list)
    unexplained: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.disordered or self.stuck or self.unexplained)


async def judge(order: Order, ledger: Ledger, states: dict[str, Any]) -> Verdict:
    """Look at every edition in every channel."""
    verdict = Verdict()
    shown = {name: dict(_shown(state)) for name, state in states.items()}
    seen = {name: Counter(title for title, _ in _all(state)) for name, state in states.items()}
    for number, plan in enumerate(planned(order)):
        wanted = titles(number)
        counts = [seen[plan.platform][title] for title in wanted]
        verdict.doubled += [t for t, count in zip(wanted, counts, strict=True) if count > 1]
        record = await ledger.find(plan.edition)
        state = record.plan.state if record else None
        if state is State.SENT:
            verdict.sent += 1
            verdict.lost += [t for t, count in zip(wanted, counts, strict=True) if not count]
            if shown[plan.platform].get(wanted[0]) != wanted[1:]:
                verdict.disordered.append(wanted[0])
        elif state is State.PARKED and record:
            verdict.parked.append(str(record.plan.reason))
            verdict.unexplained += [] if record.plan.reason else [wanted[0]]
        elif state is None or state in OPEN:
            verdict.stuck.append(f"{wanted[0]} {state} {record.plan.reason if record else ''}")
        else:
            verdict.lost.append(f"{wanted[0]} {state} {record.plan.reason if record else ''}")
        verdict.unexplained += await _gaps(ledger, plan)
    verdict.disordered += _out_of_line(states)
    return verdict


async def _gaps(ledger: Ledger, plan: Any) -> list[str]:
    """Moves that do not follow from each other: each must begin where the one before ended."""
    last: dict[int | None, State] = {}
    wrong = []
    for move in await ledger.moves(plan.edition):
        before = last.get(move.number, State.PLANNED)
        if move.before is not before:
            wrong.append(f"{plan.title}/{move.number}: {before} then {move.before}")
        last[move.number] = move.after
    return wrong


def _shown(state: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every card with what stands in its thread, in order."""
    for channel in state["channels"]:
        for message in _posts(channel):
            thread = (message["thread"] or {}).get("messages", [])
            yield _title(message), tuple(_title(each) for each in thread)


def _all(state: Any) -> Iterator[tuple[str, str]]:
    for channel in state["channels"]:
        for message in _posts(channel):
            yield _title(message), channel["id"]
            for each in (message["thread"] or {}).get("messages", []):
                yield _title(each), channel["id"]


def _out_of_line(states: dict[str, Any]) -> list[str]:
    """Cards that stand below a later one in their channel."""
    wrong = []
    for state in states.values():
        for channel in state["channels"]:
            numbers = [int(_title(each)[1:].split("p")[0]) for each in _posts(channel)]
            wrong += [f"e{b}p0" for a, b in itertools.pairwise(numbers) if b < a]
    return wrong


def _posts(channel: Any) -> list[Any]:
    """What a channel shows but for the notes that a post came late, which carry no number."""
    return [each for each in channel["messages"] if not _is_note(str(each["body"]))]


def _is_note(body: str) -> bool:
    return CAME_LATE in body or TOO_LATE in body


def _title(message: Any) -> str:
    found = FOUND.search(str(message["body"]))
    assert found, message
    return found.group()

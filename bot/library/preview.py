"""The library as it would be once the folders were looked at, with nothing written anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from bot.library.folders import read_file
from bot.library.holdings import Holdings
from bot.library.sweep import Sweep
from bot.store.briefings import Changed
from bot.store.keeping import Found, Held, State, settle
from briefings.packing import FORM


def overlay(holdings: Holdings, folders: Sequence[Path]) -> tuple[str, ...]:
    """Take what the folders hold over into the holdings alone; the problems on the way."""
    look = Sweep(folders).look(holdings.held.values())
    problems = list(look.problems)
    former = {
        each.seen: each
        for each in holdings.held.values()
        if each.state is State.GONE or each.origin in look.lost
    }
    known = holdings.by_origin()
    for file in look.files:
        held = known.get(file.origin)
        found = read_file(file, (held.seen,) if held and held.state is State.PRESENT else ())
        if found is not None:
            problems += [found.problem] if found.problem else []
            _show(holdings, found, held, former.pop(found.seen, None) if held is None else None)
    _let_go(holdings, look.lost)
    return tuple(problems)


def _show(holdings: Holdings, found: Found, held: Held | None, former: Held | None) -> None:
    now, _ = settle(found, held, former, holdings.held, by_hand=False)
    if now is None:
        return
    if found.document and now.digest == found.seen:
        holdings.show([Changed(now, FORM, found.document.packed, found.document.name)])
    else:
        holdings.held[now.id] = now


def _let_go(holdings: Holdings, lost: frozenset[str]) -> None:
    for name, each in tuple(holdings.held.items()):
        if each.origin in lost:
            holdings.held[name] = replace(each, state=State.GONE)

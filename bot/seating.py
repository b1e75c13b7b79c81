"""Who sits where: the desk that answers every room, put together from its parts."""

from __future__ import annotations

from collections.abc import Mapping

from bot.absences import Absences
from bot.asking import Desk
from bot.candidates import Candidates
from bot.channels import Channels
from bot.delivery.plan import Draw
from bot.desk import FrontDesk
from bot.editors import Editors
from bot.engine.port import Engine
from bot.holding import Holding
from bot.listening import Listening
from bot.lookup import LookUp
from bot.newsroom import Newsroom
from bot.owners import OwnersDesk
from bot.platforms.port import Platform
from bot.sections import Sections
from bot.shelf import LiveShelf
from bot.today import Today
from bot.visiting import Visiting
from bot.works import Works
from bot.writers import Writers
from briefings.terms import Terms


def seat(
    terms: Terms,
    works: Works,
    shelf: LiveShelf,
    online: Mapping[str, Platform],
    absences: Absences,
) -> FrontDesk:
    """The desk; `terms` are those of channels that agreed on none."""
    held, ledger, clock = works.subscriptions, works.ledger, works.clock
    today = Today(held, ledger, lambda: shelf.library, terms, clock)
    channels = Channels(held, ledger, today, lambda: shelf.library, works.approvals)
    owners = OwnersDesk(held, channels, shelf, terms, clock, Holding(ledger))
    lookup = LookUp(shelf, works.past, online, today.day)
    visiting = Visiting(held, channels, works.past, today, lambda: shelf.library, clock, online)
    newsroom = newsroom_of(works, shelf, online)
    sections = Sections(works.discussions, works.quotes, lambda: shelf.library)
    listening = Listening(works.discussions, sections)
    return FrontDesk(
        shelf, lookup, ledger, today, owners, newsroom, visiting, absences, listening, online
    )


def newsroom_of(works: Works, shelf: LiveShelf, online: Mapping[str, Platform]) -> Newsroom:
    """Those who answer writers and editors."""
    writers = Writers(works.drafts, works.library, shelf, shelf.look, works.clock)
    candidates, held = _candidates(works, shelf), works.subscriptions
    editors = Editors(works.approvals, held, candidates, writers, online, works.clock)
    return Newsroom(writers, editors)


def asking_desk(
    works: Works,
    shelf: LiveShelf,
    draws: Mapping[str, Draw],
    online: Mapping[str, Platform],
    engine: Engine,
) -> Desk:
    """What editors are asked with."""
    return Desk(
        works.approvals,
        works.subscriptions,
        works.ledger,
        _candidates(works, shelf),
        lambda: shelf.library,
        works.manners,
        draws,
        online,
        engine.wake,
        works.clock,
    )


def _candidates(works: Works, shelf: LiveShelf) -> Candidates:
    return Candidates(works.approvals, works.subscriptions, works.ledger, lambda: shelf.library)

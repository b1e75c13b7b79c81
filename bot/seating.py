"""Who sits where: the desk that answers every room, put together from its parts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack

from bot.absences import Absences
from bot.asking import Desk
from bot.candidates import Candidates
from bot.channels import Channels
from bot.concluding import Concluding
from bot.delivery.deliver import Delivery
from bot.delivery.plan import Draw
from bot.desk import FrontDesk
from bot.discussing import Discussing
from bot.editors import Editors
from bot.engine.port import Engine
from bot.followups import followups_of, promise_desk
from bot.forgetting import EVERY as FORGET_EVERY
from bot.forgetting import Forgetting
from bot.holding import Holding
from bot.inviting import Inviting
from bot.listening import Listening
from bot.lookup import LookUp
from bot.newsroom import Newsroom
from bot.owners import OwnersDesk
from bot.page_settings import PageSettings
from bot.platforms.port import Platform
from bot.platforms.registry import room
from bot.preflight import Preflight
from bot.promising import start_promising
from bot.recalling import EVERY as RECALL_EVERY
from bot.recalling import Recollection
from bot.recap_asking import RecapAsking
from bot.recap_press import Desk as RecapDesk
from bot.recapping import start_recapping
from bot.retelling import Retelling
from bot.revising import Revising
from bot.rounds import keep_up
from bot.roundtable import RoundTable
from bot.sections import Sections
from bot.shelf import LiveShelf
from bot.store.conclusions import Conclusions
from bot.store.mending import Mending
from bot.store.probes import Probes
from bot.store.recaps import Recaps
from bot.store.retold import Retold
from bot.store.versions import Versions
from bot.store.visits import Visits
from bot.today import Today
from bot.visiting import Visiting
from bot.works import Role, Works, start_correcting
from bot.writers import Writers
from briefings.terms import Terms


def seat(
    terms: Terms,
    works: Works,
    shelf: LiveShelf,
    online: Mapping[str, Platform],
    absences: Absences,
    page: str = "",
) -> FrontDesk:
    """The desk; `terms` are those of channels that agreed on none, `page` is the page's address."""
    held, ledger, clock = works.subscriptions, works.ledger, works.clock
    today = Today(held, ledger, lambda: shelf.library, terms, clock)
    recollections, library = works.recollections, lambda: shelf.library
    channels = Channels(held, ledger, today, library, works.approvals, recollections)
    owners = OwnersDesk(held, channels, shelf, terms, clock, Holding(ledger))
    table = table_of(terms, works, shelf, online)
    lookup = LookUp(shelf, works.past, online, today.day, table.retelling)
    visiting = Visiting(held, channels, works.past, today, lambda: shelf.library, clock, online)
    newsroom = newsroom_of(works, shelf, online, table)
    sections = Sections(works.discussions, works.quotes, lambda: shelf.library)
    inviting = Inviting(Visits(works.database, clock), page, online)
    listening = Listening(works.discussions, sections)
    discussing = Discussing(ledger, works.quotes, held, works.manners, online, clock)
    database = works.database
    followups = followups_of(database, today, ledger, library, online, clock)
    return FrontDesk(
        shelf, lookup, discussing, today, owners, newsroom, visiting, absences, listening,
        followups, online, inviting,
    )  # fmt: skip


def table_of(
    terms: Terms, works: Works, shelf: LiveShelf, online: Mapping[str, Platform]
) -> RoundTable:
    """Those who answer about discussions."""
    conclusions, held = Conclusions(works.database, works.clock), works.subscriptions
    retold = Retold(works.database)
    retelling = Retelling(retold, conclusions, held, shelf, terms)
    recaps, mending = Recaps(works.database, works.clock), Mending(works.database)
    concluding = Concluding(conclusions, recaps, retelling, online, works.clock)
    desk = RecapDesk(
        recaps, mending, retelling.terms_of, lambda: shelf.library, online, lambda _: None,
        works.clock,
    )  # fmt: skip
    asking = RecapAsking(desk, retelling, conclusions)
    return RoundTable(concluding, retelling, works.manners, asking, online)


def start_follow_ups(
    stack: AsyncExitStack,
    desk: FrontDesk,
    works: Works,
    shelf: LiveShelf,
    delivery: Delivery,
    engine: Engine,
) -> None:
    """Correct posts, recap what was said of them, and ask about what they promised."""
    online, versions = delivery.platforms, Versions(works.database)
    revising = Revising(
        versions, works.manners, Retold(works.database), works.ledger, desk.today,
        lambda: shelf.library, engine.wake, works.clock,
    )  # fmt: skip
    start_correcting(stack, works, delivery, shelf, revising)
    start_recapping(stack, recapping_desk(desk, works, shelf, online, engine))
    start_promising(stack, promise_desk(desk.followups, online, engine.wake, works.clock))


def start_listening(
    stack: AsyncExitStack,
    desk: FrontDesk,
    works: Works,
    delivery: Delivery,
    engine: Engine,
    roles: frozenset[Role],
) -> None:
    """Send what people ask for at once; read what was missed of discussions, forget what is old."""
    desk.discussing.wake = desk.newsroom.table.recaps.wake = engine.wake
    if Role.CONNECT not in roles:
        return
    recollection = Recollection(
        desk.listening,
        works.recollections,
        works.workers,
        delivery.platforms,
        delivery.pace,
        works.clock,
    )
    keep_up(stack, recollection.look, RECALL_EVERY)
    keep_up(stack, Forgetting(works.retention).look, FORGET_EVERY)


def recapping_desk(
    desk: FrontDesk, works: Works, shelf: LiveShelf, online: Mapping[str, Platform], engine: Engine
) -> RecapDesk:
    """What discussions are recapped with."""
    recaps = Recaps(works.database, works.clock)
    terms = desk.newsroom.table.retelling.terms_of
    mending = Mending(works.database)
    return RecapDesk(
        recaps, mending, terms, lambda: shelf.library, online, engine.wake, works.clock
    )


def newsroom_of(
    works: Works, shelf: LiveShelf, online: Mapping[str, Platform], table: RoundTable
) -> Newsroom:
    """Those who answer writers and editors, and about discussions."""
    writers = Writers(works.drafts, works.library, shelf, shelf.look, works.clock)
    candidates, held = _candidates(works, shelf), works.subscriptions
    editors = Editors(works.approvals, held, candidates, writers, online, works.clock)
    return Newsroom(writers, editors, table)


def asking_desk(
    works: Works,
    shelf: LiveShelf,
    draws: Mapping[str, Draw],
    online: Mapping[str, Platform],
    engine: Engine,
    settings: PageSettings,
) -> Desk:
    """What editors are asked with."""
    gauges = {name: room(name).gauges for name in draws}
    probes = Probes(works.database, works.clock)
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
        Preflight(probes, gauges, settings.briefing_check_links),
    )


def _candidates(works: Works, shelf: LiveShelf) -> Candidates:
    return Candidates(works.approvals, works.subscriptions, works.ledger, lambda: shelf.library)

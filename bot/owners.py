"""Answers /briefings: what a channel's owners see and change about its posts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo, available_timezones

from bot.channels import Channels
from bot.clock import Clock
from bot.holding import Holding
from bot.platforms.desk import Amiss, Answer
from bot.platforms.events import Ordered, Person, Place, Submitted
from bot.store.agreements import Act, Agreement
from bot.store.subscriptions import Subscriptions
from bot.tongues import languages
from briefings import owner_words as words
from briefings.agreeing import Unfit, compose_form, read_form, refilled
from briefings.fields import Known
from briefings.forms import AGREED, FormName
from briefings.intents import OpenForm
from briefings.lines import read_terms
from briefings.message import Message, Reply
from briefings.model import Library
from briefings.orders import (
    Order,
    Pause,
    Pin,
    Release,
    Resume,
    Show,
    Subscribe,
    Unsubscribe,
    read_order,
)
from briefings.owning import Now, compose_agreed, compose_ended, compose_sentence, compose_wrong
from briefings.phrases import Misread
from briefings.schedule import morning
from briefings.search import Results, Winner, decide
from briefings.terms import Terms
from briefings.tongue import say
from briefings.zones import zone_named


class Shelf(Protocol):
    """The library as the owners' desk uses it."""

    @property
    def library(self) -> Library:
        """Every entry, by its id."""

    def search(self, query: str, limit: int, offset: int) -> Results:
        """A page of hits."""


class OwnersDesk:
    """Changes what channels agreed on, for those who may."""

    def __init__(
        self,
        subscriptions: Subscriptions,
        channels: Channels,
        shelf: Shelf,
        default: Terms,
        clock: Clock,
        holding: Holding,
    ) -> None:
        self._subscriptions = subscriptions
        self._channels = channels
        self._shelf = shelf
        self._default = default
        self._clock = clock
        self._holding = holding

    async def order(self, event: Ordered) -> Answer:
        """The reply to one line, or the form that it asks for."""
        here = (event.place.platform, event.place.channel)
        agreed = await self._subscriptions.at(here)
        terms = agreed.terms if agreed else self._default_of(event.person)
        try:
            order = read_order(event.text, self._now(terms.zone).today)
            if isinstance(order, Show):
                return Reply(await self._channels.show(order.what, here, self._now(terms.zone)))
            if barred := _barred(event.person, None if isinstance(order, Release) else agreed):
                return Reply(barred)
            if isinstance(order, Subscribe) and not order.words:
                return compose_form(FormName.WHEN, terms)
            return Reply(await self._change(order, event.place, event.person, terms))
        except Misread as wrong:
            tried = f"/briefings {event.text.strip()}"
            return Reply(compose_wrong(str(wrong), tried if event.text.strip() else None))

    async def open(self, intent: OpenForm, place: Place) -> Answer:
        """A form with what is agreed or was filled in; whether somebody may is asked at its end."""
        if intent.form not in AGREED:
            return Reply(compose_wrong(say(words.OLD_FORM)))
        agreed = await self._subscriptions.at((place.platform, place.channel))
        terms = agreed.terms if agreed else self._default
        return refilled(compose_form(FormName(intent.form), terms, languages()), intent.typed)

    async def submit(self, event: Submitted) -> Answer:
        """What comes of a form."""
        here = (event.place.platform, event.place.channel)
        agreed = await self._subscriptions.at(here)
        if barred := _barred(event.person, agreed):
            return Reply(barred)
        if event.form not in AGREED:
            return Reply(compose_wrong(say(words.OLD_FORM)))
        terms = agreed.terms if agreed else self._default_of(event.person)
        try:
            wanted = read_form(event.form, event.filled, terms, self._known())
        except Unfit as unfit:
            tried = f"/briefings subscribe {unfit.typed}"
            return Amiss(unfit.faults, Reply(compose_wrong(str(unfit), tried, unfit.again)))
        return Reply(await self._agree(here, wanted, Act(event.person.id, "subscribe")))

    async def _change(self, order: Order, place: Place, person: Person, terms: Terms) -> Message:
        here = (place.platform, place.channel)
        match order:
            case Subscribe(line):
                wanted = read_terms(line, replace(terms, paused_until=None), self._known())
                return await self._agree(here, wanted, Act(person.id, "subscribe"))
            case Pin(day, sought):
                return await self._pin(here, day, sought, person)
            case Release():
                return await self._holding.release(order, here)
            case Unsubscribe():
                ended = await self._subscriptions.end(here, Act(person.id, "unsubscribe"))
                return compose_ended(ended=ended)
            case Pause() | Resume():
                return await self._rest(order, here, person)
            case Show():
                raise AssertionError("What is only shown changes nothing.")

    async def _rest(self, order: Pause | Resume, here: tuple[str, str], person: Person) -> Message:
        agreed = await self._subscriptions.at(here)
        if agreed is None:
            return compose_sentence(say(words.CHANGED), say(words.NOT_SUBSCRIBED))
        if isinstance(order, Pause):
            until = morning(order.until, agreed.terms.zone)
            paused = replace(agreed.terms, paused_until=until)
            return await self._agree(here, paused, Act(person.id, "pause"))
        if (agreed.terms.paused_until or self._clock.now()) <= self._clock.now():
            return compose_sentence(say(words.CHANGED), say(words.NOT_PAUSED))
        resumed = replace(agreed.terms, paused_until=None)
        return await self._agree(here, resumed, Act(person.id, "resume"))

    async def _agree(self, here: tuple[str, str], terms: Terms, act: Act) -> Message:
        agreed = await self._subscriptions.agree(here, terms, act)
        now = self._now(terms.zone)
        first = await self._channels.coming(agreed, 1, now.at)
        return compose_agreed(terms, next(iter(first), None), now)

    async def _pin(self, here: tuple[str, str], day: date, sought: str, person: Person) -> Message:
        agreed = await self._subscriptions.at(here)
        if agreed is None:
            return compose_sentence(say(words.CHANGED), say(words.NOT_SUBSCRIBED))
        today = self._now(agreed.terms.zone).today
        act = Act(person.id, "pin")
        if not sought:
            await self._subscriptions.pin(here, day, None, act)
            return compose_sentence(say(words.PIN_TITLE), words.unpinned(day, today))
        decision = decide(self._shelf.search(sought, 5, 0))
        if not isinstance(decision, Winner):
            raise Misread(words.names_no_one(sought))
        await self._subscriptions.pin(here, day, decision.id, act)
        title = self._shelf.library[decision.id].briefing.title
        return compose_sentence(say(words.PIN_TITLE), words.pinned(title, day, today))

    def _default_of(self, person: Person) -> Terms:
        """The default terms, in the person's own time zone where the platform tells it."""
        return replace(self._default, zone=self._zone(person) or self._default.zone)

    def _now(self, zone: ZoneInfo) -> Now:
        return Now(self._clock.now(), zone)

    def _known(self) -> Known:
        library = self._shelf.library
        topics = {topic for entry in library.values() for topic in entry.briefing.topics}
        return Known(self._zones, topics, languages())

    def _zone(self, person: Person) -> ZoneInfo | None:
        return zone_named(person.zone, self._zones) if person.zone else None

    @cached_property
    def _zones(self) -> frozenset[str]:
        return frozenset(available_timezones())


def _barred(person: Person, agreed: Agreement | None) -> Message | None:
    """Why somebody cannot change a channel's posts, where they cannot."""
    if not person.may_manage:
        return compose_sentence(say(words.NOT_ALLOWED_TITLE), words.not_allowed(person.managers))
    if agreed is not None and agreed.declared:
        return compose_sentence(say(words.NOT_ALLOWED_TITLE), say(words.DECLARED))
    return None

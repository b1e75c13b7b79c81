"""The round table: where lines, presses and forms about discussions go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import assert_never

from bot.concluding import Concluding
from bot.platforms.desk import Answer
from bot.platforms.events import Ordered, Person, Place, Submitted
from bot.platforms.hearing import hears_words
from bot.platforms.port import Platform
from bot.recap_asking import RecapAsking
from bot.retelling import Retelling
from bot.store.agreements import Act
from bot.store.manners import ChannelManners
from briefings import owner_words
from briefings.answers import compose_stale
from briefings.card import compose_card
from briefings.message import Message, Reply
from briefings.model import Entry
from briefings.owning import compose_sentence, compose_wrong
from briefings.phrases import Misread
from briefings.retold import compose_manners
from briefings.talk_intents import Conclude, OnTalk, OpenConclusions, PostRecap
from briefings.talk_orders import Agree, AskRecap, FindTalks, read_manners, read_talk_order
from briefings.tongue import say


@dataclass(frozen=True, slots=True)
class RoundTable:
    """Brings each of them to whoever answers it."""

    concluding: Concluding
    retelling: Retelling
    manners: ChannelManners
    recaps: RecapAsking
    platforms: Mapping[str, Platform] = field(default_factory=dict)
    """Those that are online."""

    async def order(self, event: Ordered) -> Answer | None:
        """The answer to a line; nothing where it is not about discussions."""
        order = read_talk_order(event.text)
        match order:
            case None:
                return None
            case FindTalks(subject):
                return Reply(await self.retelling.listed(subject, event.place))
            case AskRecap(subject):
                return Reply(await self.recaps.tell(subject, event.place, event.person))
            case Agree(words):
                here = (event.place.platform, event.place.channel)
                try:
                    return Reply(await self._agree(words, here, event.person))
                except Misread as wrong:
                    return Reply(compose_wrong(str(wrong), f"/briefings {event.text.strip()}"))
            case _:
                assert_never(order)

    async def press(self, intent: OnTalk, place: Place) -> Answer:
        """The answer to a press."""
        match intent:
            case Conclude():
                return await self.concluding.open(intent, place)
            case OpenConclusions(briefing):
                told = await self.retelling.concluded(briefing, place)
                return Reply(told or compose_stale())
            case PostRecap():
                return Reply(await self.recaps.post(intent, place))
            case _:
                assert_never(intent)

    async def card(self, entry: Entry, place: Place) -> Message:
        """A briefing's card as an answer, with what was said about it."""
        return await self.retelling.noting(compose_card(entry), entry, place)

    async def offering(self, told: Message, entry: Entry, place: Place) -> Message:
        """Where a briefing is discussed, with a way to conclude from it once anything was said."""
        talk = await self.retelling.talk_of(entry, place)
        return await self.concluding.offering(told, talk, place) if talk else told

    async def submit(self, event: Submitted) -> Answer:
        """The answer to a form about a discussion."""
        return await self.concluding.submit(event)

    async def _agree(self, words: str, here: tuple[str, str], person: Person) -> Message:
        before = await self.manners.of(here)
        hears = hears_words(self.platforms.get(here[0]))
        if not words:
            return compose_manners(before, hears=hears)
        if not person.may_manage:
            said = owner_words.not_allowed(person.managers)
            return compose_sentence(say(owner_words.NOT_ALLOWED_TITLE), said)
        after = read_manners(words, before)
        await self.manners.agree(here, after, Act(person.id, "discussions"))
        return compose_manners(after, hears=hears)

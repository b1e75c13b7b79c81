"""Recaps on demand: told to whoever asks for one, and posted in the thread if they want it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from bot.concluding import is_elsewhere
from bot.delivery.plan import STALE, plan_aside
from bot.platforms.events import Person, Place
from bot.recap_press import Desk, RecapPress
from bot.retelling import Retelling
from bot.store.claims import Claimed
from bot.store.conclusion_rows import conclusion_name
from bot.store.conclusions import Conclusions
from bot.store.discussions import Thread
from bot.store.mending import WHOLE
from bot.store.printing import Printed
from bot.store.recaps import Talk, milliseconds
from briefings import recap_words as words
from briefings.message import Message
from briefings.owning import compose_sentence
from briefings.recap import recap
from briefings.recapping import compose_recap, offering_recap, title_of_recap
from briefings.retold import compose_talks
from briefings.schedule import Edition, SubscriptionId
from briefings.talk_intents import PostRecap
from briefings.tongue import say


@dataclass(slots=True)
class RecapAsking:
    """Tells what was said so far, all of it, whenever somebody wants to know."""

    desk: Desk
    retelling: Retelling
    conclusions: Conclusions
    wake: Callable[[str], None] = lambda _: None
    """Told which platform has something to send."""

    async def tell(self, subject: str, place: Place, person: Person) -> Message:
        """The recap of the newest discussion of a channel, or of the newest about a subject."""
        found = await self.retelling.sought(subject, place)
        if found is None:
            terms = await self.retelling.terms_of((place.platform, place.channel))
            return compose_talks(subject, (), (), terms.zone)
        where = (place.platform, place.channel, found.thread)
        thread = Thread(*where, found.briefing, found.title)
        if not (person.may_manage or await self.conclusions.took_part(thread, person.id)):
            return _sentence(say(words.MAY_NOT_ASK).format(managers=say(person.managers)))
        name = await self.conclusions.begin(thread)
        told = await asyncio.to_thread(recap, await self.desk.recaps.remarks(thread))
        talk = await RecapPress(self.desk).talk(thread, told, found.link)
        return offering_recap(compose_recap(told, talk), PostRecap(name))

    async def post(self, intent: PostRecap, place: Place) -> Message:
        """Have the recap posted in its thread, once for what was said so far."""
        version = await self.conclusions.newest(intent.conclusion)
        if version is None or is_elsewhere(version, place):
            return _sentence(say(words.GONE))
        talk = await self.desk.recaps.talk(version.thread)
        remarks = await self.desk.recaps.remarks(version.thread)
        if talk is None or not remarks:
            return _sentence(say(words.GONE))
        told = await asyncio.to_thread(recap, remarks)
        printed = await RecapPress(self.desk).printed(talk.thread, told, None)
        if not await self.desk.recaps.show(talk, told, await self._claimed(talk, printed)):
            return _sentence(say(words.POSTED_BEFORE))
        self.wake(place.platform)
        return _sentence(say(words.POSTED))

    async def _claimed(self, talk: Talk, printed: Printed) -> Claimed:
        """The same edition whoever asks, and on whichever day, until something new is said."""
        thread, now = talk.thread, self.desk.clock.now()
        terms = await self.retelling.terms_of((thread.platform, thread.channel))
        name = f"{WHOLE}/{conclusion_name(thread)}/{milliseconds(talk.heard_at)}"
        edition = Edition(SubscriptionId(name), talk.heard_at.astimezone(terms.zone).date())
        where = (thread.platform, thread.channel, thread.thread)
        plan = plan_aside(edition, where, now, title_of_recap(thread.title), printed, STALE)
        return Claimed(plan, printed)


def _sentence(sentence: str) -> Message:
    return compose_sentence(say(words.RECAP), sentence)

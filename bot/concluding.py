"""Answers those who write down what a team concluded from a discussion."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.clock import Clock
from bot.delivery.plan import STALE, draw_post, plan_aside
from bot.platforms.desk import Amiss, Answer
from bot.platforms.events import Person, Place, Submitted
from bot.platforms.port import Platform
from bot.retelling import Retelling
from bot.store.claims import Claimed
from bot.store.conclusion_rows import conclusion_name
from bot.store.conclusions import Conclusions, Version
from bot.store.discussions import Thread
from bot.store.printing import Printed
from bot.store.recaps import Recaps
from bot.tongues import tongue_for
from briefings import recap_words as words
from briefings.blocks import Code, Paragraph, plain
from briefings.concluding import (
    TEXT,
    View,
    compose_concluded,
    compose_conclusion_form,
    read_conclusion_form,
)
from briefings.message import Action, Actions, Message, Post, Reply
from briefings.owning import compose_sentence
from briefings.recap import recap
from briefings.recapping import compose_draft
from briefings.retold import Told
from briefings.schedule import Edition, SubscriptionId
from briefings.talk_intents import Conclude
from briefings.tongue import say, speaking


class Concluding:
    """Keeps every version of it, from people who took part and those who manage the channel."""

    def __init__(
        self,
        conclusions: Conclusions,
        recaps: Recaps,
        retelling: Retelling,
        platforms: Mapping[str, Platform],
        clock: Clock,
    ) -> None:
        self._conclusions = conclusions
        self._recaps = recaps
        self._retelling = retelling
        self._platforms = platforms
        self._clock = clock

    async def offering(self, told: Message, talk: Told, place: Place) -> Message:
        """A message with a button to write down what a discussion came to."""
        where = (place.platform, place.channel, talk.thread)
        name = await self._conclusions.begin(Thread(*where, talk.briefing, talk.title))
        button = Actions((Action(say(words.WRITE), Conclude(name)),))
        return replace(told, blocks=(*told.blocks, button))

    async def open(self, intent: Conclude, place: Place) -> Answer:
        """The form, with the newest version, or a draft of what was said."""
        version = await self._conclusions.newest(intent.conclusion)
        if version is None or is_elsewhere(version, place):
            return _sentence(words.GONE)
        text = version.text
        if not version.number:
            text = compose_draft(recap(await self._recaps.remarks(version.thread)))
        return compose_conclusion_form(version.name, text)

    async def submit(self, event: Submitted) -> Answer:
        """What comes of the form."""
        version = await self._conclusions.newest(event.subject)
        if version is None or is_elsewhere(version, event.place):
            return _sentence(words.GONE)
        text, fault = read_conclusion_form(event.filled)
        if fault:
            return Amiss({TEXT: fault}, _sentence(fault))
        if not await self._may(version, event.person):
            said = say(words.MAY_NOT).format(managers=event.person.managers)
            return Reply(_kept(said, text))
        if version.name != event.subject or not await self._approve(version, text, event):
            return Reply(_kept(say(words.OVERTAKEN), text))
        return _sentence(words.SAVED, title=version.thread.title)

    async def _approve(self, version: Version, text: str, event: Submitted) -> bool:
        thread, now = version.thread, self._clock.now()
        name = conclusion_name(thread, version.number + 1)
        person = event.person.id
        view = View(name, thread.briefing, text, person, now, 0)
        terms = await self._retelling.terms_of((thread.platform, thread.channel))
        with speaking(tongue_for(terms.language)):
            message = compose_concluded(thread.title, view)
        draw = self._platforms[thread.platform].draw
        printed = Printed.of(draw_post(Post(message), draw))
        edition = Edition(SubscriptionId(f"said/{name}"), now.date())
        where = (thread.platform, thread.channel, thread.thread)
        plan = plan_aside(edition, where, now, message.title, printed, STALE)
        who = (event.place.workspace, person)
        return await self._conclusions.approve(version, text, who, Claimed(plan, printed))

    async def _may(self, version: Version, person: Person) -> bool:
        if person.may_manage:
            return True
        return await self._conclusions.took_part(version.thread, person.id)


def is_elsewhere(version: Version, place: Place) -> bool:
    """Whether it belongs to another channel; within a thread of Discord the thread is the place."""
    thread = version.thread
    here = {place.channel, place.thread}
    return thread.platform != place.platform or not {thread.channel, thread.thread} & here


def _kept(sentence: str, text: str) -> Message:
    """Why something was not taken, and what was written, so that it is not lost."""
    return Message(say(words.WHAT_WE_SAID), (Paragraph(plain(sentence)), Code(text)))


def _sentence(sentence: str, **places: str) -> Reply:
    said = say(sentence).format(**places)
    return Reply(compose_sentence(say(words.WHAT_WE_SAID), said))

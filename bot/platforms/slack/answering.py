"""How what people do in Slack reaches the desk, and how its replies reach them."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import TypeAlias

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.errors import PostError
from bot.platforms.port import Amiss, Answer, Desk, Payload
from bot.platforms.slack import inbound, limits
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.inbound import Heard
from bot.platforms.slack.inline import Json
from bot.platforms.slack.modal import modal
from bot.platforms.slack.patience import Patience
from bot.platforms.slack.people import person
from bot.platforms.slack.render import draw
from bot.platforms.slack.seen import Seen
from briefings.forms import Form
from briefings.message import Audience, Reply

log = logging.getLogger(__name__)

Listener: TypeAlias = Callable[..., Awaitable[None]]


class Answering:
    """Brings commands, mentions and presses to the desk, and the replies back."""

    def __init__(self, desk: Desk, calls: Calls, patience: Patience) -> None:
        self._patience = patience
        self._desk = desk
        self._calls = calls
        self._seen = Seen()
        self._at_hand: set[asyncio.Task[object]] = set()

    def listen(self, app: AsyncApp) -> None:
        """Have a Bolt app bring its events here."""
        app.command("/briefing")(self._noted(self.answer_command))
        app.command("/briefings")(self._noted(self.answer_order))
        app.view(re.compile(""))(self._noted(self.answer_form))
        app.event("app_mention")(self._noted(self.answer_mention))
        app.event(re.compile(""))(_overlook)
        app.action(re.compile(""))(self._noted(self.answer_press))

    async def finish(self) -> None:
        """Let the answers at hand be given, for a while."""
        if self._at_hand:
            await asyncio.wait(self._at_hand, timeout=self._patience.finish)

    def _noted(self, listener: Listener) -> Listener:
        """A listener whose task is at hand until it ends; Bolt reads the inner one's arguments."""

        @wraps(listener)
        async def noted(**given: object) -> None:
            task = asyncio.current_task()
            self._at_hand |= {task} if task else set()
            try:
                await listener(**given)
            finally:
                self._at_hand -= {task} if task else set()

        return noted

    async def answer_command(self, ack: AsyncAck, body: Json) -> None:
        """Answer a command in its acknowledgement, or after it where that would be too late."""
        heard = inbound.command(body)
        answer = asyncio.ensure_future(self._desk.answer(heard.event))
        await asyncio.wait({answer}, timeout=self._patience.acknowledge)
        if answer.done() and isinstance(reply := answer.result(), Reply):
            payloads = draw(reply.message)
            if len(payloads) == 1:
                await ack({**_audience(reply), **payloads[0]})
                return
        # Bolt sends an acknowledgement a little later than it is given, so that several
        # messages stay in order only where all of them go by the response URL.
        await ack()
        await self._show(heard, await answer)

    async def answer_order(self, ack: AsyncAck, body: Json) -> None:
        """Answer `/briefings`, perhaps with a form."""
        await ack()
        who = await person(self._calls, *inbound.asker(body))
        heard = inbound.order(body, who)
        if self._seen.is_new(heard.delivery):
            await self._show(heard, await self._desk.answer(heard.event))

    async def answer_form(self, ack: AsyncAck, body: Json) -> None:
        """Answer a form: with what is wrong beside its fields, or, once closed, with a message.

        https://docs.slack.dev/surfaces/modals#displaying_errors
        """
        answer = asyncio.ensure_future(self._of_form(body))
        await asyncio.wait({answer}, timeout=self._patience.acknowledge)
        if answer.done() and isinstance(amiss := answer.result()[1], Amiss):
            await ack(response_action="errors", errors=dict(amiss.faults))
            return
        await ack()
        await self._show(*await answer)

    async def _of_form(self, body: Json) -> tuple[Heard, Answer]:
        who = await person(self._calls, *inbound.asker(body))
        heard = inbound.submission(body, who)
        return heard, await self._desk.answer(heard.event)

    async def answer_mention(self, body: Json) -> None:
        """Answer a mention; Bolt has acknowledged it before."""
        heard = inbound.mention(body)
        if self._seen.is_new(heard.delivery):
            await self._show(heard, await self._desk.answer(heard.event))

    async def answer_press(self, ack: AsyncAck, body: Json) -> None:
        """Answer a press with a message of its own."""
        await ack()
        heard = inbound.press(body)
        if self._seen.is_new(heard.delivery):
            await self._show(heard, await self._desk.answer(heard.event))

    async def _show(self, heard: Heard, answer: Answer) -> None:
        match answer:
            case Reply():
                await self._reply(heard, answer)
            case Amiss(_, reply):
                await self._reply(heard, reply)
            case Form():
                await self._open(heard, answer)

    async def _open(self, heard: Heard, form: Form) -> None:
        try:
            await self._calls.open_view(heard.delivery, modal(form, heard.event.place))
        except PostError as error:
            log.warning("A form was not opened: %s", error, extra={"action": "reply.failed"})

    async def _reply(self, heard: Heard, reply: Reply) -> None:
        try:
            for number, payload in enumerate(draw(reply.message)):
                await self._send(heard, reply, payload, number)
        except PostError as error:
            log.warning("A reply was not delivered: %s", error, extra={"action": "reply.failed"})

    async def _send(self, heard: Heard, reply: Reply, payload: Payload, number: int) -> None:
        place = heard.event.place
        thread = {"thread_ts": place.thread} if place.thread else {}
        if heard.response_url and number < limits.RESPONSES:
            new = {**_audience(reply), "replace_original": False}
            await self._calls.respond(heard.response_url, {**new, **thread, **payload})
        elif reply.audience is Audience.ASKER:
            to = {"channel": place.channel, "user": heard.asker}
            await self._calls.send("chat.postEphemeral", {**to, **thread, **payload})
        else:
            await self._calls.send(
                "chat.postMessage", {"channel": place.channel, **thread, **payload}
            )


async def _overlook() -> None:
    """Events that say nothing to us; Slack would repeat them if nobody acknowledged them."""


def _audience(reply: Reply) -> Json:
    public = reply.audience is Audience.CHANNEL
    return {"response_type": "in_channel" if public else "ephemeral"}

"""How what people do in Slack reaches the desk, and how its replies reach them."""

from __future__ import annotations

import asyncio
import re
from functools import wraps

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck

from bot.platforms.desk import Amiss, Answer, Desk
from bot.platforms.slack import at_home, inbound
from bot.platforms.slack.absence import NEWS
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.ears import Hearing
from bot.platforms.slack.homes import Homes
from bot.platforms.slack.inbound import Heard, object_in, text_in
from bot.platforms.slack.inline import Json
from bot.platforms.slack.locales import Locales
from bot.platforms.slack.manifest import SHORTCUT, WRITE
from bot.platforms.slack.patience import Patience
from bot.platforms.slack.people import person
from bot.platforms.slack.render import draw
from bot.platforms.slack.replies import Replies, audience, drawn
from bot.platforms.slack.seen import Seen
from bot.platforms.slack.taken_in import Listener, TakenIn, told
from briefings.forms import Form
from briefings.message import Reply


class Answering:
    """Brings commands, mentions and presses to the desk, and the replies back."""

    def __init__(
        self, desk: Desk, calls: Calls, hearing: Hearing, patience: Patience, taken_in: TakenIn
    ) -> None:
        self._patience = patience
        self._taken_in = taken_in
        self._desk = desk
        self._calls = calls
        self._hearing = hearing
        self._homes = Homes(desk, calls, hearing.reader)
        self._replies = Replies(calls, hearing.reader)
        self._locales = Locales(calls)
        self._seen = Seen()
        self._at_hand: set[asyncio.Task[object]] = set()

    def listen(self, app: AsyncApp) -> None:
        """Have a Bolt app bring its events here."""
        done = self._taken_in.until_done
        app.use(self._taken_in.take_in)
        app.command("/briefing")(self._noted(self.answer_command))
        app.command("/briefings")(self._noted(self.answer_order))
        app.view(re.compile(""))(self._noted(self.answer_form))
        app.shortcut(SHORTCUT)(self._noted(self.answer_shortcut))
        app.shortcut(WRITE)(self._noted(self.answer_beginning))
        app.event("app_mention")(self._noted(done(self.answer_mention)))
        app.event("message")(self._noted(done(self.hear_message)))
        app.event("reaction_added")(self._noted(self._hearing.hear))
        app.event("reaction_removed")(self._noted(self._hearing.hear))
        app.event("app_home_opened")(self._noted(self.answer_visit))
        for name in NEWS:
            app.event(name)(self._noted(done(self.take_note)))
        app.event(re.compile(""))(_overlook)
        app.action(re.compile(""))(self._noted(self.answer_press))

    async def finish(self) -> None:
        """Let the answers at hand be given, for a while; what is not stays in the inbox."""
        if self._at_hand:
            _, late = await asyncio.wait(self._at_hand, timeout=self._patience.finish)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

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
        answer = asyncio.ensure_future(self._answered(heard))
        await asyncio.wait({answer}, timeout=self._patience.acknowledge)
        if answer.done() and isinstance(reply := answer.result(), Reply):
            payloads = drawn(reply)
            if len(payloads) == 1:
                payload = await self._hearing.reader.answering(payloads[0])
                await ack({**audience(reply), **payload})
                return
        # Bolt sends an acknowledgement a little later than it is given, so that several
        # messages stay in order only where all of them go by the response URL.
        await ack()
        await self._replies.show(heard, await answer)

    async def answer_order(self, ack: AsyncAck, body: Json) -> None:
        """Answer `/briefings`, perhaps with a form."""
        await ack()
        who = await person(self._calls, *inbound.asker(body))
        await self._answer_new(inbound.order(body, who))

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
        await self._replies.show(*await answer)

    async def _answered(self, heard: Heard) -> Answer:
        return await self._desk.answer(await self._locales.told(heard.event))

    async def _answer_new(self, heard: Heard) -> None:
        if self._seen.is_new(heard.delivery):
            await self._replies.show(heard, await self._answered(heard))

    async def _of_form(self, body: Json) -> tuple[Heard, Answer]:
        who = await person(self._calls, *inbound.asker(body))
        heard = inbound.submission(body, who)
        return heard, await self._answered(heard)

    async def work(self, body: Json) -> None:
        """Do what an event of the inbox asks: it was new when it came."""
        if text_in(object_in(body, "event"), "type") in NEWS:
            await self.take_note(body)
        else:
            heard = inbound.direct(body) or inbound.mention(body)
            self._seen.is_new(heard.delivery)
            await self._replies.show(heard, await self._answered(heard))

    async def answer_mention(self, body: Json) -> None:
        """Answer a mention; Bolt has acknowledged it before."""
        await self._answer_new(inbound.mention(body))

    async def hear_message(self, body: Json) -> None:
        """Answer what somebody wrote to the bot alone; take note of what is said in threads."""
        if heard := inbound.direct(body):
            await self._answer_new(heard)
        else:
            await self._hearing.hear(body)

    async def answer_shortcut(self, ack: AsyncAck, body: Json) -> None:
        """Answer the shortcut of a message: what the library has about it."""
        await ack()
        await self._answer_new(inbound.shortcut(body))

    async def answer_beginning(self, ack: AsyncAck, body: Json) -> None:
        """Open the form of a new briefing, wherever somebody is."""
        await ack()
        await self._answer_new(inbound.beginning(body))

    async def answer_visit(self, body: Json) -> None:
        """Show somebody their Home tab."""
        if visit := at_home.visit(body):
            place, person, version = visit
            await self._homes.show(place, person, version=version)

    async def take_note(self, body: Json) -> None:
        """Tell the desk what became of a channel."""
        if news := told(body, self._hearing.reader.me):
            await self._desk.hear(news)

    async def answer_press(self, ack: AsyncAck, body: Json) -> None:
        """Answer a press with a message of its own; on the Home tab, there."""
        await ack()
        visited = at_home.pressed(body)
        heard = visited or inbound.press(body)
        if not self._seen.is_new(heard.delivery):
            return
        if visited:
            await self._answer_at_home(visited, back=at_home.goes_back(body))
        else:
            await self._replies.show(heard, await self._answered(heard))

    async def _answer_at_home(self, heard: Heard, *, back: bool) -> None:
        answer = None if back else await self._answered(heard)
        if isinstance(answer, Form):
            await self._replies.show(heard, answer)
            return
        asked = draw(answer.message) if isinstance(answer, Reply) else ()
        await self._homes.show(heard.event.place, heard.asker, asked)


async def _overlook() -> None:
    """Events that say nothing to us; Slack would repeat them if nobody took them."""

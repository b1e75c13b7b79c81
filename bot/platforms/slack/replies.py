"""How the desk's answers reach people in Slack: privately where they asked, in order."""

from __future__ import annotations

import logging

from bot.errors import PostError, PostRefused
from bot.platforms.desk import Amiss, Answer, Repeated
from bot.platforms.port import Payload
from bot.platforms.slack import direct, limits
from bot.platforms.slack.calls import Calls
from bot.platforms.slack.ears import Reader
from bot.platforms.slack.inbound import Heard
from bot.platforms.slack.inline import Json
from bot.platforms.slack.modal import modal
from bot.platforms.slack.render import draw
from bot.platforms.slack.words import compose_unopened
from briefings.forms import Form
from briefings.message import Audience, Reply

log = logging.getLogger(__name__)


class Replies:
    """Sends answers by response URLs, as ephemeral messages, or to the channel."""

    def __init__(self, calls: Calls, reader: Reader) -> None:
        self._calls = calls
        self._reader = reader

    async def show(self, heard: Heard, answer: Answer) -> None:
        """Send an answer to where it was asked for; what cannot be delivered is logged."""
        match answer:
            case Reply():
                await self._reply(heard, answer)
            case Amiss(_, reply) | Repeated(reply):
                await self._reply(heard, reply)
            case Form():
                await self._open(heard, answer)

    async def _open(self, heard: Heard, form: Form) -> None:
        try:
            await self._calls.open_view(heard.trigger, modal(form, heard.event.place))
        except PostError as error:
            log.warning("A form was not opened: %s", error, extra={"action": "reply.failed"})
            await self._reply(heard, Reply(compose_unopened(form.tongue)))

    async def _reply(self, heard: Heard, reply: Reply) -> None:
        try:
            for number, payload in enumerate(drawn(reply)):
                await self._send(heard, reply, payload, number)
        except PostError as error:
            log.warning("A reply was not delivered: %s", error, extra={"action": "reply.failed"})

    async def _send(self, heard: Heard, reply: Reply, payload: Payload, number: int) -> None:
        place = heard.event.place
        payload = await self._reader.answering(payload)
        thread = {"thread_ts": place.thread} if place.thread else {}
        new = {**audience(reply), "replace_original": False, **thread, **payload}
        if number < limits.RESPONSES and await self._responded(heard, new):
            return
        if reply.audience is Audience.ASKER and not heard.is_direct:
            await self._whisper(heard, {**thread, **payload})
        else:
            await self._calls.send(
                "chat.postMessage", {"channel": place.channel, **thread, **payload}
            )

    async def _responded(self, heard: Heard, new: Json) -> bool:
        """Whether the response URL took a message; one that is used up or unknown takes none."""
        if not heard.response_url:
            return False
        try:
            await self._calls.respond(heard.response_url, new)
        except PostRefused as refused:
            log.info("%s", refused, extra={"action": "reply.elsewhere"})
            return False
        return True

    async def _whisper(self, heard: Heard, payload: Payload) -> None:
        """Privately where they asked, or, where Slack does not do that, in direct messages."""
        if not heard.event.place.channel:
            await direct.tell(self._calls, heard.asker, payload)
            return
        to = {"channel": heard.event.place.channel, "user": heard.asker}
        try:
            await self._calls.send("chat.postEphemeral", {**to, **payload})
        except PostRefused:
            alone = {name: value for name, value in payload.items() if name != "thread_ts"}
            await direct.tell(self._calls, heard.asker, alone)


def drawn(reply: Reply) -> tuple[Payload, ...]:
    """All messages of an answer, in their order."""
    told = (*reply.before, reply.message)
    return tuple(payload for message in told for payload in draw(message))


def audience(reply: Reply) -> Json:
    """Who sees an answer, in Slack's words."""
    public = reply.audience is Audience.CHANNEL
    return {"response_type": "in_channel" if public else "ephemeral"}

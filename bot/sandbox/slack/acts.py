"""What people do in Slack: type, press, speak, submit."""

from __future__ import annotations

from dataclasses import dataclass

from bot.sandbox.side import Json, Pressing, Unlikely
from bot.sandbox.slack import events
from bot.sandbox.slack.answers import answer
from bot.sandbox.slack.interactions import (
    acted,
    action_parcel,
    command_parcel,
    find_element,
)
from bot.sandbox.slack.parcels import Outcome, Receipt
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.responses import Response
from bot.sandbox.slack.shortcuts import global_parcel, shortcut_parcel
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.typed import seen, typed
from bot.sandbox.slack.workspace import Channel, Message, Person


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as the app's manifest names it, without the slash."""

    name: str
    description: str


COMMANDS = (
    Command("briefing", "Today's briefing, or one about a subject"),
    Command("briefings", "When and where briefings are posted"),
)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut as the app's manifest names it: of every message, or there everywhere."""

    id: str
    name: str
    is_global: bool


SHORTCUTS = (
    Shortcut("new_briefing", "New briefing", is_global=True),
    Shortcut("find_briefing", "Find briefing about this", is_global=False),
)


class Acts:
    """The people's acts; each returns `ok`, and the `error` that the person sees otherwise."""

    def __init__(self, slack: Slack, commands: tuple[Command, ...] = COMMANDS) -> None:
        self.commands = commands
        self._slack = slack

    async def command(self, channel: Channel, person: Person, text: str) -> Json:
        """Type a slash command; returns after the acknowledgement."""
        typed, _, rest = text.strip().partition(" ")
        if typed[1:] not in {command.name for command in self.commands}:
            sentence = f"{typed} is not a valid command."
            return self._refuse(channel, person, "not_a_command", sentence)
        told: Json = {"name": typed[1:], "text": rest, "person": person.id}
        means, response = self._means(channel, person, command=told)
        parcel = command_parcel(
            self._slack.workspace, channel, person, (typed, rest.strip()), means
        )
        receipt = await self._slack.delivery.bring(parcel)
        return self._conclude(channel, person, receipt, response, typed)

    async def press(self, channel: Channel, person: Person, pressing: Pressing) -> Json:
        """Press a button or pick from a menu; returns after the acknowledgement."""
        message = seen(channel, person, pressing.message)
        block_id, element = find_element(message.body.get("blocks"), pressing.action)
        action = acted(block_id, element, pressing.values)
        means, response = self._means(channel, person, message=message)
        parcel = action_parcel(self._slack.workspace, message, person, action, means)
        receipt = await self._slack.delivery.bring(parcel)
        return self._conclude(channel, person, receipt, response, "This button")

    async def shortcut(self, channel: Channel, person: Person, ts: str, name: str) -> Json:
        """Choose a shortcut from a message's menu; returns after the acknowledgement."""
        message = seen(channel, person, ts)
        means, response = self._means(channel, person, message=message)
        parcel = shortcut_parcel(self._slack.workspace, message, person, name, means)
        receipt = await self._slack.delivery.bring(parcel)
        return self._conclude(channel, person, receipt, response, "This shortcut")

    async def begin(self, person: Person, name: str) -> Json:
        """Choose a shortcut that is there everywhere; returns after the acknowledgement.

        It is of no channel, so there is no response URL: a trigger is all that it brings.
        https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
        """
        if name not in {each.id for each in SHORTCUTS if each.is_global}:
            raise Unlikely(f"The app has no global shortcut {name}: its manifest names them.")
        means: Json = {"trigger_id": self._slack.triggers.give(person.id)}
        parcel = global_parcel(self._slack.workspace, person, name, means)
        receipt = await self._slack.delivery.bring(parcel)
        if receipt.outcome is Outcome.TAKEN:
            return {"ok": True}
        return {"ok": False, "error": receipt.outcome.value}

    def say(self, channel: Channel, person: Person, text: str, thread: str | None) -> Json:
        """Say something; whoever writes `@briefing` speaks to the bot."""
        if thread is not None and text.startswith("/"):
            # https://github.com/slackapi/bolt-python/issues/873
            sentence = f"{text.split(maxsplit=1)[0]} is not supported in threads. Sorry!"
            return self._refuse(channel, person, "not_supported_in_threads", sentence)
        if thread is not None and seen(channel, person, thread).thread:
            raise Unlikely("Answer in the thread of the first message, not of an answer.")
        body = typed(self._slack.workspace, text)
        message = self._slack.say(channel, person.id, body, thread)
        if f"<@{self._slack.workspace.app.user}>" in str(body["text"]):
            self._slack.tell(channel, events.mentioned(self._slack.workspace, message))
        return {"ok": True, "message": message.ts}

    def _means(
        self,
        channel: Channel,
        person: Person,
        message: Message | None = None,
        command: Json | None = None,
    ) -> tuple[Json, Response]:
        secret, response = self._slack.responses.open(channel.id, person.id, message, command)
        means: Json = {
            "trigger_id": self._slack.triggers.give(person.id),
            "response_url": f"{self._slack.origin}/slack/response_url/{secret}",
        }
        return means, response

    def _conclude(
        self, channel: Channel, person: Person, receipt: Receipt, to: Response, what: str
    ) -> Json:
        """The words are those of Slack's client."""
        if receipt.outcome is not Outcome.TAKEN:
            sentence = f'{what} failed with the error "{receipt.outcome.value}"'
            return self._refuse(channel, person, receipt.outcome.value, sentence)
        if receipt.answer is None:
            return {"ok": True}
        try:
            left = answer(self._slack, to, receipt.answer)
        except Refused as refused:
            sentence = f'{what} failed with the error "{refused.code}"'
            return self._refuse(channel, person, refused.code, sentence)
        return {"ok": True} | ({"message": left.ts} if left else {})

    def _refuse(self, channel: Channel, person: Person, code: str, sentence: str) -> Json:
        self._slack.notify(channel, person.id, sentence)
        return {"ok": False, "error": code, "shown": sentence}

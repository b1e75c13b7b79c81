"""All that makes up this Slack, and the one way in which anything is said in it."""

from __future__ import annotations

from bot.sandbox.faults import Faults
from bot.sandbox.side import Json
from bot.sandbox.slack import events
from bot.sandbox.slack.delivery import PATIENCE, Delivery, Patience
from bot.sandbox.slack.outlook import show_message
from bot.sandbox.slack.rates import Rates
from bot.sandbox.slack.requests import Requests
from bot.sandbox.slack.responses import Responses
from bot.sandbox.slack.sockets import Sockets
from bot.sandbox.slack.triggers import Triggers
from bot.sandbox.slack.views import Views
from bot.sandbox.slack.workspace import Channel, Message, Workspace

SLACKBOT = "USLACKBOT"


class Slack:
    """A workspace, the app in it, and the ways between the two."""

    def __init__(
        self,
        workspace: Workspace,
        faults: Faults,
        *,
        limits: bool = True,
        request_url: str = "",
        patience: Patience = PATIENCE,
    ) -> None:
        self.workspace = workspace
        self.origin = ""
        """Where this Slack is served, `http://127.0.0.1:PORT`; known once it is mounted."""
        self.subscribed = set(events.SUBSCRIBED)
        self.complaints: list[str] = []
        """What the app did that Slack overlooks and that is wrong all the same."""
        self.rates = Rates(workspace.clock, on=limits)
        self.triggers = Triggers()
        self.responses = Responses(workspace.clock)
        self.views = Views(workspace)
        self.distributed = False
        """Whether many workspaces install the app and the Marketplace has it not: then its two
        ways of reading back give 15 messages, once a minute.
        https://docs.slack.dev/changelog/2025/05/29/rate-limit-changes-for-non-marketplace-apps"""
        sockets = Sockets(workspace, self.complaints, patience.ack_seconds)
        requests = Requests(workspace, request_url, patience.ack_seconds)
        self.delivery = Delivery(sockets, requests, faults, patience.retry_after)

    def say(self, channel: Channel, user: str, body: Json, thread: str | None = None) -> Message:
        """Put a message where everybody sees it, and tell the app."""
        message = self.workspace.add(channel, user, body, thread)
        self.tell(channel, events.said(self.workspace, message))
        return message

    def whisper(
        self,
        channel: Channel,
        person: str,
        body: Json,
        thread: str | None = None,
        command: Json | None = None,
    ) -> Message:
        """Show the bot's message to one person alone; no event tells of it.

        https://docs.slack.dev/reference/methods/chat.postEphemeral
        """
        bot = self.workspace.app.user
        return self.workspace.add(channel, bot, body, thread, person, command)

    def notify(self, channel: Channel, person: str, text: str) -> Message:
        """Show a person what Slackbot says when something fails."""
        return self.workspace.add(channel, SLACKBOT, {"text": text}, only_for=person)

    def edit(self, message: Message, body: Json) -> None:
        """Put another body in a message's place, and tell the app."""
        before = show_message(self.workspace, message)
        message.body, message.edited = body, self.workspace.stamp()
        self.workspace.changes.ring()
        if message.only_for is None:
            channel = self.workspace.channels[message.channel]
            self.tell(channel, events.altered(self.workspace, message, before))

    def delete(self, message: Message) -> None:
        """Take a message away, and tell the app."""
        event = events.removed(self.workspace, message)
        self.workspace.remove(message)
        if message.only_for is None:
            self.tell(self.workspace.channels[message.channel], event)

    def tell(self, channel: Channel, event: Json) -> None:
        """Bring an event to the app, if it subscribed to it and its bot is in the channel."""
        name = events.subscription(event)
        scope = events.SCOPES.get(name)
        allowed = scope is None or scope in self.workspace.app.scopes
        if name in self.subscribed and allowed and self.workspace.app.user in channel.members:
            self.delivery.announce(events.wrap(self.workspace, event))

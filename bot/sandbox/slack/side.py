"""The Slack side of the sandbox."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from aiohttp import web

from bot.sandbox.dialogs import Values
from bot.sandbox.faults import Faults
from bot.sandbox.journal import Journal
from bot.sandbox.side import Changed, Json, Pressing, Signing, Unlikely
from bot.sandbox.slack.acts import Acts
from bot.sandbox.slack.calls import Calls
from bot.sandbox.slack.delivery import PATIENCE, Patience
from bot.sandbox.slack.dialogs import dialog as show_dialog
from bot.sandbox.slack.dialogs import state as state_of
from bot.sandbox.slack.grants import Grants
from bot.sandbox.slack.modals import Modals
from bot.sandbox.slack.oauth import OAuth
from bot.sandbox.slack.places import Places
from bot.sandbox.slack.response_url import PATH, ResponseUrl
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.state import show_state
from bot.sandbox.slack.talk import Talk
from bot.sandbox.slack.troubles import Troubles
from bot.sandbox.slack.workspace import CHANNELS, Clock, Workspace


class SlackSide:
    """A Slack workspace under `/slack`; see `bot.sandbox.side.Side`.

    `clock` is in seconds since the epoch and stamps messages and rate limits; `limits` switches
    the rate limits; with a `request_url`, the app is reached by signed HTTP and not by its
    sockets; `patience` is Slack's own, shorter where a test waits for its end.
    `slack` is everything inside, for tests that arrange it.
    """

    name = "slack"

    def __init__(
        self,
        clock: Clock = time.time,
        channels: Iterable[tuple[str, str, str]] = CHANNELS,
        *,
        limits: bool = True,
        request_url: str = "",
        patience: Patience = PATIENCE,
        workspace: Workspace | None = None,
    ) -> None:
        self.faults = Faults()
        self.journal = Journal()
        self.workspace = workspace or Workspace(clock, channels)
        self.slack = Slack(
            self.workspace,
            self.faults,
            limits=limits,
            request_url=request_url,
            patience=patience,
        )
        self.modals = Modals(self.slack)
        self.places = Places(self.slack)
        self._acts = Acts(self.slack)
        self._talk = Talk(self.slack)
        self.troubles = Troubles(self.faults, self.journal, clock)
        self.grants = Grants(clock)
        self.grants.slacks[self.workspace.team.id] = self.slack

    def add_routes(self, app: web.Application, origin: str) -> None:
        """Mount the Web API, the response URLs and the sockets."""
        self.slack.origin = origin
        OAuth(self.grants, self.slack, self.troubles, self.journal).add_routes(app)
        calls = Calls(self.slack, self.troubles, self.journal, self.grants)
        responses = ResponseUrl(self.slack, self.troubles, self.journal)
        app.router.add_route("*", "/slack/api/{method}", calls.answer)
        app.router.add_post(PATH + "/{id}", responses.answer)
        app.router.add_get("/slack/link/", self.slack.delivery.sockets.connect)

    def settings(self) -> Mapping[str, str]:
        """The settings that point a bot at this workspace, with briefings in the first channel."""
        app = self.workspace.app
        settings = {
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_API_URL": f"{self.slack.origin}/slack/api/",
            "SLACK_CHANNELS": next(iter(self.workspace.channels), ""),
        }
        if self.slack.delivery.requests.url:
            return settings | {"SLACK_SIGNING_SECRET": app.signing_secret}
        return settings | {"SLACK_APP_TOKEN": app.app_token}

    def state(self) -> Json:
        """All that the page shows, as JSON."""
        return show_state(self.slack, self._acts.commands)

    def watch(self, changed: Changed) -> None:
        """Have `changed` called after each change."""
        self.workspace.changes.watch(changed)

    async def until(self, true: Callable[[], bool], seconds: float = 5) -> None:
        """Wait until `true()`, looked at after each change; raises `TimeoutError`."""
        await self.workspace.changes.until(true, seconds)

    async def command(self, channel: str, person: str, text: str) -> Json:
        """Type a slash command or a message; returns once the app acknowledged it, or did not."""
        if not text.startswith("/"):
            return await self.say(channel, person, text)
        where, who = self.workspace.channel(channel), self.workspace.person(person)
        return await self._acts.command(where, who, text)

    async def press(self, pressing: Pressing) -> Json:
        """Press a button or pick from a menu; raises `Unlikely` where there is none."""
        where = self.workspace.channel(pressing.channel)
        return await self._acts.press(where, self.workspace.person(pressing.person), pressing)

    async def shortcut(self, channel: str, person: str, message: str, name: str) -> Json:
        """Choose a shortcut, by its `callback_id`, from a message's menu."""
        where, who = self.workspace.channel(channel), self.workspace.person(person)
        return await self._acts.shortcut(where, who, message, name)

    async def choose(self, person: str, name: str, channel: str, message: str) -> Json:
        """Choose a shortcut, by its `callback_id`, of a message or from anywhere."""
        if message:
            return await self.shortcut(channel, person, message, name)
        return await self._acts.begin(self.workspace.person(person), name)

    async def say(self, channel: str, person: str, text: str, thread: str | None = None) -> Json:
        """Say something in a channel or under a message."""
        where, who = self.workspace.channel(channel), self.workspace.person(person)
        return self._acts.say(where, who, text, thread)

    async def edit(self, channel: str, message: str, person: str, text: str) -> Json:
        """Change what one said."""
        where, who = self.workspace.channel(channel), self.workspace.person(person)
        return self._talk.edit(where, who, message, text)

    async def delete(self, channel: str, message: str, person: str) -> Json:
        """Take back what one said."""
        where, who = self.workspace.channel(channel), self.workspace.person(person)
        return self._talk.delete(where, who, message)

    async def react(self, signing: Signing) -> Json:
        """Put an emoji, by its name, under a message, or take it away."""
        where, who = self.workspace.channel(signing.channel), self.workspace.person(signing.person)
        return self._talk.react(where, who, signing)

    async def submit(self, person: str, dialog: str, values: Values) -> Json:
        """Press a modal's submit button, with the fields filled in."""
        who = self.workspace.person(person)
        view = self.slack.views.open.get(dialog)
        if view is None or view.person != who.id:
            raise Unlikely(f"{who.name} has no modal {dialog} open.")
        whole = show_dialog(view).filled(values)
        return await self.modals.submit(who, view.id, state_of(view, whole))

    async def dismiss(self, person: str, dialog: str) -> Json:
        """Close a modal without sending it."""
        view = self.slack.views.open.get(dialog)
        if view is None or view.person != self.workspace.person(person).id:
            raise Unlikely(f"{person} has no modal {dialog} open.")
        self.slack.views.close(dialog)
        return {"ok": True}

    async def complete(self, channel: str, person: str, text: str) -> Sequence[Json]:
        """The commands that begin like `text`; Slack completes nothing behind them."""
        self.workspace.channel(channel)
        self.workspace.person(person)
        return [
            {"name": f"/{command.name}", "value": f"/{command.name} "}
            for command in self._acts.commands
            if text and f"/{command.name}".startswith(text)
        ]

    async def close(self) -> None:
        """Hang up on the app and let go of every call."""
        self.troubles.end()
        await self.slack.delivery.close()

"""A further workspace of the same app: its own people and channels, behind the same Web API."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from bot.sandbox.slack.oauth import uninstall
from bot.sandbox.slack.response_url import PATH, ResponseUrl
from bot.sandbox.slack.side import SlackSide
from bot.sandbox.slack.workspace import Team, Workspace

SECOND = Team("T0SANDBOX2", "Second sandbox", "sandbox2")
SECOND_CHANNELS = (
    ("C0DAILY02", "daily-briefing", "Today's briefing"),
    ("C0GENERAL2", "general", "Everything else"),
)


class FurtherSide(SlackSide):
    """Another workspace beside a first one; the app comes into it by OAuth alone."""

    def __init__(self, first: SlackSide, name: str = "slack2", team: Team = SECOND) -> None:
        ours = first.workspace
        app = replace(ours.app, bot_id=f"B0BOT{team.id[-4:]}", user=f"U0BOT{team.id[-4:]}")
        workspace = Workspace(ours.clock, SECOND_CHANNELS, team=team, app=app)
        url = first.slack.delivery.requests.url
        super().__init__(
            ours.clock, request_url=url, workspace=workspace, limits=first.slack.rates.on
        )
        self.name = name
        self.grants = first.grants
        self.grants.slacks[team.id] = self.slack

    def add_routes(self, app: web.Application, origin: str) -> None:
        """Mount the response URLs alone, under the workspace's id."""
        prefix = f"/{self.workspace.team.id}"
        self.slack.origin = f"{origin}{prefix}"
        responses = ResponseUrl(self.slack, self.troubles, self.journal)
        app.router.add_post(prefix + PATH + "/{id}", responses.answer)

    def settings(self) -> Mapping[str, str]:
        """Nothing: the app's settings are those of the first workspace."""
        return {}

    def uninstall(self) -> None:
        """Take the app out of the workspace."""
        uninstall(self.grants, self.slack)

"""What this Slack gave out to the app by OAuth: codes, and tokens that expire and are renewed.

https://docs.slack.dev/authentication/installing-with-oauth
https://docs.slack.dev/authentication/using-token-rotation
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from bot.sandbox.side import Json
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.workspace import Clock

CODE_SECONDS = 600.0
"""https://docs.slack.dev/authentication/installing-with-oauth#exchanging"""

TOKEN_SECONDS = 43_200
"""https://docs.slack.dev/authentication/using-token-rotation"""


@dataclass(slots=True)
class Code:
    """A code, for one workspace and one redirect address, to be used once."""

    team: str
    redirect: str
    until: float
    used: bool = False


@dataclass(slots=True)
class Token:
    """An access token of a workspace; `until` is nothing where tokens are not rotated."""

    team: str
    until: float | None
    alive: bool = True


class Grants:
    """Every code and token; `rotating` is what the app's settings say."""

    def __init__(self, clock: Clock, *, rotating: bool = True) -> None:
        self._clock = clock
        self.rotating = rotating
        self.slacks: dict[str, Slack] = {}
        """The workspaces that the app may be installed to, by their ids."""
        self._codes: dict[str, Code] = {}
        self.tokens: dict[str, Token] = {}
        self._refreshing: dict[str, str] = {}

    def promise(self, team: str, redirect: str) -> str:
        """A code for a person who let the app into a workspace."""
        code = secrets.token_hex(20)
        self._codes[code] = Code(team, redirect, self._clock() + CODE_SECONDS)
        return code

    def redeem(self, code: str, redirect: str) -> Json:
        """A workspace's first token for a code; raises `Refused`."""
        found = self._codes.get(code)
        if found is None or self._clock() > found.until:
            raise Refused("invalid_code")
        if found.used:
            raise Refused("code_already_used")
        if redirect and redirect != found.redirect:
            raise Refused("bad_redirect_uri")
        found.used = True
        return self._granted(found.team)

    def refresh(self, token: str) -> Json:
        """The next token for a refresh token, which is used up by it; raises `Refused`."""
        team = self._refreshing.pop(token, None)
        if team is None:
            raise Refused("invalid_refresh_token")
        return self._granted(team)

    def holder(self, token: str) -> Slack | None:
        """The workspace of a token, whether it still holds or not."""
        found = self.tokens.get(token)
        return self.slacks[found.team] if found else None

    def check(self, token: str) -> None:
        """Raise `Refused` where a token no longer holds."""
        found = self.tokens[token]
        if not found.alive:
            raise Refused("account_inactive")
        if found.until is not None and self._clock() >= found.until:
            raise Refused("token_expired")

    def revoke(self, team: str) -> None:
        """Let none of a workspace's tokens hold any longer."""
        for token in self.tokens.values():
            token.alive = token.alive and token.team != team
        self._refreshing = {key: own for key, own in self._refreshing.items() if own != team}

    def _granted(self, team: str) -> Json:
        app, workspace = self.slacks[team].workspace.app, self.slacks[team].workspace.team
        kind = "xoxe.xoxb-1-" if self.rotating else "xoxb-"
        token = f"{kind}{secrets.token_hex(40)}"
        until = self._clock() + TOKEN_SECONDS if self.rotating else None
        self.tokens[token] = Token(team, until)
        answer: Json = {
            "access_token": token,
            "token_type": "bot",
            "scope": ",".join(app.scopes),
            "bot_user_id": app.user,
            "app_id": app.id,
            "team": {"name": workspace.name, "id": workspace.id},
            "enterprise": None,
            "authed_user": {"id": next(iter(self.slacks[team].workspace.people))},
            "is_enterprise_install": False,
        }
        if not self.rotating:
            return answer
        refresh = f"xoxe-1-{secrets.token_hex(40)}"
        self._refreshing[refresh] = team
        return answer | {"expires_in": TOKEN_SECONDS, "refresh_token": refresh}

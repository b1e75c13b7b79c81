"""The application's commands as registered, global and in the guild.

https://discord.com/developers/docs/interactions/application-commands
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.sandbox.discord import limits
from bot.sandbox.discord.command_forms import check_command
from bot.sandbox.discord.forms import Field, Wire
from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.ids import Clock, Snowflakes
from bot.sandbox.discord.refusals import Refused, unknown_command

DAY = 86_400.0
KEPT = ("name_localizations", "description_localizations", "default_member_permissions")


@dataclass(slots=True)
class Commands:
    """The commands by scope (a guild's id, or nothing for global) and by (type, name)."""

    application: str
    clock: Clock
    scopes: dict[str | None, dict[tuple[int, str], Body]] = field(default_factory=dict)
    created: dict[str | None, deque[float]] = field(default_factory=dict)

    def listed(self, scope: str | None) -> list[Body]:
        """The commands of a scope."""
        return list(self.scopes.get(scope, {}).values())

    def visible(self, guild: str) -> Iterator[Body]:
        """The commands that people in a guild see; the guild's own come first."""
        yield from self.listed(guild)
        yield from self.listed(None)

    def find(self, guild: str, kind: int, name: str) -> Body | None:
        """The command that somebody in a guild calls by this name."""
        named = (each for each in self.visible(guild) if each["name"] == name)
        return next((each for each in named if each["type"] == kind), None)

    def get(self, scope: str | None, snowflake: str) -> Body:
        """A command by id.

        Raises:
            Refused: there is none in this scope.
        """
        found = next((each for each in self.listed(scope) if each["id"] == snowflake), None)
        if found is None:
            raise unknown_command()
        return found

    def overwrite(self, scope: str | None, asked: object, ids: Snowflakes) -> list[Body]:
        """Replace all commands of a scope; those of the same name keep their id.

        Raises:
            Refused: a command breaks a rule; then none is replaced.
        """
        fields = Field({"commands": asked})["commands"]
        forms = list(fields.items(sum(limits.COMMANDS.values())))
        fresh = {check_command(Field(form.value, form.path[1:], form.faults)) for form in forms}
        if len(fresh) < len(forms) and not fields.faults:
            fields.fault("APPLICATION_COMMANDS_DUPLICATE_NAME", _duplicate(forms))
        fields.refuse()
        self._fits(fresh)
        old = self.scopes.get(scope, {})
        self._spend(scope, len(fresh - set(old)))
        self.scopes[scope] = {}
        for form in forms:
            self._keep(scope, form.value, ids, old)
        return self.listed(scope)

    def add(self, scope: str | None, asked: object, ids: Snowflakes) -> tuple[bool, Body]:
        """Register one command, or replace that of the same name; whether it is new, and it."""
        form = Field(asked)
        key = check_command(form)
        form.refuse()
        old = self.scopes.setdefault(scope, {})
        new = key not in old
        self._fits({*old, key})
        self._spend(scope, int(new))
        return new, self._keep(scope, asked, ids, old)

    def edit(self, scope: str | None, snowflake: str, asked: object, ids: Snowflakes) -> Body:
        """Change some fields of one command."""
        old = self.get(scope, snowflake)
        changes = asked if isinstance(asked, Mapping) else {}
        form = Field(dict(old) | dict(changes))
        key = check_command(form)
        form.refuse()
        before = self.scopes[scope].pop((old["type"], old["name"]))
        return self._keep(scope, form.value, ids, {key: before})

    def remove(self, scope: str | None, snowflake: str) -> None:
        """Take one command away."""
        old = self.get(scope, snowflake)
        del self.scopes[scope][old["type"], old["name"]]

    def _keep(
        self, scope: str | None, asked: Wire, ids: Snowflakes, old: Mapping[tuple[int, str], Body]
    ) -> Body:
        kind = asked.get("type") or 1
        before = old.get((kind, asked["name"]), {})
        body: Body = {
            "id": before.get("id") or ids.make(), "application_id": self.application,
            "version": ids.make(), "type": kind, "name": asked["name"], "nsfw": False,
            "description": asked.get("description") or "", "options": asked.get("options") or [],
            "dm_permission": True, "contexts": asked.get("contexts"),
            "integration_types": asked.get("integration_types") or [0],
            **{key: asked.get(key) for key in KEPT},
        }  # fmt: skip
        if body["default_member_permissions"] is not None:
            body["default_member_permissions"] = str(body["default_member_permissions"])
        if scope:
            body["guild_id"] = scope
        self.scopes[scope][kind, asked["name"]] = body
        return body

    def _fits(self, keys: set[tuple[int, str]]) -> None:
        for kind, most in limits.COMMANDS.items():
            if sum(each == kind for each, _ in keys) > most:
                raise Refused(
                    400, 30032, f"Maximum number of application commands reached ({most})"
                )

    def _spend(self, scope: str | None, creates: int) -> None:
        spent = self.created.setdefault(scope, deque())
        while spent and self.clock() - spent[0] >= DAY:
            spent.popleft()
        if len(spent) + creates > limits.CREATES_A_DAY:
            raise Refused(
                400, 30034, "Max number of daily application command creates has been reached (200)"
            )
        spent.extend([self.clock()] * creates)


def _duplicate(forms: Sequence[Field]) -> str:
    names = [str(form.value.get("name")) for form in forms]
    twice = next((name for name in names if names.count(name) > 1), "")
    return f"Application command names must be unique: {twice}"

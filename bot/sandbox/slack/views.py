"""Modals and Home tabs: what the app opened, for whom.

https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass

from bot.sandbox.side import Json
from bot.sandbox.slack.drafts import name_parts
from bot.sandbox.slack.reading import items
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.workspace import Workspace


@dataclass(slots=True)
class View:
    """One open view: its id, its owner, its content and the hash of that content's version."""

    id: str
    person: str
    content: Json
    hash: str


class Views:
    """The modals that are open and the Home tabs that were published."""

    def __init__(self, workspace: Workspace) -> None:
        self.open: dict[str, View] = {}
        self.homes: dict[str, View] = {}
        self._workspace = workspace

    def add(self, person: str, content: Json) -> View:
        """Open a modal for a person; raises `Refused`."""
        external = content.get("external_id")
        if external and any(view.content.get("external_id") == external for view in self._all()):
            raise Refused("duplicate_external_id")
        view = View(_id(), person, _named(content), self._hash())
        self.open[view.id] = view
        self._workspace.changes.ring()
        return view

    def publish(self, person: str, content: Json, version: str) -> View:
        """Show a Home tab to a person; raises `Refused`."""
        view = self.homes.get(person)
        if view is None:
            self.homes[person] = view = View(_id(), person, _named(content), self._hash())
        else:
            self._change(view, content, version)
        self._workspace.changes.ring()
        return view

    def update(self, view_id: str, external_id: str, content: Json, version: str) -> View:
        """Put other content into an open modal; raises `Refused`."""
        view = self.open.get(view_id) or next(
            (each for each in self._all() if each.content.get("external_id") == external_id), None
        )
        if view is None or not (view_id or external_id):
            raise Refused("not_found")
        self._change(view, content, version)
        self._workspace.changes.ring()
        return view

    def close(self, view_id: str) -> None:
        """A person closed a modal."""
        self.open.pop(view_id, None)
        self._workspace.changes.ring()

    def show(self, view: View) -> Json:
        """A view as in payloads and answers: https://docs.slack.dev/reference/views"""
        return {
            "id": view.id,
            "team_id": self._workspace.team.id,
            "state": {"values": {}},
            "hash": view.hash,
            "previous_view_id": None,
            "root_view_id": view.id,
            "app_id": self._workspace.app.id,
            "bot_id": self._workspace.app.bot_id,
            "private_metadata": "",
            "callback_id": "",
            "external_id": "",
            **view.content,
        }

    def _change(self, view: View, content: Json, version: str) -> None:
        if version and version != view.hash:
            raise Refused("hash_conflict")
        view.content, view.hash = _named(content), self._hash()

    def _all(self) -> list[View]:
        return [*self.open.values(), *self.homes.values()]

    def _hash(self) -> str:
        return f"{int(self._workspace.clock())}.{secrets.token_hex(4)}"


def _id() -> str:
    return f"V{secrets.token_hex(5).upper()}"


def _named(content: Json) -> Json:
    named: Json = json.loads(json.dumps(content))
    return named | {"blocks": name_parts(items(named.get("blocks")))}

"""What people do in modals, on the Home tab and with shortcuts.

https://docs.slack.dev/surfaces/modals
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.sandbox.side import Json, Unlikely
from bot.sandbox.slack.blocks import check_view
from bot.sandbox.slack.interactions import acted, find_element, home_parcel, submission_parcel
from bot.sandbox.slack.parcels import Outcome
from bot.sandbox.slack.reading import mapping, string
from bot.sandbox.slack.refusals import Refused
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.views import View
from bot.sandbox.slack.workspace import Person


class Modals:
    """The people's acts outside of channels."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    async def submit(self, person: Person, view_id: str, values: Json) -> Json:
        """Press a modal's submit button, with `values` as in `view.state.values`.

        Returns `ok`, with the `errors` that the person sees beside the fields; raises `Unlikely`.
        """
        view = self._slack.views.open.get(view_id)
        if view is None or view.person != person.id:
            raise Unlikely(f"{person.name} has no modal {view_id} open.")
        shown = self._slack.views.show(view) | {"state": {"values": values}}
        means: Json = {"trigger_id": self._slack.triggers.give(person.id)}
        parcel = submission_parcel(self._slack.workspace, person, shown, means)
        receipt = await self._slack.delivery.bring(parcel)
        if receipt.outcome is not Outcome.TAKEN:
            return {"ok": False, "error": receipt.outcome.value}
        try:
            return self._conclude(view, receipt.answer or {})
        except Refused as refused:
            return {"ok": False, "error": refused.code, "shown": "\n".join(refused.reasons)}

    def open_home(self, person: Person) -> None:
        """Look at the app's Home tab: https://docs.slack.dev/reference/events/app_home_opened"""
        channel = self._slack.workspace.direct(person.id)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": channel.id,
            "tab": "home",
            "event_ts": self._slack.workspace.stamp(),
        }
        view = self._slack.views.homes.get(person.id)
        if view:
            event["view"] = self._slack.views.show(view)
        self._slack.tell(channel, event)

    async def press_home(self, person: Person, action: str, values: Sequence[str] = ()) -> Json:
        """Press a button on the Home tab, or write `values` into a box there and press Enter.

        Returns after the acknowledgement; raises `Unlikely` where there is nothing to press.
        """
        view = self._slack.views.homes.get(person.id)
        if view is None:
            raise Unlikely(f"{person.name} has no Home tab yet: open it first.")
        shown = self._slack.views.show(view)
        block_id, element = find_element(shown["blocks"], action)
        told = acted(block_id, element, values)
        if element["type"] == "plain_text_input":
            told["value"] = values[0] if values else None
        means: Json = {"trigger_id": self._slack.triggers.give(person.id)}
        parcel = home_parcel(self._slack.workspace, person, shown, told, means)
        receipt = await self._slack.delivery.bring(parcel)
        if receipt.outcome is not Outcome.TAKEN:
            return {"ok": False, "error": receipt.outcome.value}
        return {"ok": True}

    def _conclude(self, view: View, answer: Json) -> Json:
        """https://docs.slack.dev/surfaces/modals#response_actions"""
        match answer.get("response_action"):
            case None | "clear":
                self._slack.views.close(view.id)
            case "errors":
                return {"ok": False, "errors": mapping(answer.get("errors"))}
            case "update":
                self._slack.views.update(view.id, "", _checked(answer), "")
            case "push":
                self._slack.views.add(view.person, _checked(answer))
            case other:
                raise Refused("invalid_response_action", string(other))
        return {"ok": True}


def _checked(answer: Json) -> Json:
    content = mapping(answer.get("view"))
    check_view(content)
    return content

"""The rooms' modals: within each platform's limits, and read back as they were drawn."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.platforms.discord import inbound as discord_inbound
from bot.platforms.discord import modal as discord
from bot.platforms.events import Person, Place
from bot.platforms.slack import inbound as slack_inbound
from bot.platforms.slack import modal as slack
from bot.sandbox.dialogs import Dialog
from bot.sandbox.discord.forms import Field as Wire
from bot.sandbox.discord.modals import Opened, check_modal, submission
from bot.sandbox.discord.modals import dialog as discord_dialog
from bot.sandbox.slack.blocks import check_view
from bot.sandbox.slack.dialogs import dialog as slack_dialog
from bot.sandbox.slack.dialogs import state
from bot.sandbox.slack.views import View
from briefings.agreeing import compose_form
from briefings.drafting import PAGES, Draft, compose_draft_form
from briefings.forms import AGREED, ChoiceField, Filled, Form
from briefings.terms import Terms

HERE = Place("slack", "T1", "C1", "1.2")
PLAIN = Terms((time(9),), ZoneInfo("Europe/Berlin"))
RICH = replace(PLAIN, topics=frozenset({"<!here> @everyone"}), weekdays=frozenset({0, 6}))
TEXT = "Lists, **bold**\n\n<!here> @everyone ```"
DRAFT = Draft("0123456789abcdef", "U1", {"title": "T <!here>", "happening": TEXT, "more": TEXT})
FORMS = [
    *(compose_form(name, terms) for name in AGREED for terms in (PLAIN, RICH)),
    *(compose_draft_form(name, DRAFT) for name in PAGES),
]
OWNER = Person("U1", True, "owners", "Europe/Berlin")  # noqa: FBT003


def as_filled(form: Form) -> Filled:
    return {
        field.name: tuple(field.chosen) if isinstance(field, ChoiceField) else (field.value,)
        for field in form.fields
    }


@pytest.mark.parametrize("form", FORMS)
def test_slack_takes_the_modal_and_gives_back_what_stands_in_it(form: Form) -> None:
    view = json.loads(json.dumps(slack.modal(form, HERE)))
    check_view(view)
    opened = View("V1", "U1", view, "h")
    asked: Dialog = slack_dialog(opened)
    assert [each.label for each in asked.entries] == [field.label for field in form.fields]
    sent = {**view, "state": {"values": state(opened, asked.filled({}))}}
    assert slack.filled(sent) == as_filled(form)
    assert slack.form_of(sent) == (form.name, form.subject)
    assert slack.place_of(sent) == HERE


@pytest.mark.parametrize("form", FORMS)
def test_discord_takes_the_modal_and_gives_back_what_stands_in_it(form: Form) -> None:
    body: Any = json.loads(json.dumps(discord.modal(form)))
    wire = Wire(body)
    check_modal(wire)
    wire.refuse()
    opened = Opened("1", "2", "3", body)
    asked = discord_dialog(opened)
    assert [each.label for each in asked.entries] == [field.label for field in form.fields]
    sent = submission(opened, asked.filled({}))
    assert discord.filled(sent) == as_filled(form)
    assert discord.form_of(sent) == (form.name, form.subject)


@pytest.mark.parametrize("view", [{}, {"callback_id": "x", "state": {"values": {"a": 1}}}])
def test_a_foreign_view_of_slack_is_nothing(view: dict[str, object]) -> None:
    heard = slack_inbound.submission({"view": view, "user": {"id": "U1"}}, OWNER)
    assert heard.asker == "U1"
    assert getattr(heard.event, "form", "") is None


@pytest.mark.parametrize("data", [{}, {"custom_id": "x", "components": "?"}])
def test_a_foreign_modal_of_discord_is_nothing(data: dict[str, object]) -> None:
    sent = discord_inbound.submitted({"data": data, "user": {"id": 7}})
    assert (sent.form, dict(sent.filled), sent.person.may_manage) == (None, {}, False)


@pytest.mark.parametrize(
    ("granted", "may"),
    [("0", False), (str(1 << 4), True), (str(1 << 3), True), (str(1 << 11), False), ("x", False)],
)
def test_discord_says_who_may_manage_the_channel(granted: str, *, may: bool) -> None:
    options = [{"name": "order", "value": "list"}]
    member = {"user": {"id": 7}, "permissions": granted}
    ordered = discord_inbound.ordered({"data": {"options": options}, "member": member})
    assert (ordered.text, ordered.person.may_manage) == ("list", may)

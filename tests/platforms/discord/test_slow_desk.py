"""What people see whose answer takes its time: "thinking" within a second, and then the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.desk import Answer, Repeated
from bot.platforms.discord.commands import MESSAGE_NAME
from bot.platforms.discord.late_forms import KEPT, MOST, LateForms
from bot.platforms.discord.line import patience
from bot.platforms.events import Asked, Event, Ordered, Person, Place, Pressed
from bot.sandbox.discord.setup import Setup
from bot.sandbox.side import Json, Pressing
from briefings.answers import compose_repeated
from briefings.forms import Form, FormName, TextField
from briefings.intents import Intent, OpenDraft, OpenForm, Share
from briefings.message import Reply
from briefings.model import BriefingId
from tests.platforms.discord.conftest import Desk, Opens, Stage, until
from tests.platforms.discord.reading import walk
from tests.platforms.discord.test_client import card

QUICK_PLATFORM = Setup(answer_within=2.4)
"""What comes without "thinking" would come too late."""

SLOW = 2.7
PLACE = Place("discord", "1", "2")
DRAFT = "0123456789abcdef"


@dataclass
class FormDesk(Desk):
    """A desk that opens a form, as slowly as it is told to."""

    form: Form = field(default_factory=lambda: form_of(FormName.WHEN))

    async def answer(self, event: Event) -> Answer:  # type: ignore[override]
        await super().answer(event)
        return self.form


@dataclass
class SecondDesk(Desk):
    """A desk of a process that hears what another one is carrying out."""

    async def answer(self, event: Event) -> Answer:  # type: ignore[override]
        await super().answer(event)
        return Repeated(Reply(compose_repeated()))


def form_of(name: FormName, subject: str = "") -> Form:
    return Form(name, "When", (TextField("time", "Time"),), subject=subject)


MENU = {
    "type": 1,
    "components": [
        {
            "type": 3,
            "custom_id": "menu",
            "options": [{"label": "Share", "value": "b1:share:chery-summit-2025"}],
        }
    ],
}


async def ask_in_every_way(stage: Stage) -> Sequence[Json]:
    """A command, an owner's, one of a message's menu, a button and a menu, all at once."""
    sent = await stage.platform.post(stage.here, card(), "marker")
    picked = await stage.platform.post(stage.here, {**card(), "components": [MENU]}, "menu")
    side, channel = stage.side, stage.channel
    return await asyncio.gather(
        side.command(channel, "alice", "/briefing chery"),
        side.command(channel, "alice", "/briefings list"),
        side.choose("alice", MESSAGE_NAME, channel, sent),
        stage.press(sent, "b1:share:chery-summit-2025"),
        side.press(Pressing(channel, picked, "menu", "alice", ("b1:share:chery-summit-2025",))),
    )


async def test_every_kind_of_wish_is_answered_in_time_however_slow_the_desk(
    open_stage: Opens,
) -> None:
    stage = await open_stage(QUICK_PLATFORM, desk=Desk(wait=SLOW))
    told = await ask_in_every_way(stage)
    assert [(each["ok"], each.get("pending")) for each in told] == [(True, True)] * 5
    await until(lambda: not any(each["pending"] for each in stage.messages()))
    assert len(stage.messages()) == 2 + 5


async def test_a_form_is_taken_in_time_however_slow_the_desk(open_stage: Opens) -> None:
    desk = FormDesk()
    stage = await open_stage(QUICK_PLATFORM, desk=desk)
    opened = await stage.side.command(stage.channel, "alice", "/briefings subscribe")
    assert "modal" in opened
    stage.desk.wait = SLOW
    (dialog,) = stage.side.state()["dialogs"]  # type: ignore[misc]
    told = await stage.side.submit("alice", dialog["id"], {"time": ["08:30"]})  # type: ignore[has-type]
    assert (told["ok"], told["pending"]) == (True, True)


async def test_a_form_that_comes_too_late_to_be_opened_waits_behind_a_button(
    open_stage: Opens,
) -> None:
    stage = await open_stage(QUICK_PLATFORM, desk=FormDesk(wait=SLOW))
    told = await stage.side.command(stage.channel, "alice", "/briefings subscribe")
    assert "modal" not in told
    await until(lambda: not stage.messages()[0]["pending"])
    (message,) = stage.messages()
    (button,) = [each for each in walk(message["body"]) if "custom_id" in each]  # type: ignore[arg-type]
    assert button["label"] == "Open the form"
    opened = await stage.press(str(message["id"]), button["custom_id"])
    assert "modal" in opened  # though the desk is as slow as before
    assert len(stage.desk.events) == 1


@pytest.mark.parametrize("wait", [0.0, SLOW])
async def test_what_another_process_carries_out_is_not_thought_about_for_ever(
    open_stage: Opens, wait: float
) -> None:
    stage = await open_stage(QUICK_PLATFORM, desk=SecondDesk(wait=wait))
    await stage.side.command(stage.channel, "alice", "/briefings list")
    await until(lambda: not any(each["pending"] for each in stage.messages()))
    assert ("Done already" in str(stage.messages())) == (wait == SLOW)


WHEN = form_of(FormName.WHEN)
OWNER = Person("7", may_manage=True, managers="those who may")
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("event", "form", "again"),
    [
        (Pressed(Share(BriefingId("x")), PLACE, "7"), WHEN, Share(BriefingId("x"))),
        (Pressed(None, PLACE, "7"), WHEN, None),
        (Ordered("subscribe", PLACE, OWNER), WHEN, OpenForm("when")),
        (Ordered("write", PLACE, OWNER), form_of(FormName.WRITE, DRAFT), OpenDraft(DRAFT, 0)),
        (Ordered("write", PLACE, OWNER), form_of(FormName.SECTIONS, DRAFT), OpenDraft(DRAFT, 1)),
        (Ordered("write", PLACE, OWNER), form_of(FormName.WRITE), None),
        (Asked("x", PLACE, "7"), form_of(FormName.CONCLUDE), None),
    ],
)
def test_what_opens_a_form_that_was_late(event: Event, form: Form, again: Intent | None) -> None:
    late = LateForms(lambda: NOON)
    assert late.keep(event, form) == again
    assert late.take(Pressed(again, PLACE, "8")) is None
    assert late.take(Pressed(again, PLACE, "7")) == (form if again else None)
    assert late.take(Pressed(again, PLACE, "7")) is None


def test_a_late_form_of_one_channel_is_not_opened_in_another() -> None:
    late, elsewhere = LateForms(lambda: NOON), Place("discord", "1", "3")
    again = late.keep(Ordered("subscribe", PLACE, OWNER), WHEN)
    assert late.take(Pressed(again, elsewhere, "7")) is None
    assert late.take(Pressed(again, PLACE, "7")) == WHEN


def test_a_late_form_is_asked_for_anew_after_a_while() -> None:
    moments = [NOON, NOON + KEPT]
    late = LateForms(lambda: moments.pop(0))
    again = late.keep(Ordered("subscribe", PLACE, OWNER), WHEN)
    assert late.take(Pressed(again, PLACE, "7")) is None


def test_late_forms_are_bounded() -> None:
    late = LateForms(lambda: NOON)
    for number in range(MOST + 1):
        late.keep(Pressed(OpenForm("when"), PLACE, str(number)), WHEN)
    assert late.take(Pressed(OpenForm("when"), PLACE, "0")) is None
    assert late.take(Pressed(OpenForm("when"), PLACE, "1")) == WHEN


@pytest.mark.parametrize(
    ("age", "left"),
    [(-5.0, 1.0), (0.0, 1.0), (0.4, 0.6), (0.9, 0.25), (2.9, 0.25), (3.0, 1.0), (90.0, 1.0)],
)
def test_a_wish_that_was_on_its_way_for_long_is_answered_sooner(age: float, left: float) -> None:
    assert patience(NOON, NOON + timedelta(seconds=age)) == pytest.approx(left)

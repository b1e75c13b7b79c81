"""Forms as Discord's modals, and what comes back of them, however odd."""

from __future__ import annotations

from typing import Any

import pytest

from bot.platforms.discord.modal import filled, form_of, modal
from bot.sandbox.discord.forms import Field as Place
from bot.sandbox.discord.modals import check_modal
from briefings.forms import Choice, ChoiceField, Form, FormName, TextField

FORM = Form(
    FormName.WHEN,
    "When?",
    (
        TextField("at", "Times", "08:30", "Such as 08:30"),
        TextField("topics", "Topics", "", required=False),
        ChoiceField("days", "Days", (Choice("mon", "Monday"), Choice("tue", "Tuesday")), ("tue",),
                    several=True),
        ChoiceField("layout", "Layout", (Choice("card", "Card"), Choice("all", "All")), ("all",)),
    ),
)  # fmt: skip


def test_a_form_is_a_modal_that_discord_takes_with_its_values_filled_in() -> None:
    drawn: Any = modal(FORM)
    place = Place(drawn)
    check_modal(place)
    place.refuse()
    at, topics, days, layout = (each["component"] for each in drawn["components"])
    assert (at["value"], at["required"]) == ("08:30", True)
    assert "value" not in topics
    assert [each.get("default", False) for each in days["options"]] == [False, True]
    assert (days["max_values"], layout["max_values"]) == (2, 1)


def test_what_was_filled_in_is_read_by_the_names_of_the_fields() -> None:
    sent = {
        "custom_id": modal(FORM)["custom_id"],
        "components": [
            {"type": 18, "component": {"type": 4, "custom_id": "at", "value": "9:00"}},
            {"type": 18, "component": {"type": 4, "custom_id": "topics", "value": None}},
            {"type": 18, "component": {"type": 3, "custom_id": "days", "values": ["mon", "tue"]}},
            {"type": 18, "component": {"type": 3, "custom_id": "layout", "values": []}},
        ],
    }
    assert form_of(sent) == (FormName.WHEN, "")
    assert filled(sent) == {
        "at": ("9:00",), "topics": ("",), "days": ("mon", "tue"), "layout": ()
    }  # fmt: skip


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"custom_id": None, "components": None},
        {"custom_id": "b1:form:other", "components": {}},
        {"custom_id": "b1:form:when:zzz", "components": ["x", 7, None]},
        {"custom_id": "when", "components": [{"type": 10, "content": "Only words"}]},
        {"custom_id": 7, "components": [{"component": {"type": 4}}, {"component": []}]},
        {"components": [{"component": {"custom_id": 3, "value": "x"}}]},
    ],
)
def test_what_was_never_ours_is_no_form_and_fills_nothing_in(sent: dict[str, Any]) -> None:
    assert form_of(sent) == (None, "")
    assert filled(sent) == {}

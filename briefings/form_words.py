"""Every word of the forms about a channel's posts."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.daysoff import Shift
from briefings.schedule import Layout
from briefings.tongue import mark

SAVE = mark("Save")
FORM_WHEN = mark("Briefings here")
FORM_MORE = mark("Holidays and lateness")
FORM_LANGUAGE = mark("Language of the posts")
FIELD_LANGUAGE = mark("Posts and cards here are in")
FIELD_TIMES = mark("Times")
HINT_TIMES = mark("08:30, or several with commas: 08:30, 16:00")
FIELD_DAYS = mark("Days")
FIELD_ZONE = mark("Time zone")
HINT_ZONE = mark("Europe/Berlin, America/New_York, UTC, …")
FIELD_TOPICS = mark("Topics")
HINT_TOPICS = mark("Empty: all. Several with commas; “not sports” leaves a topic out")
FIELD_LAYOUT = mark("How a post stands in the channel")
FIELD_HOLIDAYS = mark("Public holidays of")
HINT_HOLIDAYS = mark("Empty: none. A country or a part of one: DE, DE-BY, US-CA")
FIELD_OFF = mark("Own days off")
HINT_OFF = mark("2026-12-24..2027-01-01, 2027-05-14")
FIELD_SHIFT = mark("A post whose day is off")
FIELD_LATE = mark("Late posts")
HINT_LATE = mark("12h: sent for 12 hours on the same day · skip · next: with the next one")
FIELD_REST = mark("A briefing comes again after")
HINT_REST = mark("90d, or forever: never twice")
LAYOUTS: Mapping[Layout, str] = {
    Layout.THREAD: mark("A card, the rest in its thread"),
    Layout.WHOLE: mark("All of it in the channel"),
    Layout.CARD: mark("The card alone"),
}
LAYOUTS_TOLD: Mapping[Layout, str] = {
    Layout.THREAD: mark("A card, the rest in its thread."),
    Layout.WHOLE: mark("All of it in the channel."),
    Layout.CARD: mark("The card alone."),
}
SHIFTS: Mapping[Shift, str] = {
    Shift.SKIP: mark("is left out"),
    Shift.BEFORE: mark("comes on the working day before"),
    Shift.AFTER: mark("comes on the working day after"),
}
SHIFTS_TOLD: Mapping[Shift, str] = {
    Shift.SKIP: mark("A post whose day is off is left out."),
    Shift.BEFORE: mark("A post whose day is off comes on the working day before."),
    Shift.AFTER: mark("A post whose day is off comes on the working day after."),
}

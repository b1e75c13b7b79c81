"""Every word of the forms about a channel's posts."""

from __future__ import annotations

from collections.abc import Mapping

from briefings.daysoff import Shift
from briefings.phrases import NAMES
from briefings.schedule import Layout

SAVE = "Save"
FORM_WHEN = "Briefings here"
FORM_MORE = "Holidays and lateness"
FIELD_TIMES = "Times"
HINT_TIMES = "08:30, or several with commas: 08:30, 16:00"
FIELD_DAYS = "Days"
FIELD_ZONE = "Time zone"
HINT_ZONE = "Europe/Berlin, America/New_York, UTC, …"
FIELD_TOPICS = "Topics"
HINT_TOPICS = "Empty: all. Several with commas; “not sports” leaves a topic out"
FIELD_LAYOUT = "How a post stands in the channel"
FIELD_HOLIDAYS = "Public holidays of"
HINT_HOLIDAYS = "Empty: none. A country or a part of one: DE, DE-BY, US-CA"
FIELD_OFF = "Own days off"
HINT_OFF = "2026-12-24..2027-01-01, 2027-05-14"
FIELD_SHIFT = "A post whose day is off"
FIELD_LATE = "Late posts"
HINT_LATE = "12h: sent for 12 hours on the same day · skip · next: with the next one"
FIELD_REST = "A briefing comes again after"
HINT_REST = "90d, or forever: never twice"
WEEKDAYS = NAMES
LAYOUTS: Mapping[Layout, str] = {
    Layout.THREAD: "A card, the rest in its thread",
    Layout.WHOLE: "All of it in the channel",
    Layout.CARD: "The card alone",
}
SHIFTS: Mapping[Shift, str] = {
    Shift.SKIP: "is left out",
    Shift.BEFORE: "comes on the working day before",
    Shift.AFTER: "comes on the working day after",
}

"""What is said of watched lines, signals and corrections: short, whole, and pressable."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.blocks import Paragraph, Style, plain
from briefings.card import compose_post, compose_section
from briefings.corrections import (
    SHOWN,
    compose_changes,
    compose_corrected,
    noting_corrected,
)
from briefings.differences import differences
from briefings.followups import Compare, Fate, Kind, Settle, Signal, Watch
from briefings.intents import Intent, OpenBriefing, OpenSection
from briefings.manners import Manners
from briefings.message import Action, Actions, Message
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.promises import promises
from briefings.schedule import Layout
from briefings.signals import compose_explained, compose_signal, compose_to_author
from briefings.tokens import decode, encode
from briefings.watching import (
    CHOICES,
    Standing,
    Watched,
    compose_choice,
    compose_due,
    compose_nothing_ahead,
    compose_settled,
    compose_settled_before,
    compose_watched,
    compose_watching,
)
from tests.briefings.strategies import ENTRIES, said

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
DUE = date(2026, 12, 12)
LINES = "The vote is on 12 December. The report comes next week. Nobody knows more."


def entry(name: str = "tram", *, text: str = LINES, heading: str = "What's Next?") -> Entry:
    sections = (
        Section(plain("What's Happening?"), 2, (Paragraph(plain("It drew 1,200 people.")),)),
        Section(plain("Background"), 2, (Paragraph(plain("It is old.")),)),
        Section(plain(heading), 2, (Paragraph(plain(text)),)),
    )
    return Entry(BriefingId(name), Briefing("Tram 7", sections, date=date(2026, 11, 23)), NOON)


def watched(**other: object) -> Watched:
    name, line = "0123456789abcdef", "The vote is on 12 December."
    told = Watched(name, "slack", "C1", "T1", BriefingId("tram"), 2, line, DUE)
    return replace(told, **other)  # type: ignore[arg-type]


def actions(message: Message) -> list[Action]:
    rows = (each.actions for each in message.blocks if isinstance(each, Actions))
    return [action for row in rows for action in row]


def intents(message: Message) -> list[Intent]:
    found = [each.intent for each in actions(message)]
    assert all(decode(encode(each)) == each for each in found)
    return found


def text(message: Message) -> str:
    return said(message.blocks)


def test_the_part_and_the_answer_of_a_section_that_promises_have_a_button() -> None:
    part = compose_post(entry()).parts[-1]
    answer = compose_section(entry(), 2)
    assert Watch(BriefingId("tram"), 2) in intents(part)
    assert answer
    assert Watch(BriefingId("tram"), 2) in intents(answer)
    for other in (compose_post(entry()).parts[0], compose_section(entry(), 1)):
        assert other
        assert not any(isinstance(each, Watch) for each in intents(other))


@pytest.mark.parametrize("layout", Layout)
def test_signals_stand_in_a_row_of_their_own_where_the_channel_wants_them(layout: Layout) -> None:
    with_them = compose_post(entry(), layout, Manners()).card
    without = compose_post(entry(), layout, Manners(signals=False)).card
    *before, row = with_them.blocks
    assert tuple(before) == without.blocks
    assert isinstance(row, Actions)
    assert [each.intent for each in row.actions] == [
        Signal(kind, BriefingId("tram")) for kind in Kind
    ]
    assert sum(len(each.label) for each in row.actions) <= 40


def test_a_channel_that_does_not_discuss_has_no_button_for_it() -> None:
    card = compose_post(entry(), manners=Manners(opens=False, signals=False)).card
    assert all(isinstance(each, OpenSection) for each in intents(card))


def test_a_choice_names_each_line_and_its_day() -> None:
    lines = promises(entry(), 2)
    told = compose_choice(entry(), lines)
    assert "Thevoteison12December." in text(told)
    assert intents(told) == [Watch(BriefingId("tram"), 2, each.name) for each in lines]


@pytest.mark.parametrize("off", [-3, -2, -1, 0, 1, 2, 3])
def test_a_choice_has_a_button_for_each_line_that_it_shows(off: int) -> None:
    many = " ".join(f"Part {number} is due on 12 December." for number in range(CHOICES + off))
    told = compose_choice(entry(text=many), promises(entry(text=many), 2))
    assert len(actions(told)) == min(CHOICES, CHOICES + off)


def test_it_is_told_when_and_where_a_line_is_asked_about() -> None:
    assert "inthethreadonSat12Dec2026" in text(compose_watching(watched(), new=True))
    assert "askaboutithereonSat12Dec2026" in text(compose_watching(watched(thread=None), new=True))
    assert "watchedalready" in text(compose_watching(watched(), new=False))
    assert "isover" in text(compose_nothing_ahead())


@pytest.mark.parametrize(
    ("due", "number", "title"),
    [
        (DUE, 0, "Due today: did it happen?"),
        (date(2026, 12, 11), 0, "Due on Fri 11 Dec 2026: did it happen?"),
        (DUE, 1, "Still open: did it happen?"),
    ],
)
def test_a_due_line_is_quoted_and_can_be_settled(due: date, number: int, title: str) -> None:
    told = compose_due(watched(due=due, round=number), "Tram 7", None, DUE)
    assert told.title == title
    assert "Thevoteison12December.From“Tram7”." in text(told)
    name = watched().name
    assert intents(told) == [
        Settle(fate, name, number) for fate in (Fate.DONE, Fate.LATER, Fate.DROP)
    ]


def test_a_due_line_leads_to_the_newer_briefing() -> None:
    told = compose_due(watched(), "Tram 7", entry("tram-8"), DUE)
    assert intents(told)[0] == OpenBriefing(BriefingId("tram-8"))


@pytest.mark.parametrize(
    ("fate", "told"),
    [
        (Fate.DONE, "Ithappened."),
        (Fate.LATER, "IwillaskagainonSat12Dec2026."),
        (Fate.DROP, "Dropped."),
    ],
)
def test_what_came_of_a_line_is_told(fate: Fate, told: str) -> None:
    assert told in text(compose_settled(watched(), fate))
    assert "answered" in text(compose_settled_before())


def test_what_is_watched_is_listed_and_can_be_dropped() -> None:
    asked = watched(standing=Standing.ASKED)
    told = compose_watched([watched(), asked], ["Tram 7", "Tram 7"])
    assert "asked,noansweryet" in text(told)
    assert intents(told) == [Settle(Fate.DROP, watched().name, 0)] * 2
    assert "Nothingiswatched" in text(compose_watched([], []))


def test_a_signal_is_told_with_all_counts_and_no_name() -> None:
    told = compose_signal(Kind.KNEW, {Kind.KNEW: 2}, given=True)
    assert "Knewit2·Surprised0·Affectsus0·Explain0" in text(told)
    assert "Takenback" in text(compose_signal(Kind.KNEW, {}, given=False))


def test_an_explanation_offers_sections_and_related_briefings() -> None:
    told = compose_explained(entry(), [entry("other")], {}, author=True)
    tram = BriefingId("tram")
    assert intents(told) == [OpenSection(tram, 1), OpenBriefing(BriefingId("other"))]
    assert "author" in text(told)
    assert "author" not in text(compose_explained(entry(), [], {}, author=False))
    bare = replace(entry(), briefing=Briefing("Tram 7", ()))
    assert "nothingmore" in text(compose_explained(bare, [], {}, author=False))
    assert intents(compose_to_author(entry())) == [OpenBriefing(tram)]


@pytest.mark.parametrize(
    ("posted", "told"),
    [(date(2026, 11, 23), "Corrected13:00"), (date(2026, 11, 20), "CorrectedMon23Nov2026,13:00")],
)
def test_a_card_says_when_it_was_corrected_in_local_time(posted: date, told: str) -> None:
    card = noting_corrected(compose_post(entry()).card, NOON, BERLIN, posted)
    assert text(card).startswith(told)


def test_the_thread_is_told_which_sections_changed_where_it_matters() -> None:
    after = entry(text=LINES.replace("12 December", "14 December").replace("Nobody", "No one"))
    told = compose_corrected(after, differences(entry().briefing, after.briefing), (1, 3))
    assert "“What'sNext?”" in text(told)
    assert "Happening" not in text(told)
    assert intents(told) == [Compare(BriefingId("tram"), 1, 3)]


def test_old_words_are_quoted_and_new_ones_strong() -> None:
    after = entry(text=LINES.replace("12 December", "14 December") + " So it is.")
    told = compose_changes(after, differences(entry().briefing, after.briefing))
    strong = [
        span.text.strip()
        for each in told.blocks
        if isinstance(each, Paragraph)
        for span in each.spans
        if span.style is Style.STRONG
    ]
    assert strong == ["14", "So it is."]
    assert "reads as" in repr(compose_changes(after, ()))


@pytest.mark.parametrize("off", [-3, -2, -1, 0, 1, 2, 3])
def test_of_many_changes_the_first_are_shown_and_the_others_counted(off: int) -> None:
    more = " ".join(f"Number {number} is new." for number in range(SHOWN + off))
    after = entry(text=f"{LINES} {more}")
    told = text(compose_changes(after, differences(entry().briefing, after.briefing)))
    assert (f"Number{SHOWN + off - 1}isnew." in told) is (off <= 0)
    assert ("more" in told.replace("Nobodyknowsmore", "")) is (off > 0)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRIES, st.booleans())
def test_any_version_can_be_shown(after: Entry, author: bool) -> None:
    told = compose_changes(after, differences(entry().briefing, after.briefing))
    assert intents(told) == [OpenBriefing(after.id)]
    intents(compose_explained(entry(), [after], {}, author=author))

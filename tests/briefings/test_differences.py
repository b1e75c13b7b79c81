"""What changed from version to version, and whether that matters to whoever read it before."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.blocks import (
    Block,
    Code,
    Divider,
    Heading,
    Image,
    Item,
    List,
    Paragraph,
    Quote,
    Table,
    plain,
)
from briefings.differences import Change, Difference, differences
from briefings.model import Briefing, Entry, Section, Source
from tests.briefings.strategies import ENTRIES

TEXT = "The summit drew 1,200 people. The firm showed Chery cars. Officials were glad."


def briefing(*texts: str, title: str = "A tale", heading: str = "What's Next?") -> Briefing:
    blocks = tuple(Paragraph(plain(each)) for each in texts)
    return Briefing(title, (Section(plain(heading), 2, blocks),))


def one(before: str, after: str) -> Change:
    (found,) = differences(briefing(before), briefing(after))
    assert found.section == "What's Next?"
    (change,) = found.changes
    return change


def marked(change: Change) -> tuple[str, str]:
    """Both versions, with the words that changed in brackets."""
    told = (
        "".join(f"[{each.text.strip()}] " if each.changed else each.text for each in version)
        for version in (change.before, change.after)
    )
    before, after = (each.strip() for each in told)
    return before, after


def test_the_words_that_changed_are_told_and_no_others() -> None:
    change = one(TEXT, TEXT.replace("1,200", "1,500"))
    assert marked(change) == ("The summit drew [1,200] people.", "The summit drew [1,500] people.")
    assert change.matters


MATTERS = (
    ("It drew 12 people.", "It drew 13 people."),
    ("It fell by 5%.", "It fell by 6%."),
    ("It drew ten people.", "It drew twelve people."),
    ("It is due on Monday.", "It is due on Tuesday."),
    ("The vote is in march or December.", "The vote is in march or November."),
    ("It was shown by Chery there.", "It was shown by Geely there."),
    ("They met Ms Li there.", "They met Ms Wu there."),
    ("They will do it.", "They will not do it."),
    ("会议有三百人参加。", "会议有五百人参加。"),
    ("It was said of him.", "It was said of UNESCO."),
)
MATTERS_NOT = (
    ("It drew many people.", "It drew few people."),
    ("It is big, and good.", "It is large and good!"),
    ("Officials were glad.", "Officials were happy."),
    ("Teh summit was long.", "The summit was long."),
    ("It was said by a man there.", "It was said by a woman there."),
)


@pytest.mark.parametrize(("before", "after"), MATTERS)
def test_figures_names_and_dates_matter(before: str, after: str) -> None:
    assert one(before, after).matters


@pytest.mark.parametrize(("before", "after"), MATTERS_NOT)
def test_other_words_do_not_matter(before: str, after: str) -> None:
    assert not one(before, after).matters


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The SUMMIT was long.", "The summit was long"),
        ("One came. Two left.", "Two left. One came."),
        ("So it is.", "So  it\nis."),
    ],
)
def test_case_punctuation_and_order_change_nothing(before: str, after: str) -> None:
    assert differences(briefing(before), briefing(after)) == ()


def test_a_name_at_the_beginning_of_a_sentence_matters_where_it_is_known_as_one() -> None:
    told = "Chery showed ten cars. It was in Wuhu."
    known = briefing(told, "People like Chery.")
    (found,) = differences(known, briefing(told.replace("Chery", "Geely"), "People like Chery."))
    assert found.matters
    assert not one("Officials came there today.", "Leaders came there today.").matters


def test_new_sentences_and_those_taken_out_are_told_whole() -> None:
    (found,) = differences(briefing("It began."), briefing("It began. Nobody knows more of that."))
    assert found.changes[0].before == ()
    (found,) = differences(briefing("It began. Nobody knows more of that."), briefing("It began."))
    assert found.changes[0].after == ()
    assert not found.matters


def test_sections_are_known_by_their_names_wherever_they_stand() -> None:
    def told(*headings: str) -> Briefing:
        sections = (
            Section(plain(each), 2, (Paragraph(plain(f"About {each}.")),)) for each in headings
        )
        return Briefing("A tale", tuple(sections))

    assert differences(told("One", "Two"), told("Two", "One")) == ()
    (gone,) = differences(told("One", "Two"), told("One"))
    assert gone.section == "Two"
    (renamed,) = differences(told("One", "Next steps"), told("One", "What is next"))
    assert renamed.section == "What is next"


def test_title_date_and_sources_count() -> None:
    before = briefing(TEXT, title="Chery in 2025")
    titled = briefing(TEXT, title="Chery in 2026")
    assert [(each.section, each.matters) for each in differences(before, titled)] == [("", True)]
    about = Briefing(
        before.title, before.sections, date=date(2026, 1, 1), sources=(Source("Reuters"),)
    )
    assert [each.matters for each in differences(before, about)] == [True]


BLOCKS: tuple[tuple[Block, Block], ...] = (
    (Heading(plain("Day 1"), 3), Heading(plain("Day 2"), 3)),
    (Code("x = 1\ny = 2"), Code("x = 1\ny = 3")),
    (Image("https://e.org/i.png", "12 cars"), Image("https://e.org/i.png", "13 cars")),
    (Quote((Paragraph(plain("I saw 12.")),)), Quote((Paragraph(plain("I saw 13.")),))),
    (
        List((Item((Paragraph(plain("12 cars")),)),)),
        List((Item((Paragraph(plain("13 cars")),)),)),
    ),
    (
        Table((plain("Cars"),), ((plain("12"),),)),
        Table((plain("Cars"),), ((plain("13"),),)),
    ),
)


@pytest.mark.parametrize(("before", "after"), BLOCKS)
def test_every_kind_of_block_is_compared(before: Block, after: Block) -> None:
    def told(block: Block) -> Briefing:
        return Briefing("A tale", (Section(plain("One"), 2, (block, Divider())),))

    (found,) = differences(told(before), told(after))
    assert found.matters


def words_of(difference: Difference) -> str:
    return "".join(
        piece.text for each in difference.changes for piece in (*each.before, *each.after)
    )


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRIES)
def test_any_version_can_be_compared_and_equals_itself(after: Entry) -> None:
    assert differences(after.briefing, after.briefing) == ()
    for each in differences(briefing(TEXT), after.briefing):
        assert words_of(each)


@given(st.lists(st.sampled_from(["One came. ", "12 left. ", "Li stayed. ", "So it is. "])))
def test_what_is_put_in_and_taken_out_again_is_the_same_text(more: list[str]) -> None:
    before, after = briefing("It began."), briefing("It began. " + "".join(more))
    there = [each.matters for each in differences(before, after)]
    back = [each.matters for each in differences(after, before)]
    assert there == back

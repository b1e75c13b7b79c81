"""Plain text: which lines are headings, and what a line break stands for."""

from __future__ import annotations

from textwrap import dedent

import pytest

from briefings.blocks import Code, Divider, Item, List, Paragraph, Quote, text_of
from briefings.model import Briefing, TitleFrom
from briefings.reading.reader import Reading, Unreadable, read

LONG = (
    "The council met on the bridge works and heard that the third pier is ready, that steel for"
    " the deck comes by barge in spring, and that the road stays open on weekdays until then."
)


def reading(text: str, *headings: str) -> Reading:
    return read(dedent(text).encode(), "x.txt", headings)


def briefing(text: str, *headings: str) -> Briefing:
    return reading(text, *headings).briefing


def names(text: str, *headings: str) -> list[str]:
    return [section.name for section in briefing(text, *headings).sections if section.level]


def test_a_title_case_line_between_paragraphs_is_a_heading() -> None:
    assert names(f"{LONG}\nBridges & Roads\n{LONG}\n{LONG}\n") == ["Bridges & Roads"]


def test_a_short_sentence_case_line_before_a_long_paragraph_is_a_heading() -> None:
    assert names(f"{LONG}\nThis month's works\n{LONG}\n") == ["This month's works"]


def test_a_title_after_a_long_line_without_a_full_stop_is_a_heading() -> None:
    text = f"{LONG} {LONG.rstrip('.')} Harbour News\nWater & Parks\n{LONG} {LONG}\n"
    assert names(text) == ["Water & Parks"]


@pytest.mark.parametrize(
    "line",
    [
        "And in case you were worried about the piers…",
        "With kind regards,",
        "Ada Berg, Head of Works",
        "we will see you",
        "3.4 million people",
        "see https://bridge.example",
        "Photo: A. Berg",
        "By Ada Berg",
        "More than",
        "- Item",
        "Name: the works",
        "Opened in 1998",
        "A | B",
        "One      Two",
        "This is a much longer sentence about the works at the pier",
    ],
)
def test_other_short_lines_are_text(line: str) -> None:
    assert names(f"{LONG}\n{line}\n{LONG} {LONG}\n") == []


def test_a_name_that_a_flattened_link_left_is_text() -> None:
    text = f"{LONG.rstrip('.')} as told by the\nHarbour Times\n{LONG} {LONG}\n"
    assert names(text) == []


def test_a_line_with_nothing_after_it_is_no_heading() -> None:
    assert names(f"{LONG}\nThe Bridge Team") == []


def test_a_question_after_short_lines_is_a_heading() -> None:
    assert names(f"{LONG}\nEuropean funds\nHow are the works paid?\n{LONG}\n") == [
        "How are the works paid?"
    ]


def test_a_known_word_is_a_heading_only_where_the_line_before_has_ended() -> None:
    assert names(f"{LONG}\nSummary\nShort.\n") == ["Summary"]
    assert names(f"{LONG.rstrip('.')} in the\nSummary\nShort.\n") == []


def test_capitals_are_headings_unless_half_of_the_text_is_in_capitals() -> None:
    assert names(f"{LONG}\nWORKS AT SEA\n{LONG}\n") == ["WORKS AT SEA"]
    loud = LONG.upper()
    assert names(f"{loud}\nWORKS AT SEA\n{loud}\n{loud}\n") == []


def test_a_label_is_a_heading_before_a_long_paragraph_only() -> None:
    assert names(f"{LONG}\nWhat we heard:\n{LONG}\n") == ["What we heard:"]
    assert names(f"{LONG}\nWhat we heard:\nIt is ready.\n{LONG}\n") == []
    assert names(f"{LONG}\n\nWhat we heard:\n\n{LONG[:100]}.\n") == ["What we heard:"]


def test_a_declared_heading_is_certain() -> None:
    text = f"{LONG.rstrip('.')}\nthe chair's corner\nShort.\n"
    assert names(text) == []
    assert names(text, "The Chair’s Corner") == ["the chair's corner"]


def test_underlined_lines_are_headings_and_then_shapes_are_not() -> None:
    text = f"""\
        Works Bulletin 7

        PIERS
        =====
        Third Pier
        {LONG}

        ROADS
        -----
        None
        """
    found = briefing(text)
    assert [(section.name, section.level) for section in found.sections] == [
        ("PIERS", 1),
        ("ROADS", 2),
    ]
    assert (found.title, found.title_from) == ("Works Bulletin 7", TitleFrom.TEXT)


def test_a_boxed_heading_loses_its_box() -> None:
    found = briefing(f"{LONG}\n\n--------\nROADS\n--------\n{LONG}\n")
    assert [section.name for section in found.sections] == ["", "ROADS"]
    assert Divider() not in found.sections[0].blocks


def test_marked_lines_are_headings() -> None:
    assert names(f"{LONG}\n*Roads*\n{LONG}\n**Piers**\n{LONG}") == ["Roads", "Piers"]
    assert names(f"# not in plain text\n{LONG}\n") == []


BULLETIN = """\
    417
    FXUS99 KXYZ 271201
    AFDXYZ

    HARBOUR FORECAST DISCUSSION
    HARBOUR OFFICE ESBJERG
    701 AM CET TUE NOV 27 2029

    .SYNOPSIS...
    DRY AIR COMES IN FROM THE EAST TODAY AND STAYS UNTIL FRIDAY WHEN A
    LOW BRINGS RAIN TO THE COAST. COLD NIGHTS.

    &&

    .MARINE /UNTIL FRIDAY/...WINDS EASE THROUGH THE DAY AND SEAS FALL TO
    BELOW TWO METRES IN THE EVENING.

    $$

    BERG/LUND
    """


def test_a_weather_bulletin_is_read_with_its_dots_and_rules() -> None:
    found = briefing(BULLETIN)
    assert names(BULLETIN) == ["SYNOPSIS", "MARINE /UNTIL FRIDAY/"]
    assert found.title == "HARBOUR FORECAST DISCUSSION"
    assert str(found.date) == "2029-11-27"
    assert found.sections[2].blocks[1] == Divider()


def test_a_generic_first_line_gives_the_title_to_the_next() -> None:
    found = briefing(BULLETIN.replace("HARBOUR FORECAST", "BULLETIN\n    HARBOUR FORECAST"))
    assert found.title == "HARBOUR FORECAST DISCUSSION"


def test_a_line_that_the_page_repeats_is_the_title() -> None:
    text = f"Works\nBridge Report, May 2031\nNext\nBridge Report, May 2031\nToplines\n{LONG}\n"
    found = briefing(text)
    assert (found.title, names(text)) == ("Bridge Report, May 2031", ["Toplines"])


WRAPPED = """\
    Dear all, the works went on through the winter and the third pier
    is now ready for the deck, which is to come by barge in the spring
    when the ice has gone.
    Ask for Ada at the
    office.

    The Road To The North Side Stays Open For Another Year At The Least
    on weekdays until then, and the ferry takes the lorries that are
    too heavy for the old bridge and its narrow lanes.

    North Side

    The road to the north side is open on weekdays until then, and the
    ferry takes the lorries that are too heavy for the old bridge.
    """


def test_wrapped_lines_are_joined_and_short_ones_are_lines() -> None:
    lead = briefing(WRAPPED).sections[0].blocks[0]
    assert isinstance(lead, Paragraph)
    assert text_of(lead.spans).endswith("when the ice has gone.\nAsk for Ada at the office.")


def test_in_wrapped_text_a_full_line_is_no_heading() -> None:
    assert names(WRAPPED) == ["North Side"]


def test_each_line_of_unwrapped_text_is_a_paragraph() -> None:
    blocks = briefing(f"{LONG}\n{LONG}\nOne short\nTwo short\n").sections[0].blocks
    assert [text_of(block.spans) for block in blocks if isinstance(block, Paragraph)] == [
        LONG,
        LONG,
        "One short\nTwo short",
    ]


def test_lists_quotes_and_foreign_bullets_keep_their_structure() -> None:
    text = f"""\
        {LONG}
        • one
        • two
            - deep
        > said

            - far in
        """
    first, quote, second = briefing(text).sections[0].blocks[1:]
    assert isinstance(first, List)
    assert len(first.items) == 2
    assert first.items[1].blocks[1] == List((Item((paragraph("deep"),)),))
    assert quote == Quote((paragraph("said"),))
    assert second == List((Item((paragraph("far in"),)),))


def paragraph(text: str) -> Paragraph:
    from briefings.blocks import plain

    return Paragraph(plain(text))


def test_columns_are_kept_letter_by_letter() -> None:
    text = f"""\
        {LONG}

            Gauge       Height    Time
            ---------------------------
            Pier 1      0.2 m     08:10
            Pier 2      0.4 m     08:20
        """
    [code] = [block for block in briefing(text).sections[0].blocks if isinstance(block, Code)]
    assert code.text.splitlines()[2] == "Pier 1      0.2 m     08:10"


@pytest.mark.parametrize(
    "text",
    [
        "# 587 ways",
        "+ plus",
        "= equals",
        r"C:\*new*",
        "a < b & c",
        "<your name>",
        "`tick",
        "--",
        "&lt;!channel&gt;",
        "- -",
    ],
)
def test_marks_of_markdown_are_text_in_plain_text(text: str) -> None:
    from briefings.writing import text_of_section

    [section] = briefing(f"{LONG}\n\n{text}\n\n{LONG}\n").sections
    assert text.replace("*", "") in text_of_section(section).replace("*", "")


def test_a_number_that_begins_a_wrapped_line_begins_no_list() -> None:
    text = WRAPPED.replace("    on weekdays", "    1998. On weekdays")
    assert not any(isinstance(block, List) for block in briefing(text).sections[0].blocks)


def test_a_text_without_headings_is_one_untitled_section_with_a_warning() -> None:
    found = reading(f"{LONG}\n")
    assert [section.level for section in found.briefing.sections] == [0]
    assert "There is no heading" in found.warnings[0].text


def test_a_first_line_alone_is_the_title_and_leaves_the_lead() -> None:
    found = briefing(f"Bridge works in spring\n\n{LONG}\n\nSummary\n\n{LONG}\n")
    assert (found.title, found.title_from) == ("Bridge works in spring", TitleFrom.TEXT)
    assert [section.name for section in found.sections] == ["", "Summary"]
    assert len(found.sections[0].blocks) == 1


def test_marks_without_a_blank_are_headings_in_plain_text() -> None:
    assert names(f"{LONG}\n##Roads##\n{LONG}\n") == ["Roads"]


def test_a_rule_under_columns_or_a_list_underlines_nothing() -> None:
    assert names(f"{LONG}\n\nGauge     Height\n-----\n{LONG}\n\n- item\n-----\n{LONG}\n") == []


def test_a_heading_may_follow_a_short_line_of_wrapped_text() -> None:
    text = WRAPPED.replace("office.\n", "office\n    Summary\n    It goes on.\n")
    assert names(text)[0] == "Summary"


def test_the_beginning_of_a_wrapped_sentence_is_no_title() -> None:
    found = briefing("The pier opens in\nspring.\n\nSummary\n\nShips may call.\n")
    assert found.title == "The pier opens in spring"


def test_numbered_lines_above_paragraphs_are_headings() -> None:
    text = f"A Review\n\n1. Introduction\n\n{LONG}\n\n2. Results for the year\n\n{LONG}\n"
    assert names(text) == ["1. Introduction", "2. Results for the year"]


def test_numbered_lines_below_each_other_are_a_list() -> None:
    assert names(f"{LONG}\n\n1. Introduction\n2. Results\n\n{LONG}\n") == []


def test_numbers_that_do_not_count_up_head_nothing() -> None:
    assert names(f"{LONG}\n\n3. Introduction\n\n{LONG}\n\n7. Results\n\n{LONG}\n") == []


def test_a_question_at_the_top_heads_its_paragraph_where_others_do() -> None:
    text = f"מה קורה?\n\n{LONG}\n\nלמה זה חשוב?\n\n{LONG}\n"
    assert names(text) == ["מה קורה?", "למה זה חשוב?"]


def test_a_question_at_the_top_of_a_document_without_others_is_its_title() -> None:
    assert names(f"Who Pays for the Bridge?\n\n{LONG}\n\n{LONG}\n") == []


def test_a_label_with_a_date_in_chinese_is_no_heading() -> None:
    long = "国家统计局周二公布的数据显示，今年前两个月工业增加值同比增长，增速比去年全年加快。"
    text = f"每日简报\n\n发布日期：2031年3月5日\n\n国内新闻\n\n{long}\n"
    assert names(text) == ["国内新闻"]
    assert str(read(text.encode(), "x.txt").briefing.date) == "2031-03-05"


def test_a_title_below_the_address_of_a_wire_is_the_title() -> None:
    text = f"000\nFXUS65 KBOU 141130\nAFDBOU\n\nArea Forecast Discussion\n\n.SYNOPSIS...{LONG}\n"
    assert read(text.encode(), "x.txt").briefing.title == "Area Forecast Discussion"
    assert names(text) == ["SYNOPSIS"]


def test_what_a_document_is_does_not_head_it() -> None:
    assert names(f"A Meeting\n\nFOR IMMEDIATE RELEASE\n\n{LONG}\n") == []


@pytest.mark.parametrize("marks", ["> ", ">", "> > "])
def test_a_document_quoted_in_a_mail_is_read_as_it_was(marks: str) -> None:
    text = f"What's Happening?\n{LONG}\n\nWhat's Next?\n{LONG}"
    quoted = "\n".join(f"{marks}{line}" for line in text.split("\n"))
    assert names(quoted) == ["What's Happening?", "What's Next?"]
    remark, *_ = read(quoted.encode(), "x.txt").warnings
    assert remark.text.startswith("Every line is quoted")


def test_a_quotation_in_many_quotations_stays_one() -> None:
    [section] = briefing("> > > > > > Words.\n" * 4).sections
    assert isinstance(section.blocks[0], Quote)


def test_lines_with_hardly_a_letter_are_refused_at_once() -> None:
    with pytest.raises(Unreadable, match="nearly empty"):
        read(b"a\n" * 50_000, "x.txt")

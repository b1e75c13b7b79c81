"""How discussions begin: with what the document asks, or neutrally with what it tells."""

from __future__ import annotations

from dataclasses import replace

from briefings.blocks import List, Paragraph, text_of
from briefings.card import compose_section
from briefings.catching_up import noting_catching_up
from briefings.intents import DiscussPart
from briefings.message import Actions, Message
from briefings.opening import compose_opening, compose_part, compose_part_is_up
from briefings.tokens import decode, encode
from tests.bot.talking import CHERY, ENTRY, HEADINGS


def told(message: Message) -> list[str]:
    """The words of a message, a line a paragraph."""
    lines = []
    for part in message.blocks:
        match part:
            case Paragraph(spans):
                lines.append(text_of(spans))
            case List(items):
                blocks = [each for item in items for each in item.blocks]
                lines += [text_of(each.spans) for each in blocks if isinstance(each, Paragraph)]
            case _:
                lines.append(repr(part))
    return lines


def test_a_document_that_asks_opens_with_its_questions() -> None:
    briefing = replace(ENTRY.briefing, questions=("Do we sell there?", " ", "Who asks them?"))
    message = compose_opening(replace(ENTRY, briefing=briefing))
    assert message.title == "Discussion: Chery"
    assert told(message) == ["Do we sell there?", "Who asks them?"]


def test_without_questions_the_opening_names_the_parts_and_judges_none() -> None:
    first, *parts = told(compose_opening(ENTRY))
    assert first == "What do you make of this? Reply here, and say which part you mean:"
    assert tuple(parts) == HEADINGS


def test_one_part_alone_is_no_choice() -> None:
    briefing = replace(ENTRY.briefing, sections=ENTRY.briefing.sections[:1])
    message = compose_opening(replace(ENTRY, briefing=briefing))
    assert told(message) == ["What do you make of this? Reply here."]


def test_a_part_is_put_up_by_its_heading() -> None:
    part = compose_part(ENTRY, 1)
    assert part is not None
    assert part.title == "Let's discuss: Why It's Important?"
    assert compose_part(ENTRY, 3) is None
    where = told(compose_part_is_up(ENTRY, 1, "https://a.example"))
    assert where == ["“Why It's Important?” is up for discussion in the thread: Chery."]


def test_a_section_that_is_discussed_can_be_put_up() -> None:
    def intents(*, discussed: bool) -> list[object]:
        message = compose_section(ENTRY, 1, discussed=discussed)
        rows = [each for each in message.blocks if isinstance(each, Actions)] if message else []
        return [action.intent for row in rows for action in row.actions]

    put_up = DiscussPart(CHERY, 1)
    assert put_up in intents(discussed=True)
    assert put_up not in intents(discussed=False)
    assert decode(encode(put_up)) == put_up


def test_the_status_tells_how_far_missed_discussions_are_read() -> None:
    message = Message("Status", ())
    (note,) = noting_catching_up(message, 12, 100).blocks
    assert "12 of 100 threads" in repr(note)
    assert noting_catching_up(message, 100, 100) == message

"""What is said when a channel is lost."""

from __future__ import annotations

from briefings.absences import GO_ON, compose_lost
from briefings.blocks import Paragraph, text_of
from briefings.message import Note


def test_a_lost_channel_is_named_with_the_reason_and_what_to_do() -> None:
    message = compose_lost("daily-briefing", "it was archived")
    [what, note] = message.blocks
    assert isinstance(what, Paragraph)
    assert isinstance(note, Note)
    assert text_of(what.spans) == (
        "I no longer post briefings to #daily-briefing because it was archived."
    )
    assert text_of(note.spans) == GO_ON

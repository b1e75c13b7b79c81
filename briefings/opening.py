"""How a discussion begins: with a briefing's questions, its headings, or one of its parts."""

from __future__ import annotations

from briefings import opening_words as words
from briefings.blocks import Item, List, Paragraph, Span, Style, plain
from briefings.chapters import chapters, name_of, title_of
from briefings.filling import filled
from briefings.message import Message, Part
from briefings.model import Entry
from briefings.tongue import say


def compose_opening(entry: Entry) -> Message:
    """What opens the thread under a card: the document's own questions, else its headings."""
    title = words.discussion_of(title_of(entry.briefing))
    return Message(title, _questions(entry) or _headings(entry))


def compose_part(entry: Entry, section: int) -> Message | None:
    """What puts a section up for discussion in the thread; nothing where it is not there."""
    heading = heading_of(entry, section)
    if heading is None:
        return None
    asks = Paragraph(plain(say(words.SOMEBODY_ASKS)))
    return Message(words.part_of(heading), (asks,))


def compose_part_is_up(entry: Entry, section: int, link: str | None) -> Message:
    """Where somebody finds the part that they put up."""
    title = Span(title_of(entry.briefing), link=link)
    part = Span(heading_of(entry, section) or "", Style.STRONG)
    spans = filled(say(words.PART_IS_UP), part=part, title=title)
    return Message(say(words.DISCUSS_PART), (Paragraph(spans),))


def compose_not_opened() -> Message:
    """That there is no thread yet."""
    return Message(say(words.DISCUSS_PART), (Paragraph(plain(say(words.NOT_OPENED))),))


def heading_of(entry: Entry, section: int) -> str | None:
    """The words of a section's heading, or the title for the lead; nothing where it is not."""
    told = chapters(entry.briefing)
    if not 0 <= section < len(told):
        return None
    return name_of(told[section]) or title_of(entry.briefing)


def _questions(entry: Entry) -> tuple[Part, ...]:
    return _listed([each for each in entry.briefing.questions if each.strip()])


def _headings(entry: Entry) -> tuple[Part, ...]:
    """A neutral opening; one heading alone is no choice."""
    named = [name for each in chapters(entry.briefing) if (name := name_of(each))]
    if len(named) < 2:
        return (Paragraph(plain(say(words.WHAT_DO_YOU_MAKE_OF_IT))),)
    return (Paragraph(plain(say(words.WHICH_PART))), *_listed(named))


def _listed(lines: list[str]) -> tuple[Part, ...]:
    items = tuple(Item((Paragraph(plain(line)),)) for line in lines)
    return (List(items),) if items else ()

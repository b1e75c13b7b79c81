"""How a recap reads: in its thread, and as the draft of what a team concluded."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefings import recap_words as words
from briefings.blocks import Heading, Item, List, Paragraph, Quote, Span, Spans, plain
from briefings.card import shorten
from briefings.chapters import chapters, name_of, title_of
from briefings.message import Action, Actions, Message, Note, Part
from briefings.model import Briefing
from briefings.recap import Recap, Remark
from briefings.talk_intents import Conclude, PostRecap
from briefings.tongue import say

NAMED = 8
"""People who are named; a phone shows no more."""

QUOTE_LIMIT = 300
"""Code points of a quoted reply; the link leads to all of it."""

LINK_LIMIT = 60
DRAFT_LIMIT = 2_500
"""Code points of a draft, so that there is room to write in its form."""

_PERSON = re.compile(r"<@!?([A-Za-z0-9]+)(?:\|[^>]*)?>")
"""How both platforms write somebody's name within a text."""


@dataclass(frozen=True, slots=True)
class Talk:
    """A discussion that is recapped: its briefing and title, and the name of what it comes to.

    `addresses` are the web addresses of its messages, as far as they are known; `link` is its own,
    where the recap stands elsewhere.
    """

    name: str
    title: str
    briefing: Briefing | None
    addresses: Mapping[str, str]
    link: str | None = None


def title_of_recap(title: str) -> str:
    """The title of a recap."""
    return words.recap_of(title)


def compose_recap(told: Recap, talk: Talk) -> Message:
    """A recap as it is posted."""
    if not told.replies:
        return compose_recap_gone(title_of_recap(talk.title))
    blocks = (
        *_people(told),
        *_sections(told, talk),
        *_quotes(told, talk),
        *_questions(told, talk),
        *_links(told),
        *_whole(talk),
        Actions((Action(say(words.WRITE), Conclude(talk.name)),)),
    )
    return Message(words.recap_of(talk.title), blocks)


def offering_recap(told: Message, post: PostRecap) -> Message:
    """A recap as one person reads it, who may have it posted."""
    rows = [
        replace(each, actions=(*each.actions, Action(say(words.POST), post)))
        for each in told.blocks
        if isinstance(each, Actions)
    ]
    rest = [each for each in told.blocks if not isinstance(each, Actions)]
    return replace(told, blocks=(*rest, *rows))


def compose_recap_gone(title: str) -> Message:
    """What stands where a recap was, once nothing is kept of what it told."""
    return Message(title, (Paragraph(plain(say(words.TAKEN_BACK))),))


def compose_draft(told: Recap) -> str:
    """What a team may have concluded, in its own words, to be edited; empty without words."""
    said = [f"- {_line(each)}" for each in told.quotes if each.text]
    open_ones = [f"- {_line(each)}" for each in told.questions if each.text]
    if open_ones:
        said += ["", f"{say(words.STILL_OPEN)}:", "", *open_ones]
    text = "\n".join(said).strip()
    return text if len(text) <= DRAFT_LIMIT else text[:DRAFT_LIMIT].rpartition("\n")[0]


def _people(told: Recap) -> Iterator[Part]:
    named: list[Span] = []
    for person in told.people[:NAMED]:
        named += [Span(", "), Span(person, person=person)]
    others = len(told.people) - NAMED
    more = plain(f" {words.and_more(others)}") if others > 0 else ()
    counted = words.took_part(told.replies, len(told.people))
    yield Paragraph((Span(f"{counted}: "), *named[1:], *more))


def _sections(told: Recap, talk: Talk) -> Iterator[Part]:
    names = [name_of(each) for each in chapters(talk.briefing)] if talk.briefing else []
    title = title_of(talk.briefing) if talk.briefing else talk.title
    drawn = [
        f"{names[number] or title} ({replies})"
        for number, replies in told.sections
        if 0 <= number < len(names)
    ]
    if drawn:
        yield Paragraph(plain(words.drew_the_talk(" · ".join(drawn))))


def _quotes(told: Recap, talk: Talk) -> Iterator[Part]:
    if told.quotes:
        yield Heading(plain(say(words.MOST_REACTIONS)), 3)
    for each in told.quotes:
        if each.text:
            yield Quote((Paragraph(spans_of(each.text)),))
        by = (Span(each.person, person=each.person), Span(f" · {words.reactions_of(each.signs)}"))
        yield Note((*by, *_address(each, talk)))


def _questions(told: Recap, talk: Talk) -> Iterator[Part]:
    if told.questions:
        yield Heading(plain(say(words.STILL_OPEN)), 3)
        yield _listed([_question(each, talk) for each in told.questions])


def _question(asked: Remark, talk: Talk) -> Spans:
    by = (Span(" · "), Span(asked.person, person=asked.person))
    return (*spans_of(asked.text or ""), *by, *_address(asked, talk))


def _links(told: Recap) -> Iterator[Part]:
    if told.links:
        yield Heading(plain(say(words.SHARED)), 3)
        yield _listed([(Span(_bare(each), link=each),) for each in told.links])


def _whole(talk: Talk) -> Iterator[Part]:
    if talk.link:
        yield Paragraph((Span(say(words.ALL_OF_IT), link=talk.link),))


def _address(remark: Remark, talk: Talk) -> Spans:
    link = talk.addresses.get(remark.message)
    return (Span(" · "), Span(say(words.SEE), link=link)) if link else ()


def _listed(lines: Sequence[Spans]) -> List:
    return List(tuple(Item((Paragraph(line),)) for line in lines))


def _line(remark: Remark) -> str:
    return shorten(_PERSON.sub("@…", remark.text or ""), QUOTE_LIMIT)


def spans_of(text: str, limit: int = QUOTE_LIMIT) -> Spans:
    """What somebody said, on one line, with the people whom they named."""
    spans: list[Span] = []
    at = 0
    line = shorten(text, limit)
    for found in _PERSON.finditer(line):
        spans += [*plain(line[at : found.start()]), Span(found[1], person=found[1])]
        at = found.end()
    return (*spans, *plain(line[at:]))


def _bare(link: str) -> str:
    return shorten(re.sub(r"^https?://(?:www\.)?", "", link).rstrip("/"), LINK_LIMIT)

"""Writing a briefing in forms: its drafts, its document, and how it will look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefings import editor_words as words
from briefings.blocks import Paragraph, plain
from briefings.card import compose_post
from briefings.forms import Filled, Form, FormName, TextField
from briefings.intents import Intent, OpenBriefing, OpenDraft, Rewrite, SaveDraft
from briefings.message import Action, Actions, Message, Reply, Weight
from briefings.model import Briefing, BriefingId, Entry, Section, Source
from briefings.reading.reader import read
from briefings.tongue import say
from briefings.words import number
from briefings.writing import write

LINE_LIMIT = 300
TEXT_LIMIT = 3_000
"""Code points of a text in a form: what Slack's takes, the narrowest; Discord's takes 4,000.
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""

TOPICS_LIMIT = 20
HEADING_LIMIT = 100
TOP, BELOW = 2, 3
"""Levels of a section's heading, and of those inside its text."""

_USUAL = ("happening", "important", "next", "beyond")
_FREE = ("more", "still")
_ABOUT = ("title", "topics", "sources")
FIELDS = (*_ABOUT, *_USUAL, *_FREE)

PAGES = (FormName.WRITE, FormName.SECTIONS)
_ON_PAGE = {FormName.WRITE: FIELDS[:5], FormName.SECTIONS: FIELDS[5:]}


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody is writing, by its field's name, just as they typed it.

    `briefing` is what it is a new version of, which had `version` versions when it was begun.
    """

    name: str
    person: str
    texts: Mapping[str, str]
    briefing: BriefingId | None = None
    version: int = 0
    saved: bool = False


def compose_draft_form(name: FormName, draft: Draft) -> Form:
    """A page of the form, filled in as far as it was written."""
    first = say(words.NEW) if draft.briefing is None else say(words.EDITED)
    title = first if name is FormName.WRITE else say(words.SECTIONS_TITLE)
    fields = tuple(_field(each, draft.texts.get(each, "")) for each in _ON_PAGE[name])
    return Form(name, title, fields, say(words.PREVIEW), subject=draft.name)


def read_draft_form(name: FormName, filled: Filled) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What was written on a page of the form, all of it, and a sentence for each wrong field."""
    texts = {each: "".join(filled[each]) for each in _ON_PAGE[name] if each in filled}
    faults = {each: fault for each, text in texts.items() if (fault := _fault(each, text))}
    return texts, faults


def document_of(draft: Draft) -> str:
    """The draft as a Markdown document, which the reader turns into a briefing.

    Each text is read by itself: a code block that nobody closed ends with its section. Raises
    `Unreadable` where one cannot be read.
    """
    texts = draft.texts
    sections: list[Section] = []
    for name, heading in zip(_USUAL, words.USUAL, strict=True):
        if _has(texts, name):
            sections += _under(say(heading), _read(texts[name]))
    for name in _FREE:
        if _has(texts, name):
            sections = _followed(sections, _read(_headed(texts[name])))
    topics = tuple(each.strip() for each in texts.get("topics", "").split(",") if each.strip())
    sources = tuple(map(_source, filter(str.strip, texts.get("sources", "").splitlines())))
    title = _line(texts.get("title", ""))
    return write(Briefing(title, sections, topics=topics, sources=sources))


def has_text(draft: Draft) -> bool:
    """Whether there is anything to read but a title."""
    return any(_has(draft.texts, name) for name in (*_USUAL, *_FREE))


def compose_look(draft: Draft, entry: Entry) -> Reply:
    """The very card and parts that would be posted, and what can be done with the draft."""
    post = compose_post(entry)
    buttons = Actions(
        (
            Action(say(words.EDIT), OpenDraft(draft.name)),
            Action(say(words.SECTIONS_TITLE), OpenDraft(draft.name, 1)),
            Action(say(words.SAVE), SaveDraft(draft.name), Weight.PRIMARY),
        )
    )
    last = Message(say(words.LOOKS), (Paragraph(plain(say(words.LOOKS_SENTENCE))), buttons))
    return Reply(last, before=(post.card, *post.parts))


def compose_saved(briefing: BriefingId, title: str, version: int) -> Message:
    """That a draft is in the library, and what can be done with it there."""
    open_it: Intent = OpenBriefing(briefing)
    buttons = Actions(
        (Action(say(words.OPEN), open_it), Action(say(words.EDIT), Rewrite(briefing)))
    )
    said = Paragraph(plain(words.saved(title, version)))
    return Message(say(words.SAVED_TITLE), (said, buttons))


def compose_overtaken(briefing: BriefingId) -> Message:
    """That there is a newer version than the one that a draft was made from."""
    buttons = Actions((Action(say(words.EDIT), Rewrite(briefing)),))
    return Message(say(words.UNKNOWN_TITLE), (Paragraph(plain(say(words.OVERTAKEN))), buttons))


def _field(name: str, text: str) -> TextField:
    if name in _USUAL:
        label = say(words.USUAL[_USUAL.index(name)])
        return TextField(name, label, text, say(words.HINT_TEXT), False, TEXT_LIMIT, True)  # noqa: FBT003
    label, hint, required, limit, lines = _OTHERS[name]
    return TextField(name, say(label), text, hint and say(hint), required, limit, lines)


_OTHERS = {
    "title": (words.TITLE, "", True, LINE_LIMIT, False),
    "topics": (words.TOPICS, words.HINT_TOPICS, False, LINE_LIMIT, False),
    "sources": (words.SOURCES, words.HINT_SOURCES, False, TEXT_LIMIT, True),
    "more": (words.MORE, words.HINT_MORE, False, TEXT_LIMIT, True),
    "still": (words.STILL_MORE, words.HINT_MORE, False, TEXT_LIMIT, True),
}


def _fault(name: str, text: str) -> str | None:
    limit = LINE_LIMIT if name in {"title", "topics"} else TEXT_LIMIT
    if len(text) > limit:
        return say(words.TOO_MUCH).format(number=number(len(text)), most=number(limit))
    if name == "title" and not _line(text):
        return say(words.NO_TITLE)
    if name == "topics" and text.count(",") >= TOPICS_LIMIT:
        return say(words.TOO_MANY_TOPICS).format(number=TOPICS_LIMIT)
    return None


def _read(text: str) -> Sequence[Section]:
    head = "---\ntitle: Text\nheadings: marked\n---"
    return read(f"{head}\n\n{text}\n".encode(), "text.md").briefing.sections


def _under(heading: str, told: Sequence[Section]) -> list[Section]:
    """The sections of a text under a heading of their own; theirs stand below it."""
    lead = told[0].blocks if told and not told[0].level else ()
    below = [replace(each, level=max(each.level, BELOW)) for each in told if each.level]
    return [Section(plain(heading), TOP, lead), *below]


def _followed(before: list[Section], told: Sequence[Section]) -> list[Section]:
    """Sections after others; words without a heading go on with the section before them."""
    if not before or not told or told[0].level:
        return [*before, *told]
    *others, last = before
    return [*others, replace(last, blocks=(*last.blocks, *told[0].blocks)), *told[1:]]


def _headed(text: str) -> str:
    """A text that begins with a line of its own gets that line as its heading."""
    first, _, rest = text.strip().partition("\n")
    if first.startswith("#") or not rest.strip() or len(first) > HEADING_LIMIT:
        return text
    return f"## {first}\n\n{rest}"


def _source(line: str) -> Source:
    """`The paper https://…`, an address alone, or a name alone."""
    *before, last = line.split()
    if not last.startswith(("http://", "https://")):
        return Source(_line(line))
    return Source(" ".join(before) or last, last)


def _has(texts: Mapping[str, str], name: str) -> bool:
    return bool(texts.get(name, "").strip())


def _line(text: str) -> str:
    return " ".join(text.split())

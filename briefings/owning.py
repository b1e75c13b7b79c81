"""What the bot answers to a channel's owners: messages about subscriptions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from briefings import owner_words as words
from briefings import term_words
from briefings.blocks import Code, Item, List, Paragraph, Span, Spans, Style, naming, plain
from briefings.filling import filled
from briefings.forms import FormName
from briefings.intents import OpenForm
from briefings.message import Action, Actions, Message, Note, Part
from briefings.pick import Nothing, Pick
from briefings.terms import Terms, line_of
from briefings.tongue import say


@dataclass(frozen=True, slots=True)
class Now:
    """The time, and the zone in which somebody reads it."""

    at: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """The reader's local day."""
        return self.at.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an edition: its title where there is one, its state, and why."""

    due_at: datetime
    title: str | None
    state: str
    reason: str | None
    person: str | None = None
    """Whom the reason names, by their id on the platform."""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the audit trail."""

    at: datetime
    person: str
    act: str
    after: str | None


def compose_agreed(terms: Terms, first: datetime | None, now: Now) -> Message:
    """That the channel's posts are as somebody wished, and when the first one comes."""
    return Message(say(words.CHANGED), (*_terms(terms, first, now), _change_buttons()))


def compose_list(
    terms: Terms, first: datetime | None, changes: Sequence[Change], now: Now, *, declared: bool
) -> Message:
    """What is agreed in a channel, and who changed it last."""
    line = Code(f"/briefings subscribe {line_of(terms)}")
    trail = [_line(_change(each, now)) for each in changes]
    last: Part = Note(plain(say(words.DECLARED))) if declared else _change_buttons()
    history: tuple[Part, ...] = (List(tuple(trail)),) if trail else ()
    return Message(say(words.CHANGED), (*_terms(terms, first, now), line, *history, last))


def compose_next(coming: Sequence[datetime], now: Now) -> Message:
    """The coming posts in the reader's local time."""
    lines = [Item((Paragraph((_moment(when, now),)),)) for when in coming]
    if not lines:
        return compose_sentence(say(words.NEXT_TITLE), say(words.NO_NEXT))
    return Message(say(words.NEXT_TITLE), (List(tuple(lines), ordered=True),))


def compose_status(outcomes: Sequence[Outcome], first: datetime | None, now: Now) -> Message:
    """What went out, what did not, and why; newest first."""
    lines = [_line(_outcome(each, now)) for each in outcomes]
    past: Part = List(tuple(lines)) if lines else Paragraph(plain(say(words.NOTHING_YET)))
    return Message(say(words.STATUS_TITLE), (past, *_next(first, now)))


def compose_why(
    picked: Pick | Nothing, titles: Mapping[str, str], up: Sequence[Outcome], now: Now
) -> Message:
    """Why today's briefing is the one it is, what would have come instead, and what is up next."""
    last = (List(tuple(_line(_outcome(each, now)) for each in up)),) if up else ()
    if isinstance(picked, Nothing):
        none = say(words.NONE_TODAY).format(reason=say(picked.reason))
        return Message(say(words.WHY_TITLE), (Paragraph(plain(none)), *last))
    title = Span(titles.get(picked.briefing, picked.briefing), Style.STRONG)
    told = [Paragraph(filled(say(words.WHY), title=title, reason=say(picked.reason)))]
    if picked.runner_up:
        other = titles.get(picked.runner_up, picked.runner_up)
        told.append(Paragraph(plain(say(words.WITHOUT_IT).format(title=other))))
    return Message(say(words.WHY_TITLE), (*told, *last))


def compose_help() -> Message:
    """What can be written after /briefings."""
    lines = [
        Item((Paragraph((Span(line, Style.CODE), Span(f" {say(what)}" if what else ""))),))
        for line, what in words.HELP
    ]
    return Message(say(words.HELP_TITLE), (List(tuple(lines)),))


def compose_wrong(sentence: str, tried: str | None = None, form: OpenForm | None = None) -> Message:
    """What is wrong with what was typed; `tried` is the line to correct and send again, `form` the
    form to fill in again."""
    line = (Code(tried),) if tried else ()
    button = (Actions((Action(say(words.FILL_IN_AGAIN), form),)),) if form else ()
    return Message(say(words.WRONG_TITLE), (Paragraph(plain(sentence)), *line, *button))


def compose_sentence(title: str, sentence: str) -> Message:
    """One sentence under a title."""
    return Message(title, (Paragraph(plain(sentence)),))


def compose_ended(*, ended: bool) -> Message:
    """That a channel gets no more posts, or got none."""
    if ended:
        return compose_sentence(say(words.ENDED_TITLE), say(words.ENDED))
    return compose_sentence(say(words.CHANGED), say(words.NOT_SUBSCRIBED))


def compose_missed(moments: Sequence[datetime], reason: str, now: Now) -> Message:
    """What a channel is told, once, about posts that did not come."""
    first = words.moment_in(moments[0], now.zone, now.today)
    return compose_sentence(say(words.LATE_TITLE), words.missed(len(moments), first, reason))


def noting_late(card: Message, due_at: datetime, reason: str, now: Now) -> Message:
    """A card with a note that it is late, and why."""
    due = words.moment_in(due_at, now.zone, now.today)
    return Message(card.title, (Note(plain(words.came_late(due, reason))), *card.blocks))


def _terms(terms: Terms, first: datetime | None, now: Now) -> tuple[Part, ...]:
    details = List(tuple(_line(plain(each)) for each in term_words.details(terms)))
    summary = Paragraph(plain(term_words.summary(terms)))
    return (summary, *_pause(terms, now), *_first(first, terms, now), details)


def _pause(terms: Terms, now: Now) -> tuple[Part, ...]:
    until = terms.paused_until
    if until is None or until <= now.at:
        return ()
    return (Paragraph(plain(words.paused(until, terms.zone, now.today))),)


def _first(first: datetime | None, terms: Terms, now: Now) -> tuple[Part, ...]:
    if first is None:
        return ()
    return (Paragraph(plain(words.from_when(first, now.at, terms.zone))),)


def _next(first: datetime | None, now: Now) -> tuple[Part, ...]:
    if first is None:
        return (Note(plain(say(words.NO_NEXT))),)
    when = words.moment_in(first, now.zone, now.today)
    return (Note(plain(say(words.NEXT).format(when=when))),)


def _change_buttons() -> Actions:
    change = Action(say(words.CHANGE), OpenForm(FormName.WHEN.value))
    more = Action(say(words.MORE_SETTINGS), OpenForm(FormName.MORE.value))
    return Actions((change, more, Action(say(words.LANGUAGE), OpenForm(FormName.LANGUAGE.value))))


def _outcome(outcome: Outcome, now: Now) -> Spans:
    when = words.moment_in(outcome.due_at, now.zone, now.today)
    told = say(words.OUTCOMES[bool(outcome.title), bool(outcome.reason)])
    state, reason = (naming(outcome.person, each or "") for each in (outcome.state, outcome.reason))
    return filled(told, when=when, title=outcome.title or "", state=state, reason=reason)


def _change(change: Change, now: Now) -> Spans:
    when = words.moment_in(change.at, now.zone, now.today)
    person = Span(change.person, person=change.person)
    done = say(words.DONE.get(change.act, words.DID))
    what = f": {change.after}" if change.after else ""
    return (*filled(done, when=when, person=person, act=change.act), *plain(what))


def _moment(when: datetime, now: Now) -> Span:
    return Span(words.moment_in(when, now.zone, now.today), at=when)


def _line(spans: Spans) -> Item:
    return Item((Paragraph(spans),))

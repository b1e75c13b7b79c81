"""Approval: when an edition is shown to the editors, and what becomes of what they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from briefings import editor_words as words
from briefings.blocks import Paragraph, Span, Style, plain
from briefings.card import UNSIGNALLED, compose_post
from briefings.chapters import title_of
from briefings.intents import Decide, Verdict
from briefings.manners import Manners
from briefings.message import Action, Actions, Message, Note, Post, Weight
from briefings.model import BriefingId, Entry
from briefings.moments import moment
from briefings.owner_words import moment_in
from briefings.owning import Now, compose_sentence
from briefings.schedule import Edition, Layout
from briefings.tongue import mark, say

EVENING = time(17)
SHORTEST = timedelta(hours=1)
DONE = {Verdict.APPROVE: mark("approved"), Verdict.HOLD: mark("held")}


class Silence(StrEnum):
    """What becomes of an edition on which nobody decided."""

    SEND = "send"
    HOLD = "hold"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a channel chose: its editors' channel, how that is called, and what silence means."""

    editors: str
    called: str
    silence: Silence


@dataclass(frozen=True, slots=True)
class Decision:
    """Who said what, when (UTC)."""

    verdict: Verdict
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Approval:
    """An edition before its editors: what would be posted in `channel`, as `printed`.

    It was shown `round` times; a decision is about what was shown last.
    """

    name: str
    edition: Edition
    channel: str
    due_at: datetime
    briefing: BriefingId
    printed: str
    round: int
    rule: Rule
    decision: Decision | None = None


def asks_at(due: datetime, zone: ZoneInfo) -> datetime:
    """When the editors are asked: on the evening before, an hour before the post at the latest."""
    evening = due.astimezone(zone).date() - timedelta(days=1)
    return min(moment(evening, EVENING, zone) or due, due - SHORTEST)


def unsent(
    rule: Rule | None, approval: Approval | None, printed: str, zone: ZoneInfo
) -> str | None:
    """Why an edition that would be `printed` does not go out at its hour; nothing where it does."""
    decision = approval.decision if approval else None
    if rule is None:
        return None
    if decision and decision.verdict is Verdict.HOLD:
        return told(decision, zone)
    is_approved = decision is not None and approval is not None and approval.printed == printed
    if is_approved or rule.silence is Silence.SEND:
        return None
    if decision:
        return words.CHANGED
    return words.SILENT if approval else words.UNASKED


def told(decision: Decision, zone: ZoneInfo) -> str:
    """`approved by U1, Mon 23 Nov, 17:02 in Berlin`."""
    return say(words.DECIDED[decision.verdict]).format(
        person=decision.person, when=_when(decision.at, zone)
    )


def compose_ask(
    approval: Approval,
    entry: Entry,
    layout: Layout,
    channel: str,
    now: Now,
    manners: Manners = UNSIGNALLED,
) -> Post:
    """What the editors are asked, and in its thread the very messages that would go out."""
    post = compose_post(entry, layout, manners)
    when = words.asked(channel, approval.due_at, now.zone, now.today)
    holds = approval.rule.silence is Silence.HOLD
    blocks = (
        Paragraph((Span(title_of(entry.briefing), Style.STRONG),)),
        Paragraph(plain(when)),
        Note(plain(words.silence(holds=holds))),
        Actions(tuple(_buttons(approval))),
    )
    return Post(Message(say(words.APPROVAL_TITLE), blocks), (post.card, *post.parts))


def compose_decision(approval: Approval, title: str, channel: str, zone: ZoneInfo) -> Message:
    """What was decided, for all editors to see."""
    decision = approval.decision
    if decision is None:
        raise ValueError("Nothing was decided.")
    said = say(words.DECIDED_ON[decision.verdict]).format(
        title=title,
        channel=channel,
        due=_when(approval.due_at, zone),
        person=decision.person,
        when=_when(decision.at, zone),
    )
    return compose_sentence(say(words.APPROVAL_TITLE), said)


def compose_rule(rule: Rule | None) -> Message:
    """What is agreed about approval in a channel."""
    if rule is None:
        return compose_sentence(say(words.APPROVAL_TITLE), say(words.NO_RULE))
    holds = rule.silence is Silence.HOLD
    return compose_sentence(say(words.APPROVAL_TITLE), words.rule(rule.called, holds=holds))


def _when(at: datetime, zone: ZoneInfo) -> str:
    """The moment without its year: it is of these days."""
    return moment_in(at, zone, at.astimezone(zone).date())


def _buttons(approval: Approval) -> list[Action]:
    def decide(verdict: Verdict) -> Decide:
        return Decide(verdict, approval.name, approval.round)

    return [
        Action(say(words.APPROVE), decide(Verdict.APPROVE), Weight.PRIMARY),
        Action(say(words.EDIT), decide(Verdict.EDIT)),
        Action(say(words.SWAP), decide(Verdict.SWAP)),
        Action(say(words.HOLD), decide(Verdict.HOLD), Weight.DANGER),
    ]

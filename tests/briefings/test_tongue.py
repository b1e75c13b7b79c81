"""Whatever is composed is said in the language that is spoken, all of it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import briefings
from briefings import (
    answers,
    concluding,
    corrections,
    opening,
    recapping,
    retold,
    signals,
    watching,
)
from briefings.absences import compose_lost
from briefings.agreeing import compose_form
from briefings.approving import (
    Approval,
    Decision,
    Rule,
    Silence,
    compose_ask,
    compose_decision,
    compose_rule,
)
from briefings.blocks import Paragraph, plain
from briefings.card import (
    compose_card,
    compose_post,
    compose_section,
    compose_sections,
    compose_shared,
    compose_taken_out,
)
from briefings.daysoff import Break, DaysOff, Region, Shift
from briefings.differences import differences
from briefings.drafting import (
    Draft,
    compose_draft_form,
    compose_look,
    compose_overtaken,
    compose_saved,
)
from briefings.followups import Fate, Kind
from briefings.forms import AGREED, Form, FormName
from briefings.holding import compose_none_held, compose_released, noting_held
from briefings.home import Coming, Talk, compose_broken_home, compose_home
from briefings.intents import Verdict
from briefings.inviting import compose_invitation, compose_told
from briefings.lateness import compose_held_up
from briefings.manners import Manners
from briefings.message import Home, Message, Post, Reply
from briefings.model import Briefing, BriefingId, Entry, Section, Source
from briefings.owning import (
    Change,
    Now,
    Outcome,
    compose_agreed,
    compose_ended,
    compose_help,
    compose_list,
    compose_missed,
    compose_next,
    compose_sentence,
    compose_status,
    compose_why,
    compose_wrong,
    noting_late,
)
from briefings.page_words import SENT
from briefings.patience import compose_wait
from briefings.pick import Lack, Nothing, Pick, Reason
from briefings.promises import Promise
from briefings.recap import Recap, Remark
from briefings.schedule import Edition, Late, Layout, SubscriptionId
from briefings.search import Hit, MatchKind, Results
from briefings.split import split
from briefings.terms import Terms
from briefings.tongue import say, speaking
from tests.foreign import FOREIGN, asked_in, english_in, said_in

AT = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)
DAY = AT.date()
ZONE = ZoneInfo("Europe/Berlin")
NOW = Now(AT - timedelta(days=1), ZONE)
ID = BriefingId("1")
SECTIONS = tuple(Section(plain(f"{n}"), 2, (Paragraph(plain(f"{n}{n}。")),)) for n in range(12))
BRIEFING = Briefing(
    "七", SECTIONS, date=DAY, topics=("八",), sources=(Source("九"),), questions=("十？",),
    extras=(("三", "四"),),
)  # fmt: skip
ENTRY = Entry(ID, BRIEFING, AT)
NAMELESS = Entry(ID, Briefing("", (Section((), 0, (Paragraph(plain("1" * 4_000)),)),)), AT)
LIBRARY = {ID: ENTRY, BriefingId("2"): ENTRY}
TERMS = Terms((time(8, 30), time(16)), ZONE)
STRICT = Terms(
    (time(9),), ZONE, frozenset({0, 2}), frozenset({"一"}), frozenset({"二"}),
    DaysOff(Region("1"), (Break(DAY, DAY),), Shift.AFTER), repeats=False, layout=Layout.WHOLE,
    late=Late.SKIP, paused_until=AT + timedelta(days=9), language="zh",
)  # fmt: skip
LOOSE = replace(TERMS, late=Late.NEXT, layout=Layout.CARD, language="zh")
RULE = Rule("1", "#1", Silence.HOLD)
APPROVAL = Approval("1", Edition(SubscriptionId("1"), DAY), "1", AT, ID, "1", 0, RULE)
HITS = (Hit(ID, "一", 0.5, MatchKind.WORDS), Hit(BriefingId("2"), "", 0.5, MatchKind.WORDS))
OUTCOMES = [Outcome(AT, title, "一", reason) for title in ("二", None) for reason in ("三", None)]
CHANGES = [Change(AT, "1", act, "2") for act in ("subscribe", "unsubscribe", "pause", "resume",
           "pin", "approval", "declare")]  # fmt: skip
REMARK = Remark("1", "2", AT, 0, "三？", ("https://一.二",), 3)
RECAP = Recap(("1", "2"), 3, ((0, 2), (1, 1)), (REMARK,), (REMARK,), ("https://1.2",))
VIEW = concluding.View("1", ID, "二", "3", AT, 4, "https://1.2")
WATCHED = watching.Watched("1", "2", "3", "4", ID, 0, "五", DAY)
TOLD = retold.Told(ID, "一", "2", AT, 3, "https://1.2")
OTHER = replace(BRIEFING, title="八", sections=(*SECTIONS[:11], Section(plain("0"), 2, ())))
FOUND = differences(BRIEFING, OTHER)


def every() -> Iterator[object]:
    """Each thing that is composed, in every way that it has."""
    yield from of_briefings()
    yield from of_answers()
    yield from of_owners()
    yield from of_the_newsroom()
    yield from of_discussions()
    yield from of_troubles()


def of_briefings() -> Iterator[object]:
    for entry in (ENTRY, NAMELESS):
        for layout in Layout:
            yield compose_post(entry, layout, Manners())
        yield compose_card(entry)
        yield compose_shared(entry)
        yield compose_section(entry, 0, discussed=True)
        yield compose_sections(entry, 0)
        yield compose_taken_out(entry)
    long = compose_card(ENTRY)
    yield from split(long, lambda page: len(page.blocks) < 3)


def of_answers() -> Iterator[object]:
    yield answers.compose_results(Results("一", HITS, 9, cut=True, partial=True), LIBRARY, 0,
                                  {ID: answers.Posted(DAY)})  # fmt: skip
    yield answers.compose_results(Results("一", HITS[:1], 1), LIBRARY, 0, {ID: answers.Posted(DAY)})
    yield answers.compose_results(Results("一", nearest=("二",)), LIBRARY)
    yield answers.compose_results(Results("一"), LIBRARY)
    yield answers.compose_results(Results("一", title="二"), LIBRARY)
    yield answers.compose_results(Results("一"), {})
    for lack in Lack:
        yield answers.compose_nothing_today(lack)
    yield answers.compose_stale()
    yield answers.compose_repeated()
    yield answers.compose_broken()
    yield answers.compose_no_discussion()
    yield answers.compose_discussion(ENTRY, "https://1.2")
    yield compose_wait(3)
    talks, coming = [Talk("", "1", AT)], [Coming("1", AT)]
    yield compose_home(ENTRY, coming, talks, NOW)
    yield compose_home(Lack.EMPTY, (), (), NOW)
    yield compose_broken_home()
    yield compose_invitation("https://1.2", "1")
    yield compose_told(SENT)


def of_owners() -> Iterator[object]:
    for terms in (TERMS, STRICT, LOOSE):
        yield compose_agreed(terms, AT, NOW)
        yield compose_list(terms, AT, CHANGES, NOW, declared=terms is TERMS)
        yield from (compose_form(name, terms, ("zh",)) for name in AGREED)
    yield from (compose_agreed(TERMS, NOW.at + timedelta(days=ahead), NOW) for ahead in (0, 1, 40))
    yield compose_next((AT,), NOW)
    yield compose_next((), NOW)
    yield compose_status(OUTCOMES, AT, NOW)
    yield compose_status((), None, NOW)
    for reason in Reason:
        yield compose_why(Pick(ID, reason, BriefingId("2")), {}, OUTCOMES, NOW)
    yield from (compose_why(Nothing(lack), {}, (), NOW) for lack in Lack)
    yield compose_help()
    yield compose_wrong("一")
    yield compose_sentence("一", "二")
    yield from (compose_ended(ended=ended) for ended in (True, False))


def of_the_newsroom() -> Iterator[object]:
    for silence in Silence:
        rule = replace(RULE, silence=silence)
        yield compose_ask(replace(APPROVAL, rule=rule), ENTRY, Layout.THREAD, "#1", NOW)
        yield compose_rule(rule)
    yield compose_rule(None)
    for verdict in (Verdict.APPROVE, Verdict.HOLD):
        decided = replace(APPROVAL, decision=Decision(verdict, "1", AT))
        yield compose_decision(decided, "一", "#1", ZONE)
    draft = Draft("1", "2", {})
    yield compose_draft_form(FormName.WRITE, draft)
    yield compose_draft_form(FormName.WRITE, replace(draft, briefing=ID))
    yield compose_draft_form(FormName.SECTIONS, draft)
    yield compose_look(draft, ENTRY)
    yield from (compose_saved(ID, "一", version) for version in (1, 2))
    yield compose_overtaken(ID)


def of_discussions() -> Iterator[object]:
    for link in ("https://1.2", None):
        yield recapping.compose_recap(RECAP, recapping.Talk("1", "二", BRIEFING, {}, link))
    yield recapping.compose_recap_gone("一")
    yield concluding.compose_conclusion_form("1", "二")
    yield concluding.compose_concluded("一", VIEW)
    yield concluding.compose_conclusions(ENTRY, (VIEW,))
    yield concluding.compose_conclusions(ENTRY, ())
    yield retold.compose_talks("一", (TOLD,), ("二",), ZONE)
    yield from (retold.compose_talks(subject, (), (), ZONE) for subject in ("一", ""))
    for where in ("thread", "channel"):
        for recap in ("off", "quiet 4h", "17:00"):
            yield retold.compose_manners(Manners(True, True, 90, recap, where))  # noqa: FBT003
    yield retold.compose_manners(Manners(opens=False, signals=False))
    yield retold.compose_manners(Manners(keeps_text=True), hears=False)
    yield retold.noting_talks(compose_card(ENTRY), (TOLD,), ZONE)
    yield retold.noting_related(compose_card(ENTRY), (TOLD,))
    yield opening.compose_opening(ENTRY)
    yield opening.compose_part(ENTRY, 0)
    yield opening.compose_part_is_up(ENTRY, 0, None)
    yield opening.compose_not_opened()
    counts = dict.fromkeys(Kind, 2)
    for kind in Kind:
        yield from (signals.compose_signal(kind, counts, given=given) for given in (True, False))
    yield signals.compose_explained(ENTRY, (ENTRY,), counts, author=True)
    yield signals.compose_explained(NAMELESS, (), counts, author=False)
    yield signals.compose_to_author(ENTRY)
    yield from of_promises()


def of_promises() -> Iterator[object]:
    yield watching.compose_choice(ENTRY, (Promise(0, "一", DAY), Promise(0, "二", DAY)))
    for each in (WATCHED, replace(WATCHED, thread=None)):
        yield from (watching.compose_watching(each, new=new) for new in (True, False))
        yield from (
            watching.compose_due(replace(each, round=again), "一", ENTRY, today)
            for again in (0, 1)
            for today in (DAY, DAY + timedelta(days=2))
        )
    yield watching.compose_nothing_ahead()
    yield watching.compose_settled_before()
    yield from (watching.compose_settled(WATCHED, fate) for fate in Fate)
    for standing in watching.Standing:
        yield watching.compose_watched([replace(WATCHED, standing=standing)], ["一"])
    yield watching.compose_watched([], [])
    yield corrections.compose_corrected(ENTRY, FOUND, (1, 2))
    yield corrections.compose_changes(ENTRY, FOUND)
    yield corrections.compose_changes(ENTRY, ())
    yield corrections.noting_corrected(compose_card(ENTRY), AT, ZONE, DAY)


def of_troubles() -> Iterator[object]:
    yield compose_lost("1", "二")
    for late in (timedelta(minutes=9), timedelta(hours=1), timedelta(hours=9)):
        yield from (compose_held_up("1", late, came=came) for came in (True, False))
    for title in ("一", None):
        yield from (compose_released(title, found) for found in ("post", "there", "skip"))
    yield compose_none_held(DAY)
    yield noting_held(compose_none_held(DAY), (DAY,))
    yield from (compose_missed([AT] * number, "一", NOW) for number in (1, 2))
    yield noting_late(compose_card(ENTRY), AT, "一", NOW)


def told(thing: object) -> str:
    """What a composed thing says."""
    match thing:
        case Form():
            return asked_in(thing)
        case Home(search, hint, blocks):
            return f"{search}\n{hint}\n{said_in(Message('', blocks))}"
        case Post(card, parts):
            return "\n".join(map(said_in, (card, *parts)))
        case Reply(message, _, before):
            return "\n".join(map(said_in, (*before, message)))
        case Message():
            return said_in(thing)
        case _:
            raise TypeError(f"{thing!r} says nothing.")


def test_no_word_is_left_in_english() -> None:
    with speaking(FOREIGN):
        texts = [told(each).replace(f"({ZONE.key})", "") for each in every()]
    assert {word: text for text in texts for word in english_in(text)} == {}


def test_whatever_can_be_composed_is_looked_at_here() -> None:
    folder = Path(briefings.__path__[0])
    composed = {
        node.name
        for file in folder.glob("*.py")
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("compose_")
    }
    here = Path(__file__).read_text(encoding="utf-8")
    missing = {name for name in composed if f"{name}(" not in here}
    assert missing - {"compose_counted", "compose_draft"} == set()


def test_a_message_keeps_the_language_in_which_it_was_composed() -> None:
    with speaking(FOREIGN):
        message = compose_help()
    pages = split(message, lambda page: len(str(page)) < 3_000)
    assert len(pages) > 1
    assert not english_in(pages[-1].title)


@pytest.mark.parametrize("raised", [ValueError, KeyError])
def test_the_language_before_is_spoken_again_whatever_happens(raised: type[Exception]) -> None:
    with pytest.raises(raised), speaking(FOREIGN):
        raise raised
    assert say("Share") == "Share"

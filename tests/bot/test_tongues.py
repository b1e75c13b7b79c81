"""Who is spoken to in which language, and what is told in it."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot import causes
from bot.channels import STATES
from bot.delivery.plan import draw_post
from bot.delivery.reasons import ALL, LATE_BECAUSE
from bot.desk import FrontDesk
from bot.interpreting import Interpreter
from bot.look import Look
from bot.platforms.events import Asked, Event, Ordered, Person, Place, Pressed, Visited
from bot.platforms.registry import rooms
from bot.reasons import in_words
from bot.store.agreements import Act
from bot.store.ledger import Ledger
from bot.store.rows import Plan, State
from bot.store.subscriptions import Subscriptions
from bot.tongues import languages, tongue_for
from briefings.blocks import Paragraph, plain
from briefings.card import compose_post
from briefings.forms import Form
from briefings.intents import Share
from briefings.manners import Manners
from briefings.message import Message, Reply
from briefings.model import Briefing, BriefingId, Entry, Section
from briefings.pick import Lack, Reason
from briefings.schedule import Edition, SubscriptionId
from briefings.terms import Terms, subscriptions
from briefings.tongue import say, speaking, spoken
from tests.bot.test_desk import desk_over
from tests.fakes import MovedClock, RecordingPlatform
from tests.foreign import FOREIGN, asked_in, english_in, said_in

HERE = Place("slack", "1", "1")
OWNER = Person("2", may_manage=True, managers="members who may manage the channel")
TERMS = Terms((time(9),), ZoneInfo("Europe/Berlin"), language="de")
ENTRY = Entry(
    BriefingId("1"),
    Briefing(
        "一",
        (
            Section(
                plain("二"),
                2,
                (
                    Paragraph(
                        plain("三"),
                    ),
                ),
            ),
        ),
    ),
    datetime(2026, 11, 1, tzinfo=UTC),
)
LINES = ("list", "next", "why", "status", "help", "subscribe", "pause 2 days", "pin tomorrow 一",
         "pin tomorrow 九", "resume", "release today skip", "approval", "write", "edit 一",
         "discussed", "recap", "discussions", "watched", "subcribe", "unsubscribe")  # fmt: skip


class Listener:
    """A desk that remembers which language was spoken when it was asked."""

    def __init__(self) -> None:
        self.spoken: list[str] = []

    async def answer(self, event: Event) -> Reply:
        self.spoken.append(spoken().language)
        return Reply(Message("", ()))

    async def language(self, place: tuple[str, str]) -> str | None:
        return {"1": "zh"}.get(place[1])


@pytest.mark.parametrize(
    ("tag", "language"),
    [("de", "de"), ("de-AT", "de"), ("de_CH", "de"), ("zh-CN", "zh"), ("zh-TW", "zh"), ("", "en"),
     ("en-GB", "en"), ("pt-BR", "en"), ("x", "en"), ("-", "en")],
)  # fmt: skip
def test_the_nearest_language_is_spoken_and_english_where_there_is_none(
    tag: str, language: str
) -> None:
    assert tongue_for(tag).language == language


def test_a_sentence_is_said_in_its_language_and_its_number() -> None:
    assert set(languages()) >= {"de", "en", "zh"}
    with speaking(tongue_for("de")):
        assert say("Share") == "Teilen"
    with speaking(tongue_for("zh")):
        assert say("Share") == "分享"


async def test_whoever_asks_is_answered_in_their_language_else_in_the_channels() -> None:
    desk = Listener()
    door = Interpreter(desk, desk, "de")  # type: ignore[arg-type]
    german = replace(OWNER, language="de-DE")
    elsewhere = Place("slack", "1", "9")
    events: Sequence[tuple[Event, str]] = [
        (Asked("", HERE, "2", language="de-DE"), "de"),
        (Pressed(None, HERE, "2", language="en-US"), "en"),
        (Ordered("", HERE, german), "de"),
        (Asked("", HERE, "2"), "zh"),
        (Asked("", elsewhere, "2"), "de"),
    ]
    for event, _ in events:
        await door.answer(event)
    assert desk.spoken == [language for _, language in events]


@pytest.mark.parametrize("reason", [*Reason, *Lack])
def test_why_is_kept_in_english_and_told_in_any_language(reason: str) -> None:
    with speaking(FOREIGN):
        assert not english_in(in_words(reason))


def test_every_reason_that_is_kept_is_told_with_what_stands_in_it() -> None:
    kept = [*ALL, *causes.ALL, *(each for room in rooms() for each in room.refusals)]
    with speaking(FOREIGN):
        for sentence in kept:
            places = {name for name in ("reason", "channel", "why") if f"{{{name}}}" in sentence}
            filled = sentence
            for name in _places(sentence):
                filled = filled.replace(f"{{{name}}}", "its worker is gone" if name in places
                                        and name != "channel" else "1")  # fmt: skip
            assert not english_in(in_words(filled)), filled
        assert not any(english_in(say(each)) for each in STATES.values())
    with speaking(tongue_for("de")):
        late = LATE_BECAUSE.format(reason=causes.NOT_RUNNING)
        assert "(der Bot lief nicht)" in in_words(late)
        assert in_words("Something else.") == "Something else."
    assert in_words("Something else.") == "Something else."


def _places(sentence: str) -> list[str]:
    return [piece.partition("}")[0] for piece in sentence.split("{")[1:]]


@pytest.fixture
async def desk(database: AsyncEngine, held: Subscriptions, clock: MovedClock) -> FrontDesk:
    await held.agree(("slack", "1"), TERMS, Act("2", "subscribe"))
    ledger = Ledger(database, clock)
    for day, reason in ((1, LATE_BECAUSE.format(reason=causes.HELD_UP)), (2, str(Lack.POSTED))):
        edition = Edition(SubscriptionId("slack/1"), date(2026, 11, day))
        due = datetime(2026, 11, day, 9, tzinfo=UTC)
        await ledger.claim(Plan(edition, "slack", "1", due, State.SKIPPED, reason=reason), ())
    return desk_over({ENTRY.id: ENTRY}, database, clock)


@pytest.mark.parametrize("line", LINES)
async def test_every_answer_to_an_owner_is_in_the_owners_language(
    desk: FrontDesk, line: str
) -> None:
    with speaking(FOREIGN):
        answer = await desk.answer(Ordered(line, HERE, OWNER))
    told = asked_in(answer) if isinstance(answer, Form) else said_in(_message(answer))
    typed = {*english_in(line), "Europe", "Berlin", "UTC"}
    commands = {*english_in(told)} - typed if line != "subcribe" else set[str]()
    after = {"weekdays", "daily", "layout", "thread", "late", "rest", "language", "de", "zh", "en"}
    assert commands - after - {"on"} == set()


def _message(answer: object) -> Message:
    assert isinstance(answer, Reply)
    return answer.message


async def test_the_home_is_in_the_visitors_language(desk: FrontDesk) -> None:
    with speaking(FOREIGN):
        home = await desk.home(Visited(HERE, OWNER))
    assert not english_in(said_in(Message(home.search + home.hint, home.blocks)))


async def test_what_is_shared_is_in_the_channels_language(desk: FrontDesk) -> None:
    with speaking(FOREIGN):
        answer = await desk.answer(Pressed(Share(ENTRY.id), HERE, "2"))
    message = _message(answer)
    assert message.tongue.language == "de"
    assert "Lesezeit" in said_in(message)


def test_two_channels_of_two_languages_get_a_post_each() -> None:
    platform = RecordingPlatform()
    now = datetime(2026, 11, 23, tzinfo=UTC)
    look = Look(now, {ENTRY.id: ENTRY}, {"slack": platform.draw})
    german, english = (
        subscriptions(replace(TERMS, language=each), "slack", each, lambda _: now)[0]
        for each in ("de", "en")
    )
    posts = [look.printed(each, ENTRY.id, Manners())[0] for each in (german, english, german)]
    assert [each.card.tongue.language for each in posts] == ["de", "en", "de"]
    assert posts[0] is posts[2]
    assert said_in(posts[0].card) != said_in(posts[1].card)
    assert said_in(posts[1].card) == said_in(compose_post(ENTRY, manners=Manners()).card)
    assert draw_post(posts[0], platform.draw)


def test_every_reason_of_a_delivery_is_known_to_be_told() -> None:
    """A constant that `ALL` lacks would be told in English."""
    source = Path(str(causes.__file__)).parent / "delivery" / "reasons.py"
    tree = ast.parse(source.read_text(encoding="utf-8"))
    marked = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    assert len(marked) == len(ALL)

"""`/briefings page`: who is sent a link, and who is told why not."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import PostRefused
from bot.inviting import Inviting, address_of
from bot.page_settings import PageSettings
from bot.platforms.events import Ordered, Person, Place
from bot.platforms.port import Payload
from bot.store.visits import Visitor, Visits
from briefings.message import Audience, Message, Reply
from tests.fakes import MovedClock, RecordingPlatform

HERE = Place("slack", "T1", "C1")
OWNER = Person("U1", may_manage=True, managers="its owners")
ADDRESS = "https://briefings.example.org"


@dataclass
class TellingPlatform(RecordingPlatform):
    """A platform that can speak to one person, unless they let nobody."""

    is_deaf: bool = False
    told: list[tuple[str, Payload]] = field(default_factory=list)

    def draw(self, message: Message) -> tuple[Payload, ...]:
        return ({"said": str(message)},)

    async def tell(self, person: str, payload: Payload) -> None:
        if self.is_deaf:
            raise PostRefused("They take no messages from this bot.")
        self.told.append((person, payload))

    async def called(self, _channel: str) -> str:
        return "daily"

    async def bar(self, _channel: str) -> str | None:
        return None


@pytest.fixture
def platform() -> TellingPlatform:
    return TellingPlatform()


@pytest.fixture
def visits(database: AsyncEngine, clock: MovedClock) -> Visits:
    return Visits(database, clock)


@pytest.fixture
def inviting(platform: TellingPlatform, visits: Visits) -> Inviting:
    return Inviting(visits, ADDRESS, {"slack": platform})


def told(answer: Reply | None) -> str:
    assert answer is not None
    assert answer.audience is Audience.ASKER
    return str(answer.message)


async def test_a_manager_is_sent_a_link_to_their_channel(
    inviting: Inviting, platform: TellingPlatform, visits: Visits
) -> None:
    answer = await inviting.order(Ordered(" Page ", HERE, OWNER))
    assert "direct messages" in told(answer)
    assert ADDRESS not in told(answer)
    [(person, payload)] = platform.told
    said = str(payload["said"])
    assert person == "U1"
    assert "#daily" in said
    secret = said.split(f"{ADDRESS}/bot/enter/")[1][:43]
    inside = await visits.enter(secret) or ""
    assert await visits.visitor(inside) == Visitor("U1", frozenset({("slack", "C1")}))


async def test_nobody_else_is_sent_one(inviting: Inviting, platform: TellingPlatform) -> None:
    other = Person("U2", may_manage=False, managers="its owners")
    assert "its owners" in told(await inviting.order(Ordered("page", HERE, other)))
    assert platform.told == []


async def test_whoever_takes_no_messages_is_told_so(
    inviting: Inviting, platform: TellingPlatform
) -> None:
    platform.is_deaf = True
    assert "could not send" in told(await inviting.order(Ordered("page", HERE, OWNER)))


async def test_a_bot_without_a_page_says_so(visits: Visits) -> None:
    answer = await Inviting(visits, "", {}).order(Ordered("page", HERE, OWNER))
    assert "no page" in told(answer)


async def test_other_lines_are_for_others(inviting: Inviting) -> None:
    assert await inviting.order(Ordered("pages of history", HERE, OWNER)) is None


def test_the_address_is_the_one_that_people_reach() -> None:
    assert address_of(PageSettings.model_construct()) == ""
    assert address_of(PageSettings(briefing_page_port=8080)) == "http://127.0.0.1:8080"
    behind = PageSettings(briefing_page_port=8080, briefing_page_url="https://b.example/")
    assert address_of(behind) == "https://b.example"

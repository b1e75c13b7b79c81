"""The bot in SimCord's Discord, which read Discord's rules independently of our sandbox."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
import simcord
from discord.abc import GuildChannel
from discord.http import Route

from bot.errors import PostRefused, PostUnknown
from bot.platforms.desk import Completion
from bot.platforms.discord.answering import THINKING
from bot.platforms.discord.commands import MESSAGE_NAME
from bot.platforms.discord.detours import Detours
from bot.platforms.discord.dress import Dress
from bot.platforms.discord.failures import meant
from bot.platforms.discord.gateway import Gateway
from bot.platforms.discord.history import find
from bot.platforms.discord.layout import Layout
from bot.platforms.discord.render import draw
from bot.platforms.discord.requests import thread
from bot.platforms.discord.spots import Spots
from bot.platforms.events import Asked, Event, Pressed, Submitted
from bot.platforms.port import Address
from briefings.forms import Form, FormName, TextField
from briefings.message import Audience, Post, Reply
from tests.platforms.discord.conftest import HELLO, Desk
from tests.platforms.samples import POST, SAMPLES

FORM = Form(FormName.WHEN, "When", (TextField("at", "Time"),))
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass
class FormDesk(Desk):
    """A desk that has a form filled in."""

    filled: list[Submitted] = field(default_factory=list)

    async def answer(self, event: Event) -> Any:
        if isinstance(event, Submitted):
            self.filled.append(event)
            return Reply(HELLO)
        return FORM


@dataclass
class Place:
    """SimCord's server with a channel, somebody in it, and the bot."""

    env: simcord.Env
    bot: Gateway
    server: simcord.GuildHandle
    channel: simcord.ChannelHandle
    alice: simcord.MemberActor

    async def ask(
        self,
        method: str,
        path: str,
        channel: str,
        *,
        body: Any = None,
        query: Any = None,
        once: bool = False,
    ) -> object:
        """A call as the room makes it, answered by SimCord."""
        del once
        try:
            return await self.bot.http.request(Route(method, path), json=body, params=query)
        except discord.HTTPException as failed:
            said = {"code": failed.code, "message": failed.text}
            raise meant(channel, failed.status, said, {}) from failed

    def mail(self, layout: Layout = Layout.AUTO) -> Detours:
        return Detours(self.ask, Spots(self.ask, self.kind), Dress(layout))

    def kind(self, channel: str) -> int | None:
        known = self.bot.get_channel(int(channel))
        return int(known.type.value) if isinstance(known, GuildChannel) else None

    async def send(self, post: Post, channel: simcord.ChannelHandle) -> tuple[str, str]:
        """Send a post as deliveries do: the ids of its card and of its thread."""
        mail, there = self.mail(), Address(str(channel.id))
        first, *others = [each for part in (post.card, *post.parts) for each in draw(part)]
        card = await mail.post(there, first, "m0")
        if card not in {str(each.id) for each in channel.threads}:
            path = f"/channels/{channel.id}/messages/{card}/threads"
            await self.ask("POST", path, str(channel.id), body=thread(post.card.title))
        for number, payload in enumerate(others):
            await mail.post(Address(str(channel.id), card), payload, f"m{number + 1}")
        return card, card


@asynccontextmanager
async def visit(desk: Desk | None = None, *, content: bool = False) -> AsyncIterator[Place]:
    """The bot online in SimCord."""
    seat = desk or Desk()
    bot = Gateway(seat, message_content=content)
    async with simcord.run(bot, shard_count=1) as env:
        server = env.create_guild()
        channel = server.create_text_channel("daily-briefing")
        yield Place(env, bot, server, channel, server.add_member(env.create_user("alice")))


async def test_the_commands_are_there_and_are_announced_once() -> None:
    async with visit() as place:
        assert place.alice.available_commands(place.channel) == ("briefing", "briefings")
        await place.env.restart_bot(Gateway(Desk(), message_content=False))
        puts = [each for each in place.env.http_requests if each.method == "PUT"]
        assert len(puts) == 1


async def test_a_look_up_is_answered_to_the_asker_alone() -> None:
    desk = Desk()
    async with visit(desk) as place:
        told = await place.alice.slash(place.channel, "briefing", about="chery")
        assert told.acknowledged
        assert told.ephemeral
        assert [each.text for each in desk.events if isinstance(each, Asked)] == ["chery"]


async def test_completions_appear_and_twenty_five_at_most() -> None:
    offers = tuple(Completion(f"Chery {number}", f"chery {number}") for number in range(40))
    async with visit(Desk(completions=offers)) as place:
        shown = await place.alice.autocomplete(place.channel, "briefing", "about", "Ch")
        assert [each["name"] for each in shown] == [each.label for each in offers[:25]]


async def test_a_slow_answer_is_announced_and_comes() -> None:
    async with visit(Desk(wait=2.0)) as place:
        told = await place.alice.slash(place.channel, "briefing", about="chery")
        assert [each["type"] for each in callbacks(place)] == [THINKING]
        assert told.response
        assert "From the desk." in str(told.response.components)
        assert told.ephemeral


def callbacks(place: Place) -> list[Any]:
    """The first answers to interactions."""
    return [each.json for each in place.env.http_requests if each.path.endswith("/callback")]


async def test_a_slow_answer_for_all_is_seen_by_all() -> None:
    async with visit(Desk(Reply(HELLO, Audience.CHANNEL), wait=2.0)) as place:
        await place.alice.slash(place.channel, "briefing", about="chery")
        shown = place.channel.last_message
        assert shown
        assert not shown.flags.ephemeral


async def test_an_answer_that_took_a_quarter_of_an_hour_is_lost_and_breaks_nothing() -> None:
    async with visit(Desk(wait=1_000.0)) as place:
        told = await place.alice.slash(place.channel, "briefing", about="chery")
        await place.env.advance_time(1_001)
        assert told.deferred
        again = await place.alice.autocomplete(place.channel, "briefing", "about", "Ch")
        assert again == []


async def test_a_form_is_opened_filled_in_and_answered() -> None:
    desk = FormDesk()
    async with visit(desk) as place:
        shown = await place.alice.slash(place.channel, "briefings", order="subscribe")
        assert shown.modal
        assert shown.modal["title"] == "When"
        told = await place.alice.submit_modal(shown, {"at": "08:30"})
        assert told.ephemeral
        (sent,) = desk.filled
        assert sent.filled == {"at": ("08:30",)}


async def test_a_button_answers_before_and_after_a_restart() -> None:
    desk, later = Desk(), Desk()
    async with visit(desk) as place:
        card, _ = await place.send(POST, place.channel)
        message = next(each for each in place.channel.history() if str(each.id) == card)
        button = next(iter(buttons(message)))
        assert (await place.alice.click(message, custom_id=button)).ephemeral
        await place.env.restart_bot(Gateway(later, message_content=False))
        assert (await place.alice.click(message, custom_id=button)).ephemeral
        pressed = [*desk.events, *later.events]
        assert all(isinstance(each, Pressed) and each.intent for each in pressed)
        assert len(pressed) == 2


def buttons(message: discord.Message) -> list[str]:
    parts = [part for view in message.components for part in getattr(view, "children", ())]
    rows = [part for part in parts if isinstance(part, discord.ActionRow)]
    return [str(each.custom_id) for row in rows for each in row.children]


async def test_a_message_leads_to_the_briefing_about_it() -> None:
    desk = Desk()
    async with visit(desk) as place:
        said = await place.alice.send(place.channel, "What of **Chery**? <@1> https://x.example")
        told = await place.alice.context_menu(place.channel, MESSAGE_NAME, said)
        assert told.ephemeral
        assert [each.text for each in desk.events if isinstance(each, Asked)] == ["What of Chery?"]


async def test_a_mention_is_answered_for_all() -> None:
    desk = Desk(Reply(HELLO, Audience.CHANNEL))
    async with visit(desk) as place:
        me = place.bot.user
        assert me
        await place.alice.send(place.channel, f"{me.mention} chery")
        shown = place.channel.last_message
        assert shown
        assert shown.author.id == me.id


async def test_a_days_post_has_its_card_its_thread_and_its_parts() -> None:
    async with visit() as place:
        card, _ = await place.send(POST, place.channel)
        assert card in [str(each.id) for each in place.channel.history()]
        (opened,) = place.channel.threads
        assert len(opened.history()) >= len(POST.parts)
        sent = [each for each in place.env.http_requests if each.path.endswith("/messages")]
        assert all(each.json["allowed_mentions"] == {"parse": []} for each in sent if each.json)
        assert await find(place.ask, str(place.channel.id), "m0", LONG_AGO) == card


@pytest.mark.parametrize("layout", [Layout.COMPONENTS, Layout.EMBEDS])
@pytest.mark.parametrize("name", SAMPLES)
async def test_simcord_takes_every_sample(layout: Layout, name: str) -> None:
    async with visit() as place:
        mail = place.mail(layout)
        for number, payload in enumerate(draw(SAMPLES[name])):
            await mail.post(Address(str(place.channel.id)), payload, f"m{number}")
        assert not any(each.mention_everyone for each in place.channel.history())


async def test_a_briefing_is_a_post_of_a_forum() -> None:
    async with visit() as place:
        forum = place.server.create_forum_channel("briefings")
        card, _ = await place.send(POST, forum)
        (opened,) = forum.threads
        assert str(opened.id) == card
        assert opened.name == POST.card.title
        assert len(opened.history()) >= 1 + len(POST.parts)


@pytest.mark.parametrize("layout", [Layout.COMPONENTS, Layout.EMBEDS])
async def test_an_edit_pings_nobody(layout: Layout) -> None:
    async with visit() as place:
        mail, there = place.mail(layout), Address(str(place.channel.id))
        card = await mail.post(there, draw(HELLO)[0], "m0")
        (hostile, *_) = draw(SAMPLES["hostile"])
        await mail.edit(there, card, hostile, "m0")
        edit = next(each for each in place.env.http_requests if each.method == "PATCH")
        assert edit.json
        assert edit.json["allowed_mentions"] == {"parse": []}
        (shown,) = place.channel.history()
        assert not shown.mention_everyone
        assert not shown.role_mentions


@pytest.mark.parametrize(
    ("denied", "says"),
    [
        ({"view_channel": False}, "View Channel"),
        ({"send_messages": False}, "Send Messages"),
    ],
)
async def test_what_is_not_allowed_is_refused_and_says_what_to_do(
    denied: dict[str, bool], says: str
) -> None:
    async with visit() as place:
        role = place.server.default_role
        overwrite = discord.PermissionOverwrite(**denied)
        shut = place.server.create_text_channel("shut", overwrites={role: overwrite})
        with pytest.raises(PostRefused, match=says):
            await place.mail().post(Address(str(shut.id)), draw(HELLO)[0], "m0")


async def test_a_server_that_fails_once_is_asked_again_with_the_same_nonce() -> None:
    async with visit() as place:
        mail, there = place.mail(), Address(str(place.channel.id))
        place.env.inject_error("POST", "/channels/*/messages", status=500)
        with pytest.raises(PostUnknown):
            await mail.post(there, draw(HELLO)[0], "m0")
        await mail.post(there, draw(HELLO)[0], "m0")
        bodies = [each.json for each in place.env.http_requests if isinstance(each.json, dict)]
        assert [each["nonce"] for each in bodies if "nonce" in each] == ["m0", "m0"]

"""Answering interactions, and what may follow an answer.

https://discord.com/developers/docs/interactions/receiving-and-responding
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from bot.sandbox.discord import bodies, limits
from bot.sandbox.discord.command_forms import check_choice
from bot.sandbox.discord.forms import Field
from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.interactions import Asks, Interaction
from bot.sandbox.discord.mentions import ANSWERED
from bot.sandbox.discord.messages import IN_ANSWER, ON_EDIT, changed, drafted
from bot.sandbox.discord.modals import Opened, check_modal
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.posting import Origin, edit, post
from bot.sandbox.discord.privacy import owners
from bot.sandbox.discord.ratelimits import READING
from bot.sandbox.discord.rest.routes import Answer, Asked, Route
from bot.sandbox.discord.world import World

MESSAGE, DEFERRED, UPDATE_LATER, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
BY_COMMAND: Final = 20

Carries: TypeAlias = Callable[[World, Interaction, Asked], None]


def call_back(world: World, asked: Asked) -> Answer:
    """Answer an interaction for the first and only time."""
    token = asked.path["interaction_token"]
    interaction = world.interactions.to_answer(asked.path["interaction_id"], token)
    form = Field(asked.body)
    form["type"].required()
    form["type"].one_of(ALLOWED[interaction.kind])
    form.refuse()
    CARRY_OUT[asked.body["type"]](world, interaction, asked)
    interaction.answer.set_result(asked.body)
    world.changed()
    if asked.query.get("with_response", "0") in {"1", "true"}:
        return 200, _response(world, interaction, asked.body["type"])
    return 204, None


def _response(world: World, interaction: Interaction, kind: int) -> Body:
    about: Body = {"id": interaction.id, "type": int(interaction.kind)}
    message = interaction.original
    if message is None or kind in {CHOICES, MODAL}:
        return {"interaction": about}
    about |= {
        "response_message_id": message.id,
        "response_message_loading": message.pending,
        "response_message_ephemeral": message.only_for is not None,
        "channel_id": message.channel,
        "guild_id": world.guild.id,
    }
    if kind in {MESSAGE, UPDATE}:
        resource = {"type": kind, "message": bodies.message(world.guild, message)}
        return {"interaction": about, "resource": resource}
    return {"interaction": about}


def _reply(world: World, interaction: Interaction, asked: Asked) -> None:
    body = drafted(asked.text("data") or {}, asked.attachments, world.allowed(IN_ANSWER))
    _post(world, interaction, body)


def _defer(world: World, interaction: Interaction, asked: Asked) -> None:
    flags = Field(asked.text("data") or {})["flags"].number(0, 2**31 - 1) or 0
    if interaction.kind is Asks.AUTOCOMPLETE:
        return
    _post(world, interaction, {"content": "", "flags": Flag.LOADING | (flags & Flag.EPHEMERAL)})


def _post(world: World, interaction: Interaction, body: Body) -> None:
    alone = interaction.person.id if body["flags"] & Flag.EPHEMERAL else None
    extra = told_of(world, interaction)
    by_command = interaction.kind is Asks.COMMAND
    if interaction.on and not by_command:
        place = {"channel_id": interaction.channel, "message_id": interaction.on.id, "type": 0}
        extra |= {"message_reference": place | {"guild_id": world.guild.id}}
    kind = BY_COMMAND if by_command else 19 if interaction.on else 0
    origin = Origin(kind, alone, interaction.typed, extra, ANSWERED)
    channel = world.guild.channel(interaction.channel)
    interaction.original = post(world, channel, world.guild.me, body, origin)


def told_of(world: World, interaction: Interaction) -> Body:
    """The fields of a message that tell which interaction it answers."""
    user = bodies.user(interaction.person)
    told: Body = {"id": interaction.id, "type": int(interaction.kind), "user": user}
    place = world.guild.channels[interaction.channel]
    about = told | {"authorizing_integration_owners": owners(world, place, interaction.person)}
    if interaction.on:
        about["interacted_message_id"] = interaction.on.id
    if interaction.original and interaction.original is not interaction.on:
        about["original_response_message_id"] = interaction.original.id
    me = world.guild.me.id
    extra: Body = {"application_id": me, "webhook_id": me, "interaction_metadata": about}
    if interaction.typed:
        extra["interaction"] = told | {"name": interaction.typed.name}
    return extra


def _keep(_: World, interaction: Interaction, __: Asked) -> None:
    interaction.original = interaction.on


def _update(world: World, interaction: Interaction, asked: Asked) -> None:
    message = interaction.on
    if message is None:
        return
    data = asked.text("data") or {}
    edit(
        world, message, changed(data, asked.attachments, message, world.allowed(ON_EDIT)), ANSWERED
    )
    interaction.original = message


def _choose(_: World, __: Interaction, asked: Asked) -> None:
    form = Field(asked.body)["data"]
    form.required()
    form["choices"].required()
    for choice in form["choices"].items(limits.CHOICES):
        check_choice(choice, 3 if isinstance(choice["value"].value, str) else 4)
    form.refuse()


def _open_modal(world: World, interaction: Interaction, asked: Asked) -> None:
    form = Field(asked.body)["data"]
    form.required()
    check_modal(form)
    form.refuse()
    person, channel = interaction.person.id, interaction.channel
    world.modals[person] = Opened(interaction.id, person, channel, asked.body["data"])


ALLOWED: Mapping[Asks, tuple[int, ...]] = {
    Asks.COMMAND: (MESSAGE, DEFERRED, MODAL),
    Asks.COMPONENT: (MESSAGE, DEFERRED, UPDATE_LATER, UPDATE, MODAL),
    Asks.AUTOCOMPLETE: (CHOICES,),
    Asks.MODAL: (MESSAGE, DEFERRED, UPDATE_LATER, UPDATE),
}
CARRY_OUT: Mapping[int, Carries] = {
    MESSAGE: _reply,
    DEFERRED: _defer,
    UPDATE_LATER: _keep,
    UPDATE: _update,
    CHOICES: _choose,
    MODAL: _open_modal,
}

ROUTES = (
    Route(
        "POST",
        "/interactions/{interaction_id}/{interaction_token}/callback",
        call_back,
        READING,
        authorized=False,
        everything=False,
    ),
)

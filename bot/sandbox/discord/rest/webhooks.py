"""What may follow an answer, under the interaction's token: reading, editing, further messages.

https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
"""

from __future__ import annotations

from bot.sandbox.discord import bodies, limits
from bot.sandbox.discord.guild import Body, Message
from bot.sandbox.discord.interactions import Interaction
from bot.sandbox.discord.mentions import ANSWERED
from bot.sandbox.discord.messages import IN_ANSWER, ON_EDIT, changed, drafted
from bot.sandbox.discord.permissions import Flag
from bot.sandbox.discord.posting import Origin, edit, post, remove
from bot.sandbox.discord.privacy import is_alone
from bot.sandbox.discord.ratelimits import WEBHOOK
from bot.sandbox.discord.refusals import Refused, unknown_message, unknown_webhook
from bot.sandbox.discord.rest.callbacks import told_of
from bot.sandbox.discord.rest.routes import Answer, Asked, Route
from bot.sandbox.discord.world import World

FOLLOW_UP = 19


def _interaction(world: World, asked: Asked) -> Interaction:
    interaction = world.interactions.answered(asked.path["webhook_token"])
    if asked.path["webhook_id"] != world.guild.me.id:
        raise unknown_webhook()
    return interaction


def _message(world: World, asked: Asked) -> Message:
    interaction = _interaction(world, asked)
    snowflake = asked.path.get("message_id")
    if snowflake is None:
        if interaction.original is None:
            raise unknown_webhook()
        snowflake = interaction.original.id
    found = world.guild.channel(interaction.channel).messages.get(snowflake)
    if found is None or found.author != world.guild.me:
        raise unknown_message()
    return found


def get(world: World, asked: Asked) -> Answer:
    """The answer, or a follow-up."""
    return 200, bodies.message(world.guild, _message(world, asked))


def patch(world: World, asked: Asked) -> Answer:
    """Edit the answer, which ends the thinking, or a follow-up."""
    message = _message(world, asked)
    _fill(world, message, asked)
    return 200, bodies.message(world.guild, message)


def _fill(world: World, message: Message, asked: Asked) -> None:
    was_pending = message.pending
    body = changed(asked.body, asked.attachments, message, world.allowed(ON_EDIT))
    body["flags"] &= ~Flag.LOADING
    edit(world, message, body, ANSWERED)
    if was_pending:
        message.edited = None


def delete(world: World, asked: Asked) -> Answer:
    """Take the answer or a follow-up away."""
    message = _message(world, asked)
    message.raise_flags(0, off=Flag.LOADING)  # no follow-up can take the place of what is gone
    remove(world, message)
    return 204, None


def follow_up(world: World, asked: Asked) -> Answer:
    """A further message; the first one after a deferral takes the place of the thinking."""
    interaction = _interaction(world, asked)
    body = drafted(asked.body, asked.attachments, world.allowed(IN_ANSWER))
    original = interaction.original
    if original and original.pending:
        _fill(world, original, asked)
        return 200, bodies.message(world.guild, original)
    _count(world, interaction)
    message = _post(world, interaction, body)
    return 200, bodies.message(world.guild, message)


def _count(world: World, interaction: Interaction) -> None:
    """Where only a person installed the application, five messages may follow an answer."""
    interaction.followed += 1
    alone = is_alone(world, world.guild.channels[interaction.channel])
    if alone and interaction.followed > limits.FOLLOW_UPS:
        raise Refused(
            400, 40094, "This interaction has reached the maximum number of follow-up messages"
        )


def _post(world: World, interaction: Interaction, body: Body) -> Message:
    alone = interaction.person.id if body["flags"] & Flag.EPHEMERAL else None
    extra = told_of(world, interaction)
    if interaction.original:
        place = {"channel_id": interaction.channel, "message_id": interaction.original.id}
        extra["message_reference"] = place | {"guild_id": world.guild.id, "type": 0}
    origin = Origin(FOLLOW_UP, alone, interaction.typed, extra, ANSWERED)
    channel = world.guild.channel(interaction.channel)
    return post(world, channel, world.guild.me, body, origin)


HERE = "/webhooks/{webhook_id}/{webhook_token}"
ROUTES = tuple(
    Route(method, f"{HERE}{rest}", does, WEBHOOK, authorized=False, everything=False)
    for method, rest, does in (
        ("POST", "", follow_up),
        ("GET", "/messages/@original", get),
        ("PATCH", "/messages/@original", patch),
        ("DELETE", "/messages/@original", delete),
        ("GET", "/messages/{message_id}", get),
        ("PATCH", "/messages/{message_id}", patch),
        ("DELETE", "/messages/{message_id}", delete),
    )
)

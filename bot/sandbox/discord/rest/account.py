"""The bot's own account, its application, its guild, and the way to the gateway."""

from __future__ import annotations

from bot.sandbox.discord import bodies, guild_bodies
from bot.sandbox.discord.gateway import DAY
from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.permissions import Intent
from bot.sandbox.discord.privacy import direct
from bot.sandbox.discord.ratelimits import WRITING
from bot.sandbox.discord.refusals import Refused, unknown_guild
from bot.sandbox.discord.rest.routes import Answer, Asked, Route
from bot.sandbox.discord.world import World

FLAGS = {
    Intent.GUILD_PRESENCES: 1 << 13,
    Intent.GUILD_MEMBERS: 1 << 15,
    Intent.MESSAGE_CONTENT: 1 << 19,
}
"""The application flags that tell of privileged intents, for a bot in few guilds.

https://discord.com/developers/docs/resources/application#application-object-application-flags
"""


def get_me(world: World, _: Asked) -> Answer:
    """Who the bot is."""
    me = {"email": None, "verified": True, "locale": "en-US", "mfa_enabled": False}
    return 200, bodies.user(world.guild.me) | me


def application_flags(world: World) -> int:
    """The application's flags: which privileged intents it may use."""
    return sum(flag for intent, flag in FLAGS.items() if world.setup.privileged & intent)


def get_application(world: World, _: Asked) -> Answer:
    """The bot's application, which shares its id."""
    me = world.guild.me
    owner = next(iter(world.guild.people.values()))
    body: Body = {
        "id": me.id, "name": me.name, "icon": None, "description": "", "type": None,
        "bot": bodies.user(me), "bot_public": False, "bot_require_code_grant": False,
        "verify_key": "0" * 64, "flags": application_flags(world),
        "flags_new": str(application_flags(world)), "redirect_uris": [],
        "interactions_endpoint_url": None, "role_connections_verification_url": None,
        "owner": bodies.user(owner), "team": None, "approximate_guild_count": 1,
        "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0, "eligible_oauth2_scopes": [], "rpc_origins": [],
        "integration_types_config": {"0": {}, "1": {}},
    }  # fmt: skip
    return 200, body


def get_gateway(world: World, _: Asked) -> Answer:
    """Where the gateway is."""
    return 200, {"url": world.gateway_url}


def get_gateway_bot(world: World, _: Asked) -> Answer:
    """Where the gateway is, with how many shards to come, and how often one may still identify."""
    gateway = world.gateway
    first = gateway.identified[0] if gateway.identified else world.clock()
    limit = {
        "total": gateway.identifies,
        "remaining": max(0, gateway.identifies_left()),
        "reset_after": int(max(0.0, first + DAY - world.clock()) * 1000),
        "max_concurrency": 1,
    }
    body = {"url": world.gateway_url, "shards": world.setup.shards, "session_start_limit": limit}
    return 200, body


def get_guild(world: World, asked: Asked) -> Answer:
    """The guild."""
    _check(world, asked)
    return 200, guild_bodies.guild_body(world.guild)


def get_guild_channels(world: World, asked: Asked) -> Answer:
    """The guild's channels, without threads."""
    _check(world, asked)
    rooms = (each for each in world.guild.channels.values() if not bodies.is_private(each))
    spots = [each for each in rooms if each.archive is None]
    return 200, [bodies.channel(world.guild, each) for each in spots]


def get_active_threads(world: World, asked: Asked) -> Answer:
    """The threads that are not archived, and which of them the bot is in."""
    _check(world, asked)
    guild = world.guild
    threads = [each for each in guild.channels.values() if each.archive]
    active = [each for each in threads if each.archive and not each.archive.archived]
    mine = [each for each in active if each.archive and guild.me.id in each.archive.members]
    members = [bodies.thread_member(each, guild.me.id) for each in mine]
    body = {"threads": [bodies.thread(guild, each) for each in active], "members": members}
    return 200, body | {"has_more": False}


def open_direct(world: World, asked: Asked) -> Answer:
    """The direct messages with somebody, the same ones each time."""
    person = world.guild.people.get(str(asked.text("recipient_id")))
    if person is None:
        raise Refused(400, 50007, "Cannot send messages to this user")
    return 200, bodies.channel(world.guild, direct(world, person))


def get_my_guilds(world: World, _: Asked) -> Answer:
    """The guilds that the bot is in."""
    return 200, [guild_bodies.guild_body(world.guild) | {"owner": False, "permissions": "0"}]


def get_member(world: World, asked: Asked) -> Answer:
    """One member of the guild."""
    _check(world, asked)
    person = world.guild.member(asked.path["user_id"])
    if person is None:
        return 404, {"message": "Unknown Member", "code": 10007}
    return 200, bodies.full_member(world.guild, person)


def _check(world: World, asked: Asked) -> None:
    if asked.path["guild_id"] != world.guild.id:
        raise unknown_guild()


ROUTES = (
    Route("GET", "/users/@me", get_me),
    Route("GET", "/users/@me/guilds", get_my_guilds),
    Route("POST", "/users/@me/channels", open_direct, WRITING),
    Route("GET", "/oauth2/applications/@me", get_application),
    Route("GET", "/applications/@me", get_application),
    Route("GET", "/gateway", get_gateway, authorized=False),
    Route("GET", "/gateway/bot", get_gateway_bot),
    Route("GET", "/guilds/{guild_id}", get_guild),
    Route("GET", "/guilds/{guild_id}/channels", get_guild_channels),
    Route("GET", "/guilds/{guild_id}/members/{user_id}", get_member),
    Route("GET", "/guilds/{guild_id}/threads/active", get_active_threads),
)

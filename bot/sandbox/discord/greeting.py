"""How a gateway session begins: identifying, resuming, and what a bot is told first.

https://discord.com/developers/docs/topics/opcodes-and-status-codes#gateway
"""

from __future__ import annotations

from bot.sandbox.discord import bodies, guild_bodies
from bot.sandbox.discord.forms import Wire
from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.permissions import KNOWN_INTENTS, PRIVILEGED, Intent
from bot.sandbox.discord.rest.account import application_flags
from bot.sandbox.discord.session import Cut, Line, Session
from bot.sandbox.discord.world import World
from bot.sandbox.journal import Call

WRONG_TOKEN, BAD_SEQUENCE, BAD_SHARD, MUST_SHARD, BAD_INTENTS, FORBIDDEN_INTENTS = (
    4004, 4007, 4010, 4011, 4013, 4014,
)  # fmt: skip


def identify(world: World, line: Line, body: Wire) -> Session | Cut | None:
    """Begin a session, or say why not: a close code, or nothing for an invalid session."""
    asked = body if isinstance(body, dict) else {}
    refused = _refusal(world, asked)
    _note(world, "IDENTIFY", {key: asked.get(key) for key in ("intents", "shard")}, refused)
    if refused:
        return Cut(refused)
    if _too_soon(world):
        return None
    if world.gateway.spend_identify() < 0:
        world.reset_token()
        world.gateway.end_all(Cut(WRONG_TOKEN))
        return Cut(WRONG_TOKEN)
    number, count = asked.get("shard") or (0, 1)
    hears = (int(world.guild.id) >> 22) % count == number
    session = world.gateway.open(asked["intents"], line, hears=hears, hears_direct=number == 0)
    for event, told in _welcome(world, session, [number, count]):
        line.put(session.take(event, told))
    return session


def _refusal(world: World, asked: Body) -> int | None:
    intents = asked.get("intents")
    if asked.get("token") != world.token:
        return WRONG_TOKEN
    if not isinstance(intents, int) or intents & ~KNOWN_INTENTS:
        return BAD_INTENTS
    if intents & PRIVILEGED & ~world.setup.privileged:
        return FORBIDDEN_INTENTS
    return _shard_refusal(world, asked.get("shard"))


def _shard_refusal(world: World, shard: Wire) -> int | None:
    if shard is None:
        return MUST_SHARD if world.setup.shards > 1 else None
    well_formed = isinstance(shard, list) and len(shard) == 2
    return None if well_formed and 0 <= shard[0] < shard[1] else BAD_SHARD


def _too_soon(world: World) -> bool:
    before = world.gateway.identified
    return bool(before) and world.clock() - before[-1] < world.setup.identify_every


def _welcome(world: World, session: Session, shard: list[int]) -> list[tuple[str, Body]]:
    guild = world.guild
    hears = session.hears and guild.joined
    ready: Body = {
        "v": 10, "user": bodies.user(guild.me), "session_id": session.id, "shard": shard,
        "guilds": [{"id": guild.id, "unavailable": True}] if hears else [],
        "resume_gateway_url": world.gateway_url, "private_channels": [], "relationships": [],
        "application": {"id": guild.me.id, "flags": application_flags(world)},
    }  # fmt: skip
    told = [("READY", ready)]
    if hears and session.intents & Intent.GUILDS:
        everybody = bool(session.intents & Intent.GUILD_PRESENCES)
        told.append(("GUILD_CREATE", guild_bodies.guild_create(guild, everybody=everybody)))
    return told


def resume(world: World, line: Line, body: Wire) -> Session | Cut | None:
    """Take a session up again and send what it missed, or say why not."""
    asked = body if isinstance(body, dict) else {}
    session = world.gateway.sessions.get(str(asked.get("session_id")))
    seq = asked.get("seq")
    if asked.get("token") != world.token:
        return Cut(WRONG_TOKEN)
    if session is None or not isinstance(seq, int):
        return None
    _note(world, "RESUME", {"seq": seq, "latest": session.seq}, None)
    if seq > session.seq:
        return Cut(BAD_SEQUENCE)
    if not session.resumable(world.clock(), seq):
        world.gateway.end(session)
        return None
    if session.line:
        session.line.put(Cut())
    session.line, session.left = line, None
    for payload in session.missed(seq):
        line.put(payload)
    line.put(session.take("RESUMED", {"_trace": []}))
    return session


def members(world: World, session: Session, asked: Body) -> None:
    """Send the members that a bot asked for; all of them only with the members intent."""
    ids = asked.get("user_ids") or []
    wanted = {str(each) for each in (ids if isinstance(ids, list) else [ids])}
    query = str(asked.get("query") or "").lower()
    everybody = bool(session.intents & Intent.GUILD_MEMBERS) or bool(query)
    people = [each for each in world.guild.members() if each.id in wanted or not wanted]
    named = [each for each in people if each.name.lower().startswith(query)]
    found = named if everybody or wanted else []
    body: Body = {
        "guild_id": world.guild.id,
        "members": [bodies.full_member(world.guild, each) for each in found],
        "chunk_index": 0,
        "chunk_count": 1,
        "not_found": sorted(wanted - {each.id for each in found}),
    }
    if asked.get("nonce"):
        body["nonce"] = asked["nonce"]
    if session.line:
        session.line.put(session.take("GUILD_MEMBERS_CHUNK", body))


def _note(world: World, what: str, body: Body, refused: int | None) -> None:
    world.journal.write(Call(world.clock(), "GATEWAY", what, body, refused or 200, None))

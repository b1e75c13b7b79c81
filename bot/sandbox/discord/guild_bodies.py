"""The guild and its roles as Discord's JSON.

https://discord.com/developers/docs/resources/guild
"""

from __future__ import annotations

from bot.sandbox.discord import bodies
from bot.sandbox.discord.guild import Body, Guild
from bot.sandbox.discord.ids import iso, moment_of
from bot.sandbox.discord.permissions import USUAL


def guild_body(guild: Guild) -> Body:
    """The guild as the REST API gives it."""
    return {
        "id": guild.id, "name": guild.name, "owner_id": next(iter(guild.people)),
        "icon": None, "description": None, "home_header": None, "splash": None, "banner": None,
        "discovery_splash": None, "features": ["COMMUNITY", "NEWS"], "application_id": None,
        "region": "deprecated", "afk_channel_id": None, "afk_timeout": 300, "nsfw": False,
        "system_channel_id": None, "system_channel_flags": 0, "widget_enabled": False,
        "widget_channel_id": None, "verification_level": 1, "mfa_level": 0, "nsfw_level": 0,
        "roles": [role(guild, each, name) for each, name in guild.roles.items()],
        "default_message_notifications": 1, "explicit_content_filter": 2, "premium_tier": 0,
        "max_presences": None, "max_members": 500000, "max_stage_video_channel_users": 50,
        "max_video_channel_users": 25, "vanity_url_code": None, "premium_subscription_count": 0,
        "preferred_locale": "en-US", "rules_channel_id": None, "safety_alerts_channel_id": None,
        "public_updates_channel_id": None, "premium_progress_bar_enabled": False,
        "premium_progress_bar_enabled_user_updated_at": None, "emojis": [], "stickers": [],
        "incidents_data": None,
    }  # fmt: skip


def guild_create(guild: Guild, *, everybody: bool) -> Body:
    """The guild as the gateway gives it when a bot arrives; private threads are left out."""
    spots = list(guild.channels.values())
    people = list(guild.members()) if everybody else [guild.me]
    return {
        **guild_body(guild), "joined_at": iso(moment_of(guild.me.id)), "large": False,
        "unavailable": False, "member_count": len(guild.people) + 1,
        "members": [bodies.full_member(guild, each) for each in people],
        "channels": [bodies.channel(guild, each) for each in spots if each.archive is None
                     and not bodies.is_private(each)],
        "threads": [bodies.thread(guild, each) for each in spots if each.archive
                    and not each.archive.archived and each.kind != 12],
        "presences": [], "voice_states": [], "stage_instances": [], "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }  # fmt: skip


def role(guild: Guild, snowflake: str, name: str) -> Body:
    """A role; that of everyone has the guild's id."""
    return {
        "id": snowflake, "name": name, "color": 0, "hoist": False, "icon": None, "flags": 0,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "unicode_emoji": None, "position": list(guild.roles).index(snowflake), "mentionable": False,
        "permissions": str(USUAL if snowflake == guild.role else 0),
        "managed": snowflake == guild.role,
        "tags": {"bot_id": guild.me.id} if snowflake == guild.role else {},
    }  # fmt: skip

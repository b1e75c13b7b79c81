"""The markers by which the bot's own messages are known again."""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode

from bot.store.rows import Plan

MARKER_LENGTH = 25
"""A Discord nonce holds at most 25 characters.
https://discord.com/developers/docs/resources/message#create-message"""


def marker(key: bytes, plan: Plan, number: int) -> str:
    """A signature that only this bot can make, of edition, channel and place in the post."""
    named = (plan.edition.subscription, plan.edition.day, plan.platform, plan.channel, number)
    digest = hmac.digest(key, "|".join(map(str, named)).encode(), hashlib.sha256)
    return b32encode(digest).decode().lower()[:MARKER_LENGTH]

"""What a failed call means: refused for good, delayed, or nobody knows."""

from __future__ import annotations

from dataclasses import dataclass

import aiohttp
import discord

from bot.errors import PostDelayed, PostError, PostRefused, PostUnknown

FAILURES = (
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    ValueError,  # JSON that can not be read
)
"""All that a call through discord.py's HTTP client raises."""

SOON = 5.0
LATER = 60.0

_MAY_WRITE = (
    "give it View Channel, Send Messages, Send Messages in Threads, Create Public Threads"
    " and Read Message History there."
)
_WRONG_CHANNEL = "check DISCORD_CHANNELS and invite the bot to the channel's server."
SENTENCES = {
    10003: "Channel {channel} is unknown to Discord: " + _WRONG_CHANNEL,
    10004: "Channel {channel} is in a server unknown to Discord: " + _WRONG_CHANNEL,
    10008: "The message in channel {channel} is gone: somebody deleted it.",
    30033: "The thread in channel {channel} is full: ask somebody to leave it.",
    50001: "The bot may not see channel {channel}: " + _MAY_WRITE,
    50008: "Channel {channel} takes no messages: name a text channel in DISCORD_CHANNELS.",
    50013: "The bot may not write in channel {channel}: " + _MAY_WRITE,
    50024: "Channel {channel} has no threads: name a text channel in DISCORD_CHANNELS.",
    50083: "The thread in channel {channel} is archived: open it again.",
    160005: "The thread in channel {channel} is locked: unlock it.",
    160006: "The server of channel {channel} has too many open threads: close some.",
    200000: "The server's AutoMod refuses the message for channel {channel}: change its words.",
    200001: "The server's AutoMod refuses the title for channel {channel}: change its words.",
    240000: "Discord's filter refuses a link in the message for channel {channel}: remove it.",
}
"""What to do about a refusal, by its code.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


@dataclass(slots=True)
class Attempt:
    """What is known of a call, all tries of discord.py together."""

    under_way: bool = False
    """Whether a try waits for its answer."""
    perhaps_done: bool = False
    """Whether a try ended so that Discord may have done what was asked."""

    @property
    def is_harmless(self) -> bool:
        """Whether Discord has surely done nothing."""
        return not (self.under_way or self.perhaps_done)


def classify(failure: BaseException, channel: str, attempt: Attempt) -> PostError:
    """The failure in one sentence about the channel, as the kind of error that it is."""
    if isinstance(failure, discord.RateLimited):
        return _delayed(channel, failure.retry_after, attempt, limited=True)
    if isinstance(failure, discord.HTTPException):
        return _answered(failure, channel, attempt)
    if attempt.is_harmless:
        return _delayed(channel, SOON, attempt)
    return _unknown(channel, type(failure).__name__)


def _answered(failure: discord.HTTPException, channel: str, attempt: Attempt) -> PostError:
    if not attempt.is_harmless:
        return _unknown(channel, f"status {failure.status}")
    if failure.status == 429:
        return _delayed(channel, _retry_after(failure), attempt, limited=True)
    if failure.status == 401:
        return PostRefused("Discord does not know DISCORD_BOT_TOKEN any more: copy a new one.")
    sentence = SENTENCES.get(failure.code)
    if sentence is not None:
        return PostRefused(sentence.format(channel=channel))
    return PostRefused(
        f"Discord refuses the message for channel {channel}"
        f" ({failure.status}, code {failure.code}): {' '.join(failure.text.split())}"
    )


def _delayed(channel: str, seconds: float, attempt: Attempt, *, limited: bool = False) -> PostError:
    if not attempt.is_harmless:
        return _unknown(channel, "a try before it")
    sentence = f"Discord takes nothing for channel {channel} just now: wait {seconds:.0f} s."
    return PostDelayed(sentence, seconds, limited=limited)


def _unknown(channel: str, reason: str) -> PostUnknown:
    return PostUnknown(
        f"Whether channel {channel} got the message is unknown ({reason}): look before another try."
    )


def _retry_after(failure: discord.HTTPException) -> float:
    try:
        return float(failure.response.headers["Retry-After"])
    except (KeyError, ValueError):
        return LATER

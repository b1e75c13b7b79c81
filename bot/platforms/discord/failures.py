"""What a failed call means: refused for good, delayed, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

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


class Refused(PostRefused):
    """A refusal with Discord's code for it, and its own words, one line for each faulty field."""

    def __init__(self, sentence: str, code: int, said: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.said = said


def meant(
    channel: str, status: int, said: object, headers: Mapping[str, str], *, again: bool = False
) -> PostError:
    """What an answer other than success means; `again` where a try before may have been done."""
    answer = said if isinstance(said, Mapping) else {}
    if again or status >= 500:
        return unknown(channel, f"status {status}")
    if status == 429:
        everything = answer.get("global") is True or headers.get("X-RateLimit-Scope") == "global"
        return delayed(channel, _wait(answer, headers), limited=True, everything=everything)
    if status == 401:
        return PostRefused("Discord does not know DISCORD_BOT_TOKEN any more: copy a new one.")
    number = answer.get("code")
    code = number if isinstance(number, int) else 0
    words = "\n".join((str(answer.get("message", "")), *_faults(answer.get("errors"), "")))
    return Refused(_sentence(channel, status, code, words), code, words)


def delayed(
    channel: str, seconds: float, *, limited: bool = False, everything: bool = False
) -> PostDelayed:
    """Surely not done, and to be tried again after so many seconds."""
    sentence = f"Discord takes nothing for channel {channel} just now: wait {seconds:.0f} s."
    return PostDelayed(sentence, seconds, limited=limited, everything=everything)


def unknown(channel: str, reason: str) -> PostUnknown:
    """Perhaps done."""
    return PostUnknown(
        f"Whether channel {channel} got the message is unknown ({reason}): look before another try."
    )


def _sentence(channel: str, status: int, code: int, words: str) -> str:
    if code in SENTENCES:
        return SENTENCES[code].format(channel=channel)
    return (
        f"Discord refuses the message for channel {channel}"
        f" ({status}, code {code}): {' '.join(words.split())}"
    )


def _faults(errors: object, place: str) -> Iterator[str]:
    """What is wrong at each place of a body.

    https://discord.com/developers/docs/reference#error-messages
    """
    match errors:
        case {"_errors": list(faults)}:
            yield from (f"In {place}: {fault.get('message', '')}" for fault in faults)
        case Mapping():
            for name, inner in errors.items():
                yield from _faults(inner, f"{place}.{name}".lstrip("."))
        case _:
            return


def _wait(answer: Mapping[str, object], headers: Mapping[str, str]) -> float:
    """Seconds; the body says it more exactly than the header.

    https://discord.com/developers/docs/topics/rate-limits#exceeding-a-rate-limit
    """
    for said in (answer.get("retry_after"), headers.get("Retry-After")):
        try:
            return float(str(said))
        except ValueError:
            continue
    return LATER

"""What a failed call means: refused for good, delayed, or nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import aiohttp
import discord

from bot.errors import PostDelayed, PostError, PostRefused, PostUnknown, TitleRefused
from bot.platforms.discord import refusals
from bot.platforms.discord.refusals import SENTENCES

FAILURES = (
    discord.DiscordException,
    aiohttp.ClientError,
    OSError,
    TimeoutError,
    ValueError,  # JSON that can not be read
    KeyError,  # a field that discord.py takes for granted, and not every server tells
)
"""All that a call through discord.py's HTTP client raises."""

SOON = 5.0
LATER = 60.0

NAME = "\nIn name: "
"""What a fault begins with that is one of a title. A server in Server Discovery has words that no
title may have, beside those of its AutoMod: https://github.com/modmail-dev/Modmail/issues/2934"""


class Refused(PostRefused):
    """A refusal with Discord's code for it, and its own words, one line for each faulty field."""

    def __init__(self, sentence: str, code: int, said: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.said = said


class RefusedTitle(Refused, TitleRefused):
    """A refusal of a thread's title, or of a post's."""


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
        return PostRefused(refusals.TOKEN)
    number = answer.get("code")
    code = number if isinstance(number, int) else 0
    words = "\n".join((str(answer.get("message", "")), *_faults(answer.get("errors"), "")))
    of_title = code == refusals.TITLE_BLOCKED or NAME in words
    kind = RefusedTitle if of_title else Refused
    return kind(_sentence(channel, status, code, words), code, words)


def delayed(
    channel: str, seconds: float, *, limited: bool = False, everything: bool = False
) -> PostDelayed:
    """Surely not done, and to be tried again after so many seconds."""
    sentence = refusals.LATER.format(channel=channel, seconds=f"{seconds:.0f}")
    return PostDelayed(sentence, seconds, limited=limited, everything=everything)


def unknown(channel: str, reason: str) -> PostUnknown:
    """Perhaps done."""
    return PostUnknown(refusals.UNKNOWN.format(channel=channel, reason=reason))


def _sentence(channel: str, status: int, code: int, words: str) -> str:
    if code in SENTENCES:
        return SENTENCES[code].format(channel=channel)
    said = " ".join(words.split())
    return refusals.OTHERWISE.format(channel=channel, status=status, code=code, said=said)


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

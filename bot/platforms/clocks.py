"""Whether a platform's API answers at all, and whether its clock and ours agree."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from aiohttp import ClientError, ClientSession, ClientTimeout

from bot.errors import PlatformError
from bot.findings import Finding, Level

SECONDS = 10.0
"""For the API to answer."""

NEAR = 10.0
"""Seconds that two clocks may differ: the header counts whole ones, and the way takes time."""

FAR = 60.0
"""Seconds from which on posts come at the wrong minute, and are looked for at the wrong one."""

AGREES = "The clocks agree."
UNTOLD = "The platform did not tell its time: compare this computer's clock with another one."


async def ask_time(url: str, setting: str) -> datetime | None:
    """The time (UTC) that the answer's Date header tells; any answer will do.

    Raises `PlatformError` where nothing answers, with a sentence that names the setting.
    https://httpwg.org/specs/rfc9110.html#field.date
    """
    try:
        async with (
            ClientSession(timeout=ClientTimeout(total=SECONDS)) as session,
            session.get(url) as answer,
        ):
            said = answer.headers.get("Date", "")
    except (ClientError, OSError, TimeoutError, ValueError) as error:
        raise PlatformError(
            f"Nothing answers at {url} ({type(error).__name__}): check the network, a proxy or"
            f" firewall on the way, and {setting}."
        ) from None
    return _moment(said)


def compare(about: str, theirs: datetime | None, ours: datetime) -> Finding:
    """How this computer's clock stands beside the platform's."""
    if theirs is None:
        return Finding(about, Level.WARN, UNTOLD)
    ahead = (ours - theirs).total_seconds()
    if abs(ahead) <= NEAR:
        return Finding(about, Level.OK, AGREES)
    return Finding(
        about,
        Level.RED if abs(ahead) > FAR else Level.WARN,
        f"This computer's clock is {abs(ahead):.0f} s {'fast' if ahead > 0 else 'slow'}:"
        " let it be set over the network (NTP).",
    )


def _moment(said: str) -> datetime | None:
    try:
        told = parsedate_to_datetime(said)
    except ValueError:
        return None
    return told if told.tzinfo else told.replace(tzinfo=UTC)

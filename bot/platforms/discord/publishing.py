"""Messages of announcement channels, which go on to the channels that follow them.

https://discord.com/developers/docs/resources/message#crosspost-message
"""

from __future__ import annotations

import logging

from bot.errors import PostDelayed, PostError
from bot.platforms.discord.failures import Refused
from bot.platforms.discord.spots import ANNOUNCEMENT, Ask, Spots

log = logging.getLogger(__name__)

DONE = 40033
"""The message went on before.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""


async def publish(ask: Ask, spots: Spots, channel: str, message: str) -> None:
    """Publish a message where its channel has followers; what fails is logged.

    The post stands in its own channel whatever becomes of this, so nothing waits for it: Discord
    publishes about ten messages an hour and channel, and what is more stays in the channel.
    """
    try:
        if (await spots.at(channel)).kind == ANNOUNCEMENT:
            await ask("POST", f"/channels/{channel}/messages/{message}/crosspost", channel)
    except PostError as failure:
        if not (isinstance(failure, Refused) and failure.code == DONE):
            _log(channel, message, failure)


def _log(channel: str, message: str, failure: PostError) -> None:
    why = "its hour's share is used up" if isinstance(failure, PostDelayed) else str(failure)
    log.warning(
        "Message %s stays in channel %s and is not published: %s",
        message,
        channel,
        why,
        extra={"action": "post.not_published"},
    )

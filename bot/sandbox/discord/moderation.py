"""What a server's AutoMod and Discord's filter of links refuse.

https://discord.com/developers/docs/resources/auto-moderation
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.sandbox.discord.guild import Body
from bot.sandbox.discord.liveness import strings
from bot.sandbox.discord.refusals import harmful_link, moderated
from bot.sandbox.discord.world import World


def moderate(world: World, body: Body) -> None:
    """Make sure that a message may be seen.

    Raises:
        Refused: it has a word or a link that is not wanted.
    """
    told = list(strings(body))
    if _has(told, world.setup.banned):
        raise moderated()
    if _has(told, world.setup.harmful):
        raise harmful_link()


def moderate_title(world: World, title: str) -> None:
    """Make sure that a thread may be called so.

    Raises:
        Refused: it has a word that is not wanted.
    """
    if _has([title], (*world.setup.banned, *world.setup.banned_titles)):
        raise moderated(title=True)


def _has(texts: Iterable[str], unwanted: Iterable[str]) -> bool:
    said = "\n".join(texts).casefold()
    return any(each.casefold() in said for each in unwanted)

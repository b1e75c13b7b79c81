"""Forgets what was said in discussions, once it is older than its channel wants it kept."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.errors import BriefingBotError
from bot.store.retention import Retention

log = logging.getLogger(__name__)

EVERY = 3600.0
"""Seconds between looks; what is kept is counted in days."""


@dataclass(frozen=True, slots=True)
class Forgetting:
    """Looks at what is kept; several processes may do so."""

    retention: Retention

    async def look(self) -> None:
        """Forget what is too old; never raises."""
        try:
            gone = await self.retention.forget()
        except BriefingBotError as error:
            log.warning("%s", error, extra={"action": "talk.put_off"})
        except Exception:  # the next look goes on where this one broke
            log.exception("Forgetting broke off.", extra={"action": "talk.failed"})
        else:
            if gone:
                log.info("%d messages are forgotten.", gone, extra={"action": "talk.forgotten"})

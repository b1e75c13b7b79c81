"""The look before editors are asked: tries a briefing's addresses, and reads the gauges."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.errors import StoreError
from bot.feeds.probing import MOST, probe
from bot.feeds.walls import Opener, public_socket
from bot.platforms.gauges import Gauge, fullest
from bot.platforms.port import Payload
from bot.store.probes import Probes
from briefings.model import Entry
from briefings.preflight import Address, Flight, Near, addresses_in

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Preflight:
    """Looks at a post; `is_allowed` says whether addresses may be tried at all."""

    probes: Probes
    gauges: Mapping[str, Callable[[Payload], tuple[Gauge, ...]]]
    is_allowed: bool = True
    opener: Opener = public_socket

    async def check(self, entry: Entry, platform: str, payloads: Sequence[Payload]) -> Flight:
        """What was found; an address that was tried some hours ago is not tried again."""
        addresses = addresses_in(entry)
        tried = await self._tried(addresses[:MOST]) if self.is_allowed and addresses else {}
        read = self.gauges.get(platform, lambda _: ())
        near = (each for each in fullest(map(read, payloads)) if each.is_near)
        told = tuple(Near(each.what, each.used, each.most) for each in near)
        return Flight(addresses, tried, told)

    async def _tried(self, addresses: Sequence[Address]) -> Mapping[str, str | None]:
        urls = [each.url for each in addresses]
        try:
            known = await self.probes.known(urls)
            found = await probe([each for each in addresses if each.url not in known], self.opener)
            await self.probes.keep(found)
        except StoreError as error:
            log.warning("Addresses were not tried: %s", error, extra={"action": "probe.failed"})
            return {}
        both = {**known, **found}
        return {url: both[url] for url in urls if url in both}

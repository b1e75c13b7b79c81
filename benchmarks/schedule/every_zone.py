"""Every zone, every local day from 1975 to 2037, several times of day: one rising moment each.

Run it with `uv run python benchmarks/schedule/every_zone.py`. It prints the days that zones
skipped, the pace, and the pace of the bare conversion of the standard library beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import pairwise
from time import process_time
from zoneinfo import ZoneInfo, available_timezones

from briefings.moments import moment

FIRST, LAST = date(1975, 1, 1), date(2037, 12, 31)
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]
TIMES = (time(0), time(2, 30), time(9), time(23, 45))


def main() -> int:
    """Check all zones; 1 where a moment is lost, doubled or out of order."""
    begun = process_time()
    zones = _zones()
    wrong = [line for name in zones for line in _check(name)]
    spent = process_time() - begun
    count = len(zones) * len(DAYS) * len(TIMES)
    bare = _bare()
    print(f"{count:,} moments in {len(zones)} zones, {len(wrong)} wrong: {spent:.1f} s of one core")
    print(f"{count / spent:,.0f} moments a second, {bare / (count / spent):.1f} times a bare one")
    print("\n".join(wrong))
    return bool(wrong)


def _zones() -> list[str]:
    """One name for each set of rules: many zones are other names of one."""
    names = sorted(available_timezones() - {"localtime"})
    rules = {files("tzdata.zoneinfo").joinpath(name).read_bytes(): name for name in names}
    return sorted(rules.values())


def _check(name: str) -> Iterator[str]:
    zone = ZoneInfo(name)
    for at in TIMES:
        moments = [moment(day, at, zone) for day in DAYS]
        known = [when for when in moments if when is not None]
        for day, when in zip(DAYS, moments, strict=True):
            if when is None and at == TIMES[0]:
                print(f"{name} skipped {day}")
        for earlier, later in pairwise(known):
            if earlier >= later:
                yield f"{name} at {at}: {earlier} does not come before {later}"
        if len(DAYS) - len(known) > 1:
            yield f"{name} at {at}: {len(DAYS) - len(known)} days without a moment"


def _bare() -> float:
    zone, begun = ZoneInfo("Europe/Berlin"), process_time()
    for day in DAYS:
        datetime.combine(day, time(9), zone).astimezone(UTC)
    return len(DAYS) / (process_time() - begun)


if __name__ == "__main__":
    sys.exit(main())

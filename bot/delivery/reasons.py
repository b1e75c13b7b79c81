"""Why a delivery stands as it does: kept in English, and told in any language."""

from __future__ import annotations

from briefings.tongue import mark

LATE = mark("its time passed while the bot could not post, and it is too late now")
LATE_BECAUSE = mark(
    "its time passed while the bot could not post, and it is too late now ({reason})"
)
CUT_OFF = mark("cut off")
PUT_OFF = mark("It was put off for a day: {reason}")
NOT_ONLINE = mark("{platform} is no longer online.")
NO_THREAD = mark("The thread in channel {channel} could not be opened ({reason}).")
BROKEN_OFF = mark("its delivery broke off")
SEND_BROKEN_OFF = mark("the send broke off")
WORKER_WENT = mark("its worker went away while it was sent")
WORKER_GONE = mark("its worker is gone")
WORKER_STOPPED = mark("the worker stopped")
WORKER_STOPPED_BEFORE = mark("the worker stopped before it")
WORKER_STOPS = mark("The worker stops.")
CUT_OFF_SENDING = mark("cut off while it was sent")
NOT_YET = mark("It could not be sent yet.")
NOBODY_KNOWS = mark("Nobody could find out whether it was sent.")
REFUSED = mark("The platform refused it.")
FOUND = mark("found in the channel")
NOT_THERE = mark("{reason} It is surely not in the channel.")
UNCLEAR = mark(
    "A message to channel {channel} was perhaps sent, and the channel cannot be read ({reason}):"
    " look there, then release it with `briefing-bot parked`."
)
RETITLED = mark("{reason} It was posted as “{title}”.")
UNREACHED = mark("the bot could not reach {platform}")

ALL = (
    LATE_BECAUSE, LATE, CUT_OFF, PUT_OFF, NOT_ONLINE, NO_THREAD, BROKEN_OFF, SEND_BROKEN_OFF,
    WORKER_WENT, WORKER_GONE, WORKER_STOPPED, WORKER_STOPPED_BEFORE, WORKER_STOPS,
    CUT_OFF_SENDING, NOT_YET, NOBODY_KNOWS, REFUSED, FOUND, NOT_THERE, UNCLEAR, RETITLED,
    UNREACHED,
)  # fmt: skip

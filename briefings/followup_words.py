"""What is said about watched lines, quiet signals and corrections, in one place."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from briefings.tongue import count, mark, say
from briefings.words import clock, day

WATCH = mark("Watch")
WATCHING = mark("Watching")
WHICH = mark("Which of these shall I ask about on its day?")
ASK_THEN = mark("I will ask about it here on {day}.")
ASK_IN_THREAD = mark("I will ask about it in the thread on {day}.")
ALREADY = mark("This is watched already: I will ask about it on {day}.")
OVER = mark("The day of what is written there is over: there is nothing to watch.")
DUE_TODAY = mark("Due today: did it happen?")
WAS_DUE = mark("Due on {day}: did it happen?")
STILL_OPEN = mark("Still open: did it happen?")
FROM = mark("From “{title}”.")
NEWER = mark("There is a newer briefing on this:")
DONE = mark("Done")
NOT_YET = mark("Not yet")
DROP = mark("Drop")
IS_DONE = mark("It happened. I will not ask again.")
IS_LATER = mark("Not yet. I will ask again on {day}.")
IS_DROPPED = mark("Dropped. I will not ask again.")
SETTLED = mark("Somebody answered this already.")
WATCHED = mark("Watched here")
NONE_WATCHED = mark(
    "Nothing is watched here. Open “What's Next?” of a briefing and press Watch on a line with a"
    " day."
)
ASKED = mark("asked, no answer yet")
REFUSED = mark("I could not ask: the question was refused here")
DROP_NUMBER = mark("Drop {number}")

KNEW = mark("Knew it")
SURPRISED = mark("Surprised")
AFFECTS = mark("Affects us")
EXPLAIN = mark("Explain")
NOTED = mark("Noted. Nobody sees that it was you; press again to take it back.")
TAKEN_BACK = mark("Taken back.")
SO_FAR = mark("So far: {counts}")
READ_ON = mark("This may explain it:")
READ_RELATED = mark("These briefings may explain it:")
AUTHOR_TOLD = mark("Its author is told that somebody would like to know more.")
NOTHING_TO_READ = mark("There is nothing more in the library. Ask in the thread.")
WANTED = mark("Somebody would like to know more")
TO_AUTHOR = mark(
    "A reader of “{title}” pressed Explain. Perhaps a sentence or two more, or a word in its"
    " thread, would help."
)

CORRECTED = mark("Corrected {time}")
CORRECTED_TITLE = mark("The briefing was corrected")
CHANGED_IN = mark("Figures, names or dates changed in {sections}.")
CHANGED_TITLE = mark("What changed")
WHAT_CHANGED = mark("What changed")
IN_TITLE = mark("title, date or sources")
TITLE_OR_BESIDE = mark("Title, date or sources")
NEW = mark("New:")
TAKEN_OUT = mark("Taken out:")
HOW = mark("Quoted: what it said before. Bold: what is new.")
NOTHING_CHANGED = mark("It reads as it did before.")


def on_day(sentence: str, when: date) -> str:
    """A sentence with a day in it."""
    return say(sentence).format(day=day(when))


def from_briefing(title: str) -> str:
    """Which briefing a line is from."""
    return say(FROM).format(title=title)


def to_author(title: str) -> str:
    """What an author is told."""
    return say(TO_AUTHOR).format(title=title)


def so_far(counts: str) -> str:
    """How often which signal was given."""
    return say(SO_FAR).format(counts=counts)


def corrected(at: datetime, zone: ZoneInfo, posted: date) -> str:
    """When a card was corrected: the local time, with the day where it is another one."""
    local = at.astimezone(zone)
    time = clock(local) if local.date() == posted else f"{day(local.date())}, {clock(local)}"
    return say(CORRECTED).format(time=time)


def changed_in(sections: str) -> str:
    """Where something that matters changed."""
    return say(CHANGED_IN).format(sections=sections)


def drop(number: int) -> str:
    """The label that drops a line of a list, by its number there."""
    return say(DROP_NUMBER).format(number=number)


def more_changes(number: int) -> str:
    """That more changed than is shown."""
    return count(
        "{number} more sentence changed: open the briefing to read it as it is now.",
        "{number} more sentences changed: open the briefing to read it as it is now.",
        number,
    )

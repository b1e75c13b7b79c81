"""Every sentence the bot says, in one place."""

from __future__ import annotations

from datetime import date

CONTINUED = "continued"
SOURCES = "Sources"
SHARE = "Share"
DISCUSS = "Discuss"
MORE = "More"
MORE_SECTIONS = "More sections"
UNTITLED = "The whole text"
NAMELESS = "Briefing without a title"
QUESTIONS = "Questions"
FIELDS = "About this briefing"
DID_YOU_MEAN = "Did you mean one of these?"
NO_MATCH = "No title, heading or text in the library has these words, or words like them."
BROWSE = (
    "/briefing alone shows today's briefing; a word of its title finds any other."
    " Browse with /briefing last week, /briefing 2026-11 or /briefing topic:NAME."
)
EMPTY_LIBRARY = (
    "The library is empty: put documents into the folders that BRIEFING_FOLDERS names, or bring"
    " some in with briefing-bot import."
)
STILL_READING = "The library is still being read: ask again in a moment for all of it."
NOTHING_THERE = "No briefing is there."
STALE_TITLE = "Not there any more"
STALE = "What this button showed has changed or left the library. Look it up with /briefing."
REPEATED_TITLE = "Done already"
REPEATED = "This came twice and was done once. /briefings list shows what holds."
BROKEN_TITLE = "That did not work"
BROKEN = "Something went wrong on my side, and it is written down. Please try again."
NOTHING_TODAY = "No briefing today"
DISCUSSION_IS = "The discussion is in the thread under the card: "
NO_DISCUSSION = "I know of no thread about this briefing here. Reply to this card to begin one."

LEFT = "what was posted here has left the library"
TAKEN_OUT = "The briefing was corrected, and this part was taken out."
TODAY = "Today's briefing"
COMING = "Next in your channels"
NOTHING_COMING = "None of your channels gets briefings yet: write /briefings subscribe in one."
TALKS = "Recent discussions"
NO_TALKS = "Nothing was posted in your channels lately."
SEARCH = "Find a briefing"
SEARCH_HINT = "A few words about it, then Enter"


def day(when: date) -> str:
    """A date as people say it: `Tue 24 Nov 2026`."""
    return f"{when:%a} {when.day} {when:%b %Y}"


def continued(title: str) -> str:
    """The title of what goes on with a message; what goes on further is called the same."""
    mark = f" ({CONTINUED})"
    return f"{title.removesuffix(mark)}{mark}"


def reading_time(minutes: int) -> str:
    """How long a briefing takes to read."""
    return f"{minutes} min read"


def about(query: str) -> str:
    """The title of a list of results."""
    return f"Briefings about “{query}”"


def nothing_about(query: str) -> str:
    """The title of an answer with no result."""
    return f"No briefing about “{query}”"


def nothing_today(reason: str) -> str:
    """Why there is no briefing today."""
    return f"There is none because {reason}."


def on_topic(topic: str) -> str:
    """The title of the briefings of a topic."""
    return f"Briefings on {topic}"


def of_days(first: date, last: date) -> str:
    """The title of the briefings of some days."""
    if first == last:
        return f"Briefings of {day(first)}"
    return f"Briefings from {day(first)} to {day(last)}"


def posted_here(when: date) -> str:
    """When a briefing was last posted in the channel."""
    return f"posted here on {day(when)}"


def results(first: int, last: int, total: int) -> str:
    """Which results a page shows."""
    return f"{first} to {last} of {total}"


def few_words(count: int) -> str:
    """That a question was too long."""
    return f"I read the first {count} characters of your question."

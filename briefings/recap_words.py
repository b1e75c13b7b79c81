"""What is said about discussions, in one place: recaps, what a team concluded, how it discusses."""

from __future__ import annotations

from datetime import timedelta

from briefings.tongue import count, mark, say

RECAP = mark("Recap")
MOST_REACTIONS = mark("Most reactions")
STILL_OPEN = mark("Still open")
SHARED = mark("Links people shared")
WRITE = mark("Write what we said")
SEE = mark("see it")
TAKEN_BACK = mark("What was said here is no longer kept.")
ALL_OF_IT = mark("The whole discussion")
WHAT_WE_SAID = mark("What we said")
HINT = mark("In your own words. Everybody here who looks this briefing up will read it.")
HEARS_NO_WORDS = mark(
    "But I cannot read replies here, so I keep no words. Whoever runs the bot can change that."
)
APPROVE = mark("Approve")
EDIT = mark("Edit")
EMPTY = mark("Write a sentence or two.")
IN_LIBRARY = mark("now in the library, with the briefing")
NOTHING_YET = mark("Nobody has written down yet what was said about this briefing.")
GONE_TITLE = mark("Not here any more")
GONE = mark("This discussion is no longer kept.")
OVERTAKEN = mark("Somebody else wrote a newer version meanwhile: press the button again to see it.")
MAY_NOT = mark("Only people who took part in the discussion can write this, and {managers}.")
MAY_NOT_ASK = mark(
    "Only people who took part in the discussion can ask for its recap, and {managers}."
)
POST = mark("Post in the thread")
POSTED = mark("The recap comes in the thread now.")
POSTED_BEFORE = mark("This recap is in the thread already.")
SAVED = mark("Done: /briefing shows it with “{title}” from now on.")

DISCUSSED = mark("Discussed here:")
DISCUSSED_BEFORE = mark("Discussed before:")
DISCUSSIONS = mark("Discussions here")
NONE_YET = mark("Nobody has discussed a briefing here yet: reply in the thread of a post.")
NONE_ABOUT = mark("No discussion here is about that. See all of them with /briefings discussed.")

MANNERS = mark("How this channel discusses")
OPENS = mark("Every post leads to a discussion.")
OPENS_NOT = mark("Posts have no Discuss button.")
NO_RECAP = mark("There are no recaps.")
RECAP_AT = mark("A recap comes at {time}, in the thread.")
RECAP_AT_HERE = mark("A recap comes at {time}, in the channel.")
RECAP_QUIET = mark("A recap comes after {stretch} of quiet, in the thread.")
RECAP_QUIET_HERE = mark("A recap comes after {stretch} of quiet, in the channel.")
SIGNALS = mark("Cards have buttons for quiet signals.")
NO_SIGNALS = mark("Cards have no buttons for quiet signals.")


def recap_of(title: str) -> str:
    """The title of a recap."""
    return say("Recap: {title}").format(title=title)


def took_part(replies: int, people: int) -> str:
    """`12 replies from 5 people`."""
    return say("{replies} from {people}").format(
        replies=replies_of(replies), people=count("{number} person", "{number} people", people)
    )


def replies_of(number: int) -> str:
    """`12 replies`."""
    return count("{number} reply", "{number} replies", number)


def reactions_of(number: int) -> str:
    """`5 reactions`."""
    return count("{number} reaction", "{number} reactions", number)


def and_more(number: int) -> str:
    """`and 3 more`, of people."""
    return count("and {number} more", "and {number} more", number)


def drew_the_talk(sections: str) -> str:
    """Which sections were talked about; `sections` has each with its number."""
    return say("What drew the talk: {sections}").format(sections=sections)


def what_we_said_of(title: str) -> str:
    """The title of what a team concluded."""
    return say("What we said: {title}").format(title=title)


def too_long(number: int, most: int) -> str:
    """That a text has no room."""
    return say("This has {number} characters: write at most {most}.").format(
        number=number, most=most
    )


def discussions_about(subject: str) -> str:
    """The title of a list of discussions."""
    return say("Discussions about “{subject}”").format(subject=subject)


def keeps_words(days: int) -> str:
    """That the words of replies are kept."""
    return count(
        "What people reply is kept for {number} day.",
        "What people reply is kept for {number} days.",
        days,
    )


def keeps_no_words(days: int) -> str:
    """That there is only note of who replied."""
    return count(
        "Only who replied is kept, for {number} day, and no words.",
        "Only who replied is kept, for {number} days, and no words.",
        days,
    )


def stretch_of(stretch: timedelta) -> str:
    """`4 hours`, `90 minutes`."""
    minutes = stretch // timedelta(minutes=1)
    if minutes % 60:
        return count("{number} minute", "{number} minutes", minutes)
    return count("{number} hour", "{number} hours", minutes // 60)

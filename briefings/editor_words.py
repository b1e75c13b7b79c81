"""What is said to those who write briefings and approve of them, in one place."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from briefings.owner_words import moment_in

NEW = "New briefing"
EDITED = "Edit briefing"
SECTIONS_TITLE = "Further sections"
TITLE = "Title"
TOPICS = "Topics"
HINT_TOPICS = "Several with commas: mobility, energy"
SOURCES = "Sources"
HINT_SOURCES = "One a line: a name, an address, or both"
HINT_TEXT = "Lists, **bold**, links and tables as in Markdown"
USUAL = ("What's Happening?", "Why It's Important?", "What's Next?", "Beyond the Headlines")
MORE = "More sections"
HINT_MORE = "Each begins with a line such as: ## Who Is Affected?"
STILL_MORE = "Still more sections"

LOOKS = "This is how it will look"
LOOKS_SENTENCE = "Nobody else sees it, and it is kept: go on whenever you like."
EDIT = "Edit"
SAVE = "Save"
APPROVE = "Approve"
HOLD = "Hold"
SWAP = "Another one"
OPEN = "Open"
SAVED_TITLE = "Saved"
UNKNOWN_TITLE = "Not here any more"
UNKNOWN_DRAFT = "This draft is not yours, or is no longer kept: write /briefings write."
UNKNOWN_BRIEFING = "This briefing is no longer in the library: look it up with /briefing."
NOT_YOURS_TITLE = "Not yours to change"
NOT_YOURS = (
    "A briefing is edited by whoever wrote it, by those who may manage the channel, and in the"
    " editors' channel when it is up for approval."
)
EMPTY = "Write at least one section."
NO_TITLE = "Give it a title of one line."
OVERTAKEN = (
    "Somebody saved another version meanwhile, and yours is kept as a draft: copy what you need"
    " from it, and press Edit below to go on from theirs."
)

APPROVAL_TITLE = "Approval"
NO_RULE = "The posts here need nobody's approval. To ask for it: /briefings approval #editors hold"
RULE_ENDED = "From now on the posts here need nobody's approval."
STALE_TITLE = "Not up for approval"
NOT_EDITORS = "Only the editors' channel decides on this."
STALE = "Another version is up for approval by now: see the newest message about it here."
TOO_LATE = "It is too late: its hour has come."
NO_OTHER = "There is no other briefing that may come then."
UNASKED = "nobody could approve of it before its hour"
SILENT = "nobody approved of it before its hour"
CHANGED = "it was changed after it was approved"


def kept_elsewhere(title: str, where: str) -> str:
    """That a document is edited where it comes from."""
    return f"“{title}” comes from {where}: edit it there, and every copy of it follows."


def saved(title: str, version: int) -> str:
    """That a draft is in the library."""
    which = "It is in the library" if version == 1 else f"Version {version} is in the library"
    return f"{which}: /briefing finds “{title}” from now on."


def unreadable(reason: str) -> str:
    """That the reader cannot make a briefing of a text."""
    return f"This cannot be read as a briefing: {reason}"


def nobody_knows(channel: str) -> str:
    """That no channel has a name."""
    return f"The bot is in no channel “{channel}”: invite it there, or write the channel's id."


def rule(channel: str, *, holds: bool) -> str:
    """What is agreed about approval."""
    silence = "is held" if holds else "goes out all the same"
    return (
        f"Every post here is shown in {channel} the evening before, at 17:00, and an hour before"
        f" at the latest. What nobody decides on {silence}."
    )


def asked(channel: str, due: datetime, zone: ZoneInfo, today: date) -> str:
    """For which channel and when something is to be approved."""
    return f"For {channel}: {moment_in(due, zone, today)}."


def silence(*, holds: bool) -> str:
    """What becomes of it if nobody says anything."""
    return f"If nobody decides, it {'is held' if holds else 'goes out as it is'}."


def decided(verdict: str, person: str, when: str) -> str:
    """`approved by U1, Mon 23 Nov, 17:02 in Berlin`."""
    return f"{verdict} by {person}, {when}"


def swapped(person: str, title: str, other: str) -> str:
    """That something else is up for approval."""
    return f"{person} asks for another one than “{title}”: “{other}” is shown here in a moment."


def up_for(editors: str) -> str:
    """That something is up for approval."""
    return f"is up for approval in {editors}"

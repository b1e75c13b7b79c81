"""What is said to those who write briefings and approve of them, in one place."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from briefings.intents import Verdict
from briefings.owner_words import moment_in
from briefings.tongue import mark, say

NEW = mark("New briefing")
EDITED = mark("Edit briefing")
SECTIONS_TITLE = mark("Further sections")
TITLE = mark("Title")
TOPICS = mark("Topics")
HINT_TOPICS = mark("Several with commas: mobility, energy")
SOURCES = mark("Sources")
HINT_SOURCES = mark("One a line: a name, an address, or both")
HINT_TEXT = mark("Lists, **bold**, links and tables as in Markdown")
USUAL = (
    mark("What's Happening?"),
    mark("Why It's Important?"),
    mark("What's Next?"),
    mark("Beyond the Headlines"),
)
MORE = mark("More sections")
HINT_MORE = mark("Each begins with a line such as: ## Who Is Affected?")
STILL_MORE = mark("Still more sections")

LOOKS = mark("This is how it will look")
LOOKS_SENTENCE = mark("Nobody else sees it, and it is kept: go on whenever you like.")
EDIT = mark("Edit")
PREVIEW = mark("Preview")
SAVE = mark("Save")
APPROVE = mark("Approve")
HOLD = mark("Hold")
SWAP = mark("Another one")
OPEN = mark("Open")
SAVED_TITLE = mark("Saved")
UNKNOWN_TITLE = mark("Not here any more")
UNKNOWN_DRAFT = mark("This draft is not yours, or is no longer kept: write /briefings write.")
UNKNOWN_BRIEFING = mark("This briefing is no longer in the library: look it up with /briefing.")
NOT_YOURS_TITLE = mark("Not yours to change")
NOT_YOURS = mark(
    "A briefing is edited by whoever wrote it, by those who may manage the channel, and in the"
    " editors' channel when it is up for approval."
)
EMPTY = mark("Write at least one section.")
NO_TITLE = mark("Give it a title of one line.")
OVERTAKEN = mark(
    "Somebody saved another version meanwhile, and yours is kept as a draft: copy what you need"
    " from it, and press Edit below to go on from theirs."
)

APPROVAL_TITLE = mark("Approval")
NO_RULE = mark(
    "The posts here need nobody's approval. To ask for it: /briefings approval #editors hold"
)
RULE_ENDED = mark("From now on the posts here need nobody's approval.")
STALE_TITLE = mark("Not up for approval")
NOT_EDITORS = mark("Only the editors' channel decides on this.")
STALE = mark("Another version is up for approval by now: see the newest message about it here.")
TOO_LATE = mark("It is too late: its hour has come.")
NO_OTHER = mark("There is no other briefing that may come then.")
UNASKED = mark("nobody could approve of it before its hour")
SILENT = mark("nobody approved of it before its hour")
CHANGED = mark("it was changed after it was approved")


TOO_MUCH = mark("This has {number} characters: write at most {most}.")
TOO_MANY_TOPICS = mark("Name at most {number} topics.")
DECIDED = {
    Verdict.APPROVE: mark("approved by {person}, {when}"),
    Verdict.HOLD: mark("held by {person}, {when}"),
}
DECIDED_ON = {
    Verdict.APPROVE: mark("“{title}” for {channel}, {due}: approved by {person}, {when}."),
    Verdict.HOLD: mark("“{title}” for {channel}, {due}: held by {person}, {when}."),
}
SILENCE_HOLDS = mark("If nobody decides, it is held.")
SILENCE_SENDS = mark("If nobody decides, it goes out as it is.")
RULE_HOLDS = mark(
    "Every post here is shown in {channel} the evening before, at 17:00, and an hour before at the"
    " latest. What nobody decides on is held."
)
RULE_SENDS = mark(
    "Every post here is shown in {channel} the evening before, at 17:00, and an hour before at the"
    " latest. What nobody decides on goes out all the same."
)


def kept_elsewhere(title: str, where: str) -> str:
    """That a document is edited where it comes from."""
    return say("“{title}” comes from {where}: edit it there, and every copy of it follows.").format(
        title=title, where=where
    )


def saved(title: str, version: int) -> str:
    """That a draft is in the library."""
    if version == 1:
        told = say("It is in the library: /briefing finds “{title}” from now on.")
    else:
        told = say("Version {version} is in the library: /briefing finds “{title}” from now on.")
    return told.format(title=title, version=version)


def unreadable(reason: str) -> str:
    """That the reader cannot make a briefing of a text."""
    return say("This cannot be read as a briefing: {reason}").format(reason=say(reason))


def nobody_knows(channel: str) -> str:
    """That no channel has a name."""
    return say(
        "The bot is in no channel “{channel}”: invite it there, or write the channel's id."
    ).format(channel=channel)


def rule(channel: str, *, holds: bool) -> str:
    """What is agreed about approval."""
    return say(RULE_HOLDS if holds else RULE_SENDS).format(channel=channel)


def asked(channel: str, due: datetime, zone: ZoneInfo, today: date) -> str:
    """For which channel and when something is to be approved."""
    when = moment_in(due, zone, today)
    return say("For {channel}: {when}.").format(channel=channel, when=when)


def silence(*, holds: bool) -> str:
    """What becomes of it if nobody says anything."""
    return say(SILENCE_HOLDS if holds else SILENCE_SENDS)


def swapped(person: str, title: str, other: str) -> str:
    """That something else is up for approval."""
    return say(
        "{person} asks for another one than “{title}”: “{other}” is shown here in a moment."
    ).format(person=person, title=title, other=other)


def up_for(editors: str) -> str:
    """That something is up for approval."""
    return say("is up for approval in {editors}").format(editors=editors)

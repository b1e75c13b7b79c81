"""What is said to those who ask for the bot's page."""

from __future__ import annotations

from briefings.tongue import mark

TITLE = mark("The bot's page")
OPEN = mark("Open the page")
ONCE = mark(
    "This link works once, within ten minutes. It shows you what goes out in {channel}, what is"
    " waiting, and what was discussed there."
)
SENT = mark("I sent you a link: look at your direct messages.")
UNSENT = mark(
    "I could not send you a direct message. Allow messages from this bot or server, then write"
    " /briefings page again."
)
NONE = mark("This bot has no page: ask the person who runs it to set BRIEFING_PAGE_PORT.")

"""The discussions' tables: threads, what was said there, signals, promises, and conclusions."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, Column, Date, Index, Integer, String, Table, Text

from bot.store.tables import Moment, metadata

discussion = Table(
    "discussion",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("thread", String(80), primary_key=True),
    Column("briefing", String(40), nullable=False),
    Column("title", Text, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("heard_at", Moment),
    Column("read_to", String(80)),
    Column("recapped_at", Moment),
    Column("link", Text),
    Index(None, "briefing"),
    Index(None, "platform", "channel", "opened_at"),
)
"""One row a thread about a briefing. `heard_at`: when somebody last said something; `read_to`: what
a reading of the thread goes on with that was interrupted, in the platform's own words."""

recollection = Table(
    "recollection",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("began_at", Moment, nullable=False),
    Column("threads", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("ended_at", Moment),
)
"""The newest round in which a platform's threads were read again: of so many, so many are done."""

contribution = Table(
    "contribution",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("message", String(80), primary_key=True),
    Column("thread", String(80), nullable=False),
    Column("person", String(80), nullable=False),
    Column("at", Moment, nullable=False),
    Column("section", Integer),
    Column("text", Text),
    Column("links", JSON, nullable=False),
    Column("wording", String(16)),
    Index(None, "platform", "channel", "thread", "at"),
)
"""What somebody said in a thread; `section` is what it answers, counted from 0. `text` and `links`
are kept where the channel allows it, with a digest of the text in `wording`; a message that is
deleted on its platform has no row."""

reaction = Table(
    "reaction",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("message", String(80), primary_key=True),
    Column("sign", String(80), primary_key=True),
    Column("person", String(80), primary_key=True),
    Column("count", Integer, nullable=False),
)
"""Reactions to messages; those whose people the platform does not name have the person ''."""

quoted_reply = Table(
    "quoted_reply",
    metadata,
    Column("subscription", String(200), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("message", String(80), primary_key=True),
    Column("platform", String(40), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("worded", Boolean, nullable=False),
    Column("wording", String(16)),
)
"""Which replies the recap of an edition quotes, whether with their words, and a digest of those."""

manners = Table(
    "manners",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("opens", String(10), nullable=False),
    Column("keeps_text", Boolean, nullable=False),
    Column("kept_days", Integer, nullable=False),
    Column("recap", String(20), nullable=False),
    Column("recap_in", String(10), nullable=False),
    Column("signals", Boolean, nullable=False),
)
"""How a channel discusses, where it chose otherwise than the bot would: one row a channel."""

signal = Table(
    "signal",
    metadata,
    Column("platform", String(40), primary_key=True),
    Column("channel", String(80), primary_key=True),
    Column("briefing", String(40), primary_key=True),
    Column("kind", String(10), primary_key=True),
    Column("who", String(64), primary_key=True),
    Column("day", Date, nullable=False),
)
"""Quiet signals; `who` is a keyed hash, so that nobody is counted twice and nobody is named."""

promise = Table(
    "promise",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("platform", String(40), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("thread", String(80)),
    Column("briefing", String(40), nullable=False),
    Column("section", Integer, nullable=False),
    Column("line", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("round", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "state", "due"),
    Index(None, "platform", "channel", "briefing"),
)
"""Lines of a briefing that a channel watches, and the day on which it asks what became of them."""

conclusion = Table(
    "conclusion",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("platform", String(40), nullable=False),
    Column("workspace", String(80), nullable=False),
    Column("channel", String(80), nullable=False),
    Column("thread", String(80), nullable=False),
    Column("briefing", String(40), nullable=False),
    Column("text", Text, nullable=False),
    Column("state", String(10), nullable=False),
    Column("person", String(80)),
    Column("version", Integer, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Index(None, "briefing", "state"),
)
"""What a team concluded from a discussion, each version in a row of its own: the first one is an
empty `draft`, the others are `approved` by a person. Its workspace may read it."""

"""What Discord's refusals mean, in sentences that are kept in English and told in any language."""

from __future__ import annotations

from briefings.tongue import mark

TITLE_BLOCKED, WORDS_BLOCKED, LINK_BLOCKED = 200001, 200000, 240000

SENTENCES = {
    10003: mark(
        "Channel {channel} is unknown to Discord: check DISCORD_CHANNELS and"
        " invite the bot to the channel's server."
    ),
    10004: mark(
        "Channel {channel} is in a server unknown to Discord: check DISCORD_CHANNELS and"
        " invite the bot to the channel's server."
    ),
    10008: mark("The message in channel {channel} is gone: somebody deleted it."),
    30033: mark("The thread in channel {channel} is full: ask somebody to leave it."),
    50001: mark(
        "The bot may not see channel {channel}: give it View Channel, Send"
        " Messages, Send Messages in Threads, Create Public Threads and Read Message History there."
    ),
    50008: mark("Channel {channel} takes no messages: name a text channel in DISCORD_CHANNELS."),
    50013: mark(
        "The bot may not write in channel {channel}: give it View Channel, Send"
        " Messages, Send Messages in Threads, Create Public Threads and Read Message History there."
    ),
    50024: mark("Channel {channel} has no threads: name a text channel in DISCORD_CHANNELS."),
    50083: mark("The thread in channel {channel} is archived: open it again."),
    160005: mark("The thread in channel {channel} is locked: unlock it."),
    160006: mark("The server of channel {channel} has too many open threads: close some."),
    200000: mark(
        "The server's AutoMod refuses the message for channel {channel}: change its words."
    ),
    200001: mark("The server's AutoMod refuses the title for channel {channel}: change its words."),
    240000: mark(
        "Discord's filter refuses a link in the message for channel {channel}: remove it."
    ),
}
"""What to do about a refusal, by its code.
https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""

TOKEN = mark("Discord does not know DISCORD_BOT_TOKEN any more: copy a new one.")
LATER = mark("Discord takes nothing for channel {channel} just now: wait {seconds} s.")
UNKNOWN = mark(
    "Whether channel {channel} got the message is unknown ({reason}): look before another try."
)
OTHERWISE = mark(
    "Discord refuses the message for channel {channel} ({status}, code {code}): {said}"
)

DELETED = mark("the channel was deleted")
REMOVED = mark("the bot was removed from the server")
HIDDEN = mark("the bot may not see the channel")
NOT_SHOWN = mark("Discord no longer shows the channel to the bot")
MUTE = mark("the bot may not post in the channel")
LACKS = mark("the bot lacks {permissions} there")

ALL = (
    *SENTENCES.values(), TOKEN, LATER, UNKNOWN, OTHERWISE, DELETED, REMOVED, HIDDEN, NOT_SHOWN,
    MUTE, LACKS,
)  # fmt: skip

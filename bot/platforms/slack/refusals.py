"""What Slack's refusals mean, in sentences that are kept in English and told in any language."""

from __future__ import annotations

from bot.platforms.slack import absence
from briefings.tongue import mark

_TOKEN = mark("SLACK_BOT_TOKEN is {error}: copy the bot token of the installed app again.")
_BLOCKED = mark(
    "An administrator restricts who may post in channel {channel}: ask to let the bot in."
)
_TOO_LONG = mark(
    "The message for channel {channel} is too long for Slack ({error}): shorten the part."
)
_GONE = mark(
    "The message in channel {channel} is gone, or not the bot's: nothing is left to correct."
)
SENTENCES = {
    "channel_not_found": mark(
        "Channel {channel} is unknown to Slack: check SLACK_CHANNELS and invite the bot to it."
    ),
    "not_in_channel": mark("The bot is not in channel {channel}: invite it there with /invite."),
    "is_archived": mark(
        "Channel {channel} is archived: unarchive it, or take it out of SLACK_CHANNELS."
    ),
    "restricted_action": _BLOCKED,
    "restricted_action_read_only_channel": _BLOCKED,
    "restricted_action_thread_only_channel": _BLOCKED,
    "restricted_action_non_threadable_channel": _BLOCKED,
    "missing_scope": mark(
        "The Slack app lacks a scope for channel {channel} ({needed}): add it under "
        "OAuth & Permissions and install the app again."
    ),
    "invalid_auth": _TOKEN,
    "not_authed": _TOKEN,
    "account_inactive": _TOKEN,
    "token_revoked": _TOKEN,
    "token_expired": _TOKEN,
    "msg_too_long": _TOO_LONG,
    "msg_blocks_too_long": _TOO_LONG,
    "message_not_found": _GONE,
    "cant_update_message": _GONE,
    "edit_window_closed": _GONE,
    "thread_not_found": mark(
        "The card in channel {channel} is gone: its thread takes no more parts."
    ),
}
"""What to do about a refusal, by Slack's name for it.
https://docs.slack.dev/reference/methods/chat.postMessage#errors"""

OTHERWISE = mark(
    "Slack refuses the message for channel {channel} ({error}): see the method's errors."
)
UNREACHED = mark("Slack cannot be reached for channel {channel}: is it online?")
SLOWER = mark("Slack wants the bot to slow down in channel {channel}.")
UNKNOWN = mark(
    "Slack did not confirm the message for channel {channel} ({why}): look before sending."
)

ALL = (*SENTENCES.values(), OTHERWISE, UNREACHED, SLOWER, UNKNOWN, *absence.ALL)

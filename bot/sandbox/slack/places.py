"""What becomes of channels: archived, deleted, renamed; the bot is invited, or removed.

https://docs.slack.dev/reference/events
"""

from __future__ import annotations

from bot.sandbox.side import Json
from bot.sandbox.slack import events
from bot.sandbox.slack.slack import Slack
from bot.sandbox.slack.workspace import Channel, Person


class Places:
    """What people do to channels; the app is told where it subscribed to that."""

    def __init__(self, slack: Slack) -> None:
        self._slack = slack

    def archive(self, channel: Channel, person: Person) -> None:
        """https://docs.slack.dev/reference/events/channel_archive"""
        channel.archived = True
        self._tell({"type": "channel_archive", "channel": channel.id, "user": person.id})

    def unarchive(self, channel: Channel, person: Person) -> None:
        """https://docs.slack.dev/reference/events/channel_unarchive

        The members come back, but apps do not always: the bot may have to be invited anew.
        """
        channel.archived = False
        self._tell({"type": "channel_unarchive", "channel": channel.id, "user": person.id})

    def delete(self, channel: Channel) -> None:
        """https://docs.slack.dev/reference/events/channel_deleted"""
        del self._slack.workspace.channels[channel.id]
        self._tell({"type": "channel_deleted", "channel": channel.id})

    def rename(self, channel: Channel, name: str) -> None:
        """https://docs.slack.dev/reference/events/channel_rename"""
        channel.name = name
        renamed: Json = {"id": channel.id, "name": name, "created": 1700000000}
        self._tell({"type": "channel_rename", "channel": renamed})

    def remove_bot(self, channel: Channel) -> None:
        """https://docs.slack.dev/reference/events/channel_left"""
        channel.members.discard(self._slack.workspace.app.user)
        self._tell({"type": "channel_left", "channel": channel.id, "actor_id": "U0ALICE001"})

    def invite_bot(self, channel: Channel, person: Person) -> None:
        """https://docs.slack.dev/reference/events/member_joined_channel"""
        workspace = self._slack.workspace
        channel.members.add(workspace.app.user)
        joined: Json = {
            "type": "member_joined_channel",
            "user": workspace.app.user,
            "channel": channel.id,
            "channel_type": "C",
            "team": workspace.team.id,
            "inviter": person.id,
        }
        self._tell(joined)

    def _tell(self, event: Json) -> None:
        self._slack.workspace.changes.ring()
        if events.subscription(event) in self._slack.subscribed:
            stamped = event | {"event_ts": self._slack.workspace.stamp()}
            self._slack.delivery.announce(events.wrap(self._slack.workspace, stamped))

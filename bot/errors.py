"""What can go wrong, as one sentence that names the thing and says what to do.

BriefingBotError
├── SettingError        a setting is missing, unknown or wrong
├── FileError           a file cannot be read as a briefing
├── PlatformError       a platform does not let the bot in
├── StoreError          the database does not answer just now
├── Overtaken           another worker made the move first
└── PostError           a message was not sent, or not surely
    ├── PostRefused     never try again as it is; tell the owner
    │   ├── ChannelLost nothing at all can be posted there, for now
    │   └── TitleRefused it is the title alone that is not taken
    ├── PostDelayed     not sent; try again after `seconds`
    └── PostUnknown     perhaps sent; look before sending again
"""

from __future__ import annotations


class BriefingBotError(Exception):
    """The root of the bot's own errors; its text is fit for people to read."""


class SettingError(BriefingBotError):
    """A setting is missing, unknown or wrong."""


class FileError(BriefingBotError):
    """A file cannot be read as a briefing."""


class PlatformError(BriefingBotError):
    """A platform does not let the bot in."""


class StoreError(BriefingBotError):
    """The database does not answer just now; what was begun goes on when it is back."""


class Overtaken(BriefingBotError):
    """Another worker has this work in hand: leave it alone."""


class PostError(BriefingBotError):
    """A message was not sent, or not surely."""


class PostRefused(PostError):
    """The platform refuses the message for good: another try would be refused as well."""


class ChannelLost(PostRefused):
    """Nothing can be posted in the channel, whatever it is; `reason` completes "because …"."""

    def __init__(self, sentence: str, reason: str) -> None:
        super().__init__(sentence)
        self.reason = reason


class TitleRefused(PostRefused):
    """The platform takes what is sent, but not under this title: another one may be taken."""


class PostDelayed(PostError):
    """The message was surely not sent and may be sent after `seconds`."""

    def __init__(
        self, sentence: str, seconds: float, *, limited: bool = False, everything: bool = False
    ) -> None:
        """`limited` where the platform said so: the bot sent too fast; `everything` where that is
        true of all channels together."""
        super().__init__(sentence)
        self.seconds = seconds
        self.limited = limited
        self.everything = everything


class PostUnknown(PostError):
    """Nobody knows whether the message was sent: read the channel back before another try."""

"""What Discord allows, each number with its source."""

from __future__ import annotations

from bot.platforms.port import Rate, Rates

COMPONENTS = 40
"""Components of a message, nested ones included.
https://discord.com/developers/docs/change-log (2025-04-29)"""

TEXT = 4_000
"""Code points over all text displays of a message.
https://github.com/discord/discord-api-docs/pull/8562"""

TEXT_BYTES = 10_000
"""UTF-8 bytes over all text displays, each with `DISPLAY_BYTES` on top; 10,170 were measured as
the last good sum, more is answered with 500. https://github.com/discord/discord-api-docs/issues/8554"""

DISPLAY_BYTES = 12
"""What each text display adds to the sum of bytes. Same source."""

MEDIA = 60
"""Pictures of a message; above 64 the API answered 500.
https://github.com/discord/discord-api-docs/issues/7528"""

GALLERY = 10
"""Pictures in a media gallery. https://discord.com/developers/docs/components/reference"""

ALT = 1_024
"""Code points of a picture's description. Same source."""

ROW = 5
"""Buttons in an action row. Same source."""

ROWS = 5
"""Action rows of a message that is not made of components alone. Same source."""

CUSTOM_ID = 100
"""Code points of the id of a button or a menu. Same source."""

OPTIONS = 25
"""Options of a menu, which has an action row of its own.
https://discord.com/developers/docs/components/reference#string-select"""

OPTION_TEXT = 100
"""Code points of an option's label, of its description, and of its value. Same source."""

PLACEHOLDER = 150
"""Code points of what stands in a menu before something is picked. Same source."""

EMBEDS = 10
"""Embeds of a message. https://discord.com/developers/docs/resources/message#embed-object"""

EMBED_TEXT = 4_096
"""Code points of an embed's description.
https://discord.com/developers/docs/resources/message#embed-object-embed-limits"""

EMBED_TOTAL = 6_000
"""Code points over all embeds of a message. Same source."""

PICTURED = 8
"""Our own: pictures of a message that are shown by embeds, each in one; the others are links."""

LABEL = 80
"""Code points of a button's label. Same source."""

THREAD_NAME = 100
"""Code points of a thread's name. https://discord.com/developers/docs/resources/channel"""

ARCHIVE_MINUTES = 10_080
"""The longest silence after which a thread leaves the channel list. Same source."""

APPLIED_TAGS = 5
"""Tags of a post in a forum. https://discord.com/developers/docs/resources/channel"""

CHOICES = 25
"""Choices that autocompletion may offer.
https://discord.com/developers/docs/interactions/application-commands"""

CHOICE = 100
"""Code points of a choice's name, and of its value. Same source."""

HISTORY = 100
"""Messages in one page of a channel's history.
https://discord.com/developers/docs/resources/message"""

IS_COMPONENTS_V2 = 1 << 15
"""Flag: the message is made of components alone. Same source."""

SUPPRESS_EMBEDS = 1 << 2
"""Flag: no link unfurls. Same source."""

EPHEMERAL = 1 << 6
"""Flag: only the asker sees the answer. Same source."""

TITLE = 256
"""Our own: code points of a title drawn as the heading of every page; a longer one is written out
as text of the first page."""

LINK = 1_000
"""Our own: code points of an address that is still drawn, so that every page has room for it."""

TABLE_COLUMNS = 56
"""Our own: columns of a table drawn in a code block; a wider one wraps on a laptop's window."""

HISTORY_PAGES = 20
"""Our own: pages that one look back reads at most."""

RATES = Rates(
    overall=Rate(48, 1.0),  # the two that are left are for answers
    channel=Rate(5, 5.0),
    reading=Rate(10, 1.0),
    opening=2,
    ceiling=Rate(50, 1.0),
)
"""https://discord.com/developers/docs/topics/rate-limits#global-rate-limit; Discord tells the rate
of a channel in headers alone: https://github.com/discord/discord-api-docs/issues/20"""

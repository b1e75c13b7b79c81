"""Discord's limits, each with its source; "schema" is its OpenAPI file.

The schema: https://github.com/discord/discord-api-spec (openapi.json).
"""

from __future__ import annotations

# Messages: https://discord.com/developers/docs/resources/message
CONTENT = 2000  # the schema says 4000, which holds for people with Nitro, not for bots
EMBEDS = 10
NONCE = 25
NONCE_REMEMBERED = 180.0
"""Seconds; the documents say "in the past few minutes"."""
MENTIONED = 100
ATTACHMENTS = 10
HISTORY = 100
STICKERS = 3

# Embeds: https://discord.com/developers/docs/resources/message#embed-object-embed-limits
EMBED_TITLE = 256
EMBED_DESCRIPTION = 4096
EMBED_FIELDS = 25
EMBED_FIELD_NAME = 256
EMBED_FIELD_VALUE = 1024
EMBED_FOOTER = 2048
EMBED_AUTHOR = 256
EMBED_TOTAL = 6000
EMBED_URL = 2048  # schema: RichEmbed
COLOR = 0xFFFFFF

# Components: https://discord.com/developers/docs/components/reference
COMPONENTS = 40
ROWS = 5
ROW_BUTTONS = 5
CUSTOM_ID = 100
BUTTON_LABEL = 80
BUTTON_URL = 512
SELECT_OPTIONS = 25
SELECT_TEXT = 100
PLACEHOLDER = 150
SECTION_TEXTS = 3
GALLERY = 10
ALT_TEXT = 1024
MEDIA_URL = 2048  # schema: UnfurledMediaRequest
EMOJI_NAME = 32  # schema: ComponentEmojiForRequest
DISPLAYED_TEXT = 4000  # https://github.com/discord/discord-api-docs/pull/8562
DISPLAYED_BYTES = 10_170  # https://github.com/discord/discord-api-docs/issues/8554
DISPLAY_OVERHEAD = 12  # bytes a Text Display; same source

# Modals: https://discord.com/developers/docs/interactions/receiving-and-responding
MODAL_TITLE = 45
MODAL_PARTS = 5
TEXT_INPUT = 4000
"""https://discord.com/developers/docs/components/reference#text-input"""

# Threads: https://discord.com/developers/docs/resources/channel
CHANNEL_NAME = 100
ARCHIVE_MINUTES = (60, 1440, 4320, 10080)
SLOWMODE = 21_600
APPLIED_TAGS = 5

# Commands: https://discord.com/developers/docs/interactions/application-commands
COMMANDS = {1: 100, 2: 15, 3: 15}
COMMAND_NAME = 32
COMMAND_DESCRIPTION = 100
OPTIONS = 25
CHOICES = 25
CHOICE_NAME = 100
CHOICE_VALUE = 100
COMMAND_TOTAL = 8000
OPTION_LENGTH = 6000
CREATES_A_DAY = 200

# Interactions: https://discord.com/developers/docs/interactions/receiving-and-responding
ANSWER_WITHIN = 3.0
TOKEN_LIVES = 900.0

# The gateway: https://discord.com/developers/docs/events/gateway
HEARTBEAT = 41.25
SENT_A_MINUTE = 120
SENT_BYTES = 4096
IDENTIFIES_A_DAY = 1000
RESUMABLE = 180.0
"""Seconds; the documents name no number."""

# Rates: https://discord.com/developers/docs/topics/rate-limits
GLOBAL_A_SECOND = 50
INVALID_IN_TEN_MINUTES = 10_000

FOLLOW_UPS = 5
"""Messages after an answer where only a person installed the application.
https://discord.com/developers/docs/interactions/receiving-and-responding#create-followup-message"""

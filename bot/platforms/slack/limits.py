"""Slack's limits, each with its source; sizes count Unicode code points."""

from __future__ import annotations

from bot.platforms.port import Rate, Rates

BLOCKS = 45
"""Blocks that we put into a message; Slack takes 50.
https://docs.slack.dev/reference/block-kit/blocks"""

VIEW_BLOCKS = 100
"""https://docs.slack.dev/reference/views"""

HOME_ASKED = 60
"""Our own: blocks of a Home tab for what was asked for; the rest comes as direct messages."""

CHARACTERS = 11_000
"""Characters of all blocks and of the notification in one message. Slack has an undocumented
total near 13,200. https://github.com/slackapi/bolt-js/issues/2509"""

WEIGHT = 12_500
"""Code points of the blocks as compact JSON, tables by their text alone. The undocumented total
counts structure too: 11,341 characters of text in many small pieces were refused.
https://github.com/slackapi/bolt-js/issues/2509"""

TEXT = 4_000
"""Characters of the top-level text, which is the notification.
https://docs.slack.dev/reference/methods/chat.postMessage"""

TITLE = 500
"""Characters of a title that every page repeats; escaped, it still leaves room in `TEXT`."""

HEADER = 150
"""https://docs.slack.dev/reference/block-kit/blocks/header-block"""

TEXT_OBJECT = 3_000
"""https://docs.slack.dev/reference/block-kit/composition-objects/text-object"""

CONTEXT_ELEMENTS = 10
"""https://docs.slack.dev/reference/block-kit/blocks/context-block"""

BUTTONS = 25
"""Elements of an actions block.
https://docs.slack.dev/reference/block-kit/blocks/actions-block"""

OPTIONS = 100
"""Options of a menu.
https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""

OPTION_TEXT = 75
"""Code points of an option's text, and of its description.
https://docs.slack.dev/reference/block-kit/composition-objects/option-object"""

OPTION_VALUE = 150
"""Same source."""

PLACEHOLDER = 150
"""Code points of what stands in a menu before something is picked.
https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element"""

TABLE_ROWS = 100
"""Rows of a table, its head included.
https://docs.slack.dev/reference/block-kit/blocks/table-block"""

TABLE_COLUMNS = 20
"""https://docs.slack.dev/reference/block-kit/blocks/table-block"""

TABLE_TEXT = 10_000
"""Characters of all cells in a message.
https://github.com/vellum-ai/vellum-assistant/pull/36219"""

TABLES = 1
"""Tables in one message. https://docs.slack.dev/reference/block-kit/blocks/table-block"""

ALT_TEXT = 2_000
"""https://docs.slack.dev/reference/block-kit/blocks/image-block"""

URL = 3_000
"""https://docs.slack.dev/reference/block-kit/blocks/image-block"""

INDENT = 8
"""How deep a list may be indented.
https://docs.slack.dev/tools/node-slack-sdk/reference/types/interfaces/RichTextList"""

RESPONSES = 5
"""Messages that one `response_url` takes, within 30 minutes.
https://docs.slack.dev/interactivity/handling-user-interaction"""

HISTORY_PAGE = 15
"""Messages that one look back at a channel may ask for, by the strictest rule.
https://docs.slack.dev/reference/methods/conversations.history"""

HISTORY_PAGES = 60
"""Our own: pages that one look back reads at most."""

RATES = Rates(
    overall=Rate(97, 10.0),  # of "several hundred messages per minute": six hundred, less a margin
    channel=Rate(1, 1.05),
    reading=Rate(48, 60.0),
    ceiling=Rate(100, 10.0),
)
"""https://docs.slack.dev/apis/web-api/rate-limits,
https://docs.slack.dev/reference/methods/conversations.history (tier 3)"""

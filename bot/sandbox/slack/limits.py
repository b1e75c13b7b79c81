"""The numbers of the platform, each with the address where it is written."""

ACK_SECONDS = 3.0
"""https://docs.slack.dev/tools/bolt-python/concepts/acknowledge"""

SOCKETS_MAX = 10
"""https://docs.slack.dev/apis/events-api/using-socket-mode"""

TRIGGER_SECONDS = 3.0
"""https://docs.slack.dev/interactivity/handling-user-interaction"""

RESPONSE_USES = 5
RESPONSE_SECONDS = 30 * 60.0
"""https://docs.slack.dev/interactivity/handling-user-interaction"""

TEXT_MAX = 40_000
"""Slack cuts longer texts; the sandbox refuses them, for nothing may be cut.
https://docs.slack.dev/reference/methods/chat.postMessage"""

UPDATE_TEXT_MAX = 4_000
"""Longer is `msg_too_long`: https://docs.slack.dev/reference/methods/chat.update"""

MARKDOWN_TEXT_MAX = 12_000
ATTACHMENTS_MAX = 100
"""https://docs.slack.dev/reference/methods/chat.postMessage"""

METADATA_MAX = 8_000
"""Characters of metadata as JSON. Slack says `metadata_too_large` without saying what is too
large; this bound is ours."""

HISTORY_MAX = 999
"""https://docs.slack.dev/reference/methods/conversations.history"""

SCARCE_PAGE = 15
"""Messages of a page, for apps that many workspaces install and the Marketplace does not have.
https://docs.slack.dev/reference/methods/conversations.replies"""

VIEW_BYTES_MAX = 250_000
"""Larger is `view_too_large`: https://docs.slack.dev/reference/methods/views.open"""

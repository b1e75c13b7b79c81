"""Words that a platform must not take for its own markup."""

from __future__ import annotations

HOSTILE: tuple[str, ...] = (
    "<!channel> <!here> <!everyone> <!subteam^S0123ABCD>",
    "<@U0ALICE001> <#C0DAILY01> <@123456789012345678> <@&123456789012345678>",
    "@here @everyone @channel @briefing",
    "<https://evil.example|https://good.example> [good.example](https://evil.example)",
    "&lt;!channel&gt; &amp;lt;!here&amp;gt;",
    "https://evil.example/leak?team=secret",
    "*bold* _italic_ ~struck~ `code` ```block``` ||spoiler|| > quote",
    "# heading\n-# small\n> quote\n- item\n1. one\n```\ncode\n```",
    "<t:1700000000:R> <:smile:123456789012345678> </briefing:123456789012345678> :tada:",
    "<!date^1392734382^{date}|fallback> discord.gg/evil \\* \\\\",
    "a zero\u200bwidth, a \u202eright to left, a family 👨‍👩‍👧‍👦, an É, a 漢字",
)
"""Text that would ping, link, fake or format if a platform took it for its own markup."""

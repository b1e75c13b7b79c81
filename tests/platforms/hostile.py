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

MARKED: tuple[str, ...] = (
    "&lt;@U0ALICE001&gt; &lt;!subteam^S0123ABCD&gt; &#60;!channel&#62; &#x3c;#C0DAILY01&#x3e;",
    "\\<!channel\\> \\&lt;!here&gt; <!cha\u200bnnel> <\u2060!everyone> @\u200deveryone",
    "[https://good.example](https://evil.example) <https://evil.example> <mailto:a@evil.example>",
    "<a href='https://evil.example'>good.example</a> <b>@everyone</b> <i>&lt;!here&gt;</i>",
    "[@everyone](https://evil.example) [<@U0ALICE001>](https://evil.example) ![@here](https://a.b)",
    "https://discord.gg/evil [discord.gg/evil](https://discord.gg/evil) discord.com/invite/evil",
    "**<!channel>** _@here_ `<@U0ALICE001>` ~~@everyone~~ **@every**one <**!here**>",
    "<:a:123456789012345678> <a:b:123456789012345678> <id:customize> </go:123456789012345678>",
    "[x]: https://evil.example '@everyone'\n[x] [<!here>][x]",
    "\u202e@everyone\u202c \u2066<!channel>\u2069 \u200f<#C0DAILY01> \U000e0041@here",
    "<https://evil.example|@everyone> <https://evil.example|https://good.example>",
    "https://good.example@evil.example https:\\\\evil.example http://[::1]/ //evil.example",
)
"""The same for the formats of documents: escaped, masked, split, hidden in their own markup."""

"""How the page draws Block Kit and Components V2, and that nothing in them can run."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from bot.sandbox.side import Json
from tests.page.payloads import DISCORD_EMBED, DISCORD_PART, SLACK_PART, rich, text
from tests.page.stage import Stage, message

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

HOSTILE = (
    '<img src="https://evil.example/x.png" onerror="window.hacked=1">'
    "<script>window.hacked=1</script>"
)
TRAP = "javascript:window.hacked=1"


async def test_slack_blocks_are_drawn(page: Page, slack: Stage) -> None:
    slack.show(message("1", SLACK_PART))
    await page.goto("/#slack")
    drawn = page.locator(".slack article .body")
    await expect(drawn.locator("ul > li")).to_have_text(
        ["Global ESG Advisory Alliance", "Ten technologies, hybrid engines"]
    )
    await expect(drawn.locator("ol[data-level='1'] > li")).to_have_count(2)
    await expect(drawn.locator("blockquote").first).to_contain_text("Co-Create • Co-Define")
    await expect(drawn.locator("pre")).to_have_text("co2 = 0\nassert green")
    await expect(drawn.locator("code").first).to_have_text("make demo")
    await expect(drawn.get_by_role("columnheader")).to_have_text(["Model", "Range"])
    await expect(drawn.get_by_role("row")).to_have_count(3)
    picture = drawn.get_by_role("img", name="The hall in Wuhu on the first morning")
    await expect(picture).to_contain_text("not loaded from images.example.org")
    report = drawn.get_by_role("link", name="the report")
    await expect(report).to_have_attribute("href", "https://example.org/a?b=1&c=2")
    await expect(drawn).to_contain_text("& tell @alice: bold, slanted, gone, code 🎉")
    await expect(drawn.locator("s")).to_have_text("gone")


async def test_discord_markdown_is_drawn(page: Page, discord: Stage) -> None:
    discord.show(message("1", DISCORD_PART))
    await page.goto("/#discord")
    drawn = page.locator(".discord article .body")
    await expect(drawn.get_by_role("heading")).to_have_text("Why It's Important?")
    await expect(drawn.locator("ul > li")).to_have_count(3)
    await expect(drawn.locator("ul ul > li")).to_have_text("fifth generation")
    await expect(drawn.locator("ol > li")).to_have_text(["one", "two"])
    await expect(drawn.locator("blockquote")).to_contain_text("— the theme")
    await expect(drawn.locator("pre")).to_have_text("co2 = 0\nassert green")
    report = drawn.get_by_role("link", name="the report")
    await expect(report).to_have_attribute("href", "https://example.org/a_(b)")
    await expect(drawn.locator("u")).to_have_text("underlined")
    spoiler = drawn.get_by_role("button", name="Spoiler")
    await spoiler.click()
    await expect(spoiler).to_have_attribute("aria-pressed", "true")
    bar = drawn.locator(".container")
    assert await bar.evaluate("x => x.style.getPropertyValue('--accent')") == "#3b82f6"


async def test_a_discord_embed_is_drawn(page: Page, discord: Stage) -> None:
    discord.show(message("1", DISCORD_EMBED))
    await page.goto("/#discord")
    embed = page.locator(".discord .embed")
    await expect(embed.get_by_role("link", name="What's Next?")).to_be_visible()
    await expect(embed).to_contain_text("UNICEF, IUCN")
    await expect(embed.locator("time")).to_have_text("1 January 2026")
    discord.show(message("1", {**DISCORD_EMBED, "flags": 1 << 2, "content": "words"}))
    await expect(embed).to_have_count(0)


MARKDOWN = (
    ("**bold *both***", "<strong>bold <em>both</em></strong>"),
    (r"\*plain\* \[no](https://a.example)", "*plain* [no]("),
    ("snake_case_name", "snake_case_name"),
    ("2 * 3 * 4", "2 * 3 * 4"),
    ("`**raw**`", "<code>**raw**</code>"),
    ("~~gone~~", "<s>gone</s>"),
    ("<@1001> <#2> @everyone", '<span class="mention">@alice</span>'),
    ("</briefing:42>", '<span class="mention">/briefing</span>'),
    ("**unclosed", "**unclosed"),
    ("-# small", '<p class="subtext">small</p>'),
    ("#nohash", "#nohash"),
    (">>> one\ntwo", "<blockquote>"),
    ("> > one", '<blockquote><div class="text">&gt; one</div></blockquote>'),
    ("> ```\n> a = 1\n> ```\nafter", "<blockquote><pre><code>a = 1</code></pre></blockquote>"),
    ("see ```a``` there", "<pre><code>a</code></pre>"),
    ("```never closed", "```never closed"),
    ("<t:0:D>", "1 January 1970"),
    ("3. three\n4. four", '<ol start="3">'),
    ("- one\n  more\n- two", "<li>one\nmore</li>"),
)
MRKDWN = (
    ("*bold* and _slanted_", "<strong>bold</strong> and <em>slanted</em>"),
    ("2*3*4 snake_case_name", "2*3*4 snake_case_name"),
    ("&lt;b&gt; &amp;amp;", "&lt;b&gt; &amp;amp;"),
    ("<!here> &lt;!here&gt;", '<span class="mention loud">@here</span> &lt;!here&gt;'),
    ("<#C2>", '<span class="mention">#general</span>'),
    ("```a\n*b*```", "<pre>a\n*b*</pre>"),
    ("&gt; one\ntwo", "<blockquote>one</blockquote>two"),
    ("<!date^0^{date}|then>", '<time title="{date}">then</time>'),
    (":tada: :nothing_known:", "🎉 :nothing_known:"),
)


async def test_discord_reads_markdown_as_discord_does(page: Page, discord: Stage) -> None:
    discord.show(*(message(str(at), {"content": said}) for at, (said, _) in enumerate(MARKDOWN)))
    await page.goto("/#discord")
    await reads(page, ".discord article .body", MARKDOWN)


async def test_slack_reads_mrkdwn_as_slack_does(page: Page, slack: Stage) -> None:
    slack.show(*(message(str(at), {"text": said}) for at, (said, _) in enumerate(MRKDWN)))
    await page.goto("/#slack")
    await reads(page, ".slack article .body", MRKDWN)


async def reads(page: Page, where: str, samples: tuple[tuple[str, str], ...]) -> None:
    bodies = page.locator(where)
    await expect(bodies).to_have_count(len(samples))
    drawn = await bodies.evaluate_all("bodies => bodies.map(body => body.innerHTML)")
    wrong = [
        (said, html)
        for (said, wanted), html in zip(samples, drawn, strict=True)
        if wanted not in html
    ]
    assert wrong == []


SLACK_TRAPS: tuple[Json, ...] = (
    {"text": HOSTILE},
    {"text": f"<{TRAP}|press me>"},
    {"blocks": [{"type": "header", "text": {"type": "plain_text", "text": HOSTILE}}]},
    {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": f"<{TRAP}|x> {HOSTILE}"}}]},
    {"blocks": [rich({"type": "rich_text_section", "elements": [text(HOSTILE)]})]},
    {
        "blocks": [
            rich(
                {
                    "type": "rich_text_section",
                    "elements": [{"type": "link", "url": TRAP, "text": "press me"}],
                }
            )
        ]
    },
    {"blocks": [{"type": "image", "image_url": "https://evil.example/x.png", "alt_text": HOSTILE}]},
    {"blocks": [{"type": HOSTILE}]},
    {"blocks": [{"type": "constructor"}]},
    {"attachments": [{"color": "red;}*{display:none", "text": HOSTILE}]},
)
DISCORD_TRAPS: tuple[Json, ...] = (
    {"content": HOSTILE},
    {"content": f"[press me]({TRAP}) <{TRAP}>"},
    {"components": [{"type": 10, "content": HOSTILE}]},
    {"components": [{"type": 99}, {"type": "constructor"}]},
    {
        "components": [
            {"type": 1, "components": [{"type": 2, "style": 5, "label": HOSTILE, "url": TRAP}]}
        ]
    },
    {
        "components": [
            {
                "type": 12,
                "items": [{"media": {"url": "https://evil.example/x.png"}, "description": HOSTILE}],
            }
        ]
    },
    {"embeds": [{"title": HOSTILE, "url": TRAP, "image": {"url": "https://evil.example/x.png"}}]},
)


async def test_nothing_that_slack_shows_can_run(page: Page, slack: Stage) -> None:
    slack.show(*(message(str(at), body) for at, body in enumerate(SLACK_TRAPS)))
    await page.goto("/#slack")
    await expect(page.locator(".slack article .body")).to_have_count(len(SLACK_TRAPS))
    await harmless(page, ".slack .channel .log")


async def test_nothing_that_discord_shows_can_run(page: Page, discord: Stage) -> None:
    discord.show(*(message(str(at), body) for at, body in enumerate(DISCORD_TRAPS)))
    await page.goto("/#discord")
    await expect(page.locator(".discord article .body")).to_have_count(len(DISCORD_TRAPS))
    await harmless(page, ".discord .channel .log")


async def test_names_of_channels_and_people_cannot_run(page: Page, slack: Stage) -> None:
    slack.show(message("1", {"text": "x"}, author={"id": "7", "name": HOSTILE}))
    await page.goto("/#slack")
    await expect(page.locator(".slack article")).to_have_count(1)
    await harmless(page, ".slack .channel .log")


async def harmless(page: Page, where: str) -> None:
    drawn = page.locator(where)
    await expect(drawn).to_be_visible()
    assert await page.evaluate("window.hacked") is None
    assert await drawn.locator("script, img, iframe, [onerror]").count() == 0
    assert await drawn.locator("a[href^='javascript']").count() == 0
    for pressable in await drawn.get_by_text("press me").all():
        await pressable.click()
    assert await page.evaluate("window.hacked") is None

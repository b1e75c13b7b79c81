"""What in a message would ping, mislead or unfurl."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.slack.liveness import live_parts
from tests.sandbox.slack.served import rich, section

FOLDED = {"unfurl_links": False, "unfurl_media": False}


def _markdown(text: str) -> Any:
    return {"type": "markdown", "text": text}


@pytest.mark.parametrize(
    ("body", "live"),
    [
        ({"text": "<!channel> look"}, "pings !channel"),
        ({"text": "<!subteam^S1>"}, "pings !subteam^S1"),
        ({"text": "<@U0ALICE001>"}, "pings user U0ALICE001"),
        ({"text": "see <#C0DAILY01|daily>"}, "links channel C0DAILY01"),
        ({"text": "@here", "link_names": True}, "pings @here"),
        ({"text": "<https://evil.com|https://good.com>"}, "link to evil.com says good.com"),
        ({"text": "", "blocks": [section("<!here>", verbatim=True)]}, "pings !here"),
        ({"text": "", "blocks": [section("@here")]}, "pings @here"),
        ({"text": "", "blocks": [section("in #general")]}, "links channel #general"),
        ({"text": "", "blocks": [_markdown("<!everyone>")]}, "pings !everyone"),
        (
            {"text": "", "blocks": [_markdown("[good.com](https://evil.com)")]},
            "link to evil.com says good.com",
        ),
        (
            {"text": "", "blocks": [rich({"type": "broadcast", "range": "channel"})]},
            "pings broadcast channel",
        ),
        (
            {"text": "", "blocks": [rich({"type": "user", "user_id": "U1"})]},
            "pings user U1",
        ),
        (
            {"text": "", "blocks": [rich({"type": "usergroup", "usergroup_id": "S1"})]},
            "pings usergroup S1",
        ),
        (
            {
                "text": "",
                "blocks": [
                    rich({"type": "link", "url": "https://evil.com", "text": "www.good.com"})
                ],
            },
            "link to evil.com says www.good.com",
        ),
        ({"text": "", "attachments": [{"text": "<!channel>"}]}, "pings !channel"),
    ],
)
def test_live_parts_are_found(body: Any, live: str) -> None:
    assert live_parts({**body, **FOLDED}) == [live]


@pytest.mark.parametrize(
    "body",
    [
        {"text": "&lt;!channel&gt; and me@here.com, 5 < 6 > 4, @here"},
        {"text": "", "blocks": [section("&lt;!here&gt;", verbatim=True)]},
        {"text": "", "blocks": [section("@here #general", verbatim=True)]},
        {"text": "", "blocks": [rich({"type": "text", "text": "<!channel> @here <@U1>"})]},
        {
            "text": "",
            "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "<!here> @here"}}],
        },
        {"text": "<!date^1795000000^{date}|today>"},
        {"text": "<https://www.good.com/a|good.com>"},
        {"text": "<https://good.com|Read more>"},
    ],
)
def test_harmless_parts_are_not(body: Any) -> None:
    assert live_parts({**body, **FOLDED}) == []


@pytest.mark.parametrize("flags", [{}, {"unfurl_links": False}, {"unfurl_media": False}])
def test_links_unfurl_unless_both_flags_are_off(flags: Any) -> None:
    body = {"text": "", "blocks": [rich({"type": "link", "url": "https://good.com"})], **flags}
    assert live_parts(body) == ["unfurls https://good.com"]
    assert live_parts(body, unfurls=False) == []
    assert live_parts({**body, **FOLDED}) == []

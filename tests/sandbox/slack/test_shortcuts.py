"""Shortcuts that are there everywhere, and the long texts of the forms that they open."""

from __future__ import annotations

from typing import Any

import pytest

from bot.sandbox.dialogs import Entry
from bot.sandbox.side import Unlikely
from tests.sandbox.slack.served import ALICE, Bot

VIEW = {
    "type": "modal",
    "callback_id": "write",
    "title": {"type": "plain_text", "text": "New briefing"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": name,
            "label": {"type": "plain_text", "text": name},
            "element": {"type": "plain_text_input", "action_id": name, **how},
        }
        for name, how in (("line", {"max_length": 5}), ("text", {"multiline": True}))
    ],
}


async def test_a_global_shortcut_brings_a_trigger_and_nothing_of_a_channel(bot: Bot) -> None:
    heard: list[dict[str, Any]] = []

    async def chosen(ack: Any, body: Any, client: Any) -> None:
        await ack()
        heard.append(body)
        await client.views_open(trigger_id=body["trigger_id"], view=VIEW)

    bot.app.shortcut({"type": "shortcut", "callback_id": "new_briefing"})(chosen)
    assert await bot.side.choose("alice", "new_briefing", "", "") == {"ok": True}
    await bot.side.until(lambda: bool(bot.side.slack.views.open))
    (body,) = heard
    assert body["user"]["id"] == ALICE
    assert not {"channel", "message", "response_url"} & set(body)
    (dialog,) = bot.side.slack.views.open
    for values in ({"line": ["a\nb"]}, {"line": ["123456"]}):
        with pytest.raises(Unlikely):
            await bot.side.submit("alice", dialog, {"text": ["x"], **values})


@pytest.mark.parametrize("name", ["find_briefing", "nonsense"])
async def test_what_the_manifest_does_not_name_is_not_chosen(bot: Bot, name: str) -> None:
    with pytest.raises(Unlikely):
        await bot.side.choose("alice", name, "", "")


def test_a_line_is_a_line_and_a_text_may_have_many() -> None:
    Entry("text", "Text", (), lines=True).check(["a\nb"])
    with pytest.raises(Unlikely, match="single line"):
        Entry("line", "Line", ()).check(["a\nb"])

"""Realistic bodies of messages: a briefing in Block Kit and one in Components V2."""

from __future__ import annotations

from bot.sandbox.side import Json

LEAD = (
    "The 2025 Chery International User Summit, held in Wuhu, China, has emerged as a significant "
    "event in the automotive industry, focusing on sustainable and intelligent mobility solutions."
)
WHY = (
    "The focus on sustainability reflects a broader shift towards eco-friendly transport. "
    "Partnerships with UNICEF and IUCN set new standards of responsibility."
)


def text(words: str, **style: bool) -> Json:
    """A rich text element."""
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def rich(*elements: Json) -> Json:
    """A rich_text block."""
    return {"type": "rich_text", "elements": list(elements)}


def line(*elements: Json) -> Json:
    """A rich text section."""
    return {"type": "rich_text_section", "elements": list(elements)}


def button(label: str, action: str, **more: object) -> Json:
    """A Block Kit button."""
    face = {"type": "plain_text", "text": label}
    return {"type": "button", "text": face, "action_id": action, "value": action, **more}


def plain(words: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": words}


SLACK_MENU: Json = {
    "type": "static_select",
    "action_id": "section",
    "placeholder": plain("Open a section"),
    "options": [
        {"text": plain("What's Happening?"), "value": "0"},
        {"text": plain("Why It's Important?"), "value": "1"},
        {"text": plain("What's Next?"), "value": "2"},
    ],
}

SLACK_CARD: Json = {
    "text": "The 2025 Chery International User Summit",
    "blocks": [
        {"type": "header", "text": plain("The 2025 Chery International User Summit")},
        {
            "type": "context",
            "elements": [{"type": "mrkdwn", "text": "14 March 2025 · cars · *sustainability*"}],
        },
        rich(line(text(LEAD))),
        {
            "type": "actions",
            "elements": [
                button("Discuss", "discuss", style="primary"),
                button("What's Next?", "next"),
                SLACK_MENU,
            ],
        },
    ],
}

SLACK_PART: Json = {
    "text": "Why It's Important?",
    "blocks": [
        {"type": "header", "text": plain("Why It's Important?")},
        rich(
            line(text(WHY), text("\n\nKey points:", bold=True)),
            {
                "type": "rich_text_list",
                "style": "bullet",
                "elements": [
                    line(text("Global ESG "), text("Advisory Alliance", bold=True)),
                    line(text("Ten technologies, "), text("hybrid engines", italic=True)),
                ],
            },
            {
                "type": "rich_text_list",
                "style": "ordered",
                "indent": 1,
                "elements": [
                    line(text("fifth generation")),
                    line({"type": "link", "url": "https://example.org/hybrid", "text": "sources"}),
                ],
            },
            {
                "type": "rich_text_quote",
                "elements": [text("Co-Create • Co-Define"), text("\n— the theme", italic=True)],
            },
            {
                "type": "rich_text_preformatted",
                "elements": [text("co2 = 0\nassert green")],
            },
            line(text("Run "), text("make demo", code=True), text(" and look.")),
        ),
        {"type": "divider"},
        {
            "type": "table",
            "column_settings": [{}, {"align": "right"}],
            "rows": [
                [{"type": "raw_text", "text": "Model"}, {"type": "raw_text", "text": "Range"}],
                [{"type": "raw_text", "text": "Tiggo 9"}, {"type": "raw_text", "text": "1,400 km"}],
                [{"type": "raw_text", "text": "Fulwin"}, {"type": "raw_text", "text": "2,000 km"}],
            ],
        },
        {
            "type": "image",
            "image_url": "https://images.example.org/wuhu.jpg",
            "alt_text": "The hall in Wuhu on the first morning",
        },
        {
            "type": "section",
            "text": {
                "type": "mrkdwn",
                "text": "Read <https://example.org/a?b=1&amp;c=2|the report> &amp; tell <@1001>: "
                "*bold*, _slanted_, ~gone~, `code` :tada:\n&gt; quoted words",
            },
            "accessory": button("Report", "report", style="danger"),
        },
    ],
}

DISCORD_MENU: Json = {
    "type": 3,
    "custom_id": "section",
    "placeholder": "Open a section",
    "options": [
        {"label": "What's Happening?", "value": "0", "description": "The summit in Wuhu"},
        {"label": "Why It's Important?", "value": "1", "description": "Green mobility"},
        {"label": "What's Next?", "value": "2"},
    ],
}

DISCORD_CARD: Json = {
    "flags": 1 << 15,
    "components": [
        {
            "type": 17,
            "accent_color": 0x3B82F6,
            "components": [
                {"type": 10, "content": "## The 2025 Chery International User Summit"},
                {"type": 10, "content": "-# 14 March 2025 · cars · sustainability"},
                {"type": 10, "content": LEAD},
                {"type": 14, "divider": True, "spacing": 1},
                {
                    "type": 1,
                    "components": [
                        {"type": 2, "style": 1, "label": "Discuss", "custom_id": "discuss"},
                        {"type": 2, "style": 2, "label": "What's Next?", "custom_id": "next"},
                        {"type": 2, "style": 5, "label": "Source", "url": "https://example.org/"},
                    ],
                },
                {"type": 1, "components": [DISCORD_MENU]},
            ],
        }
    ],
}

DISCORD_PART: Json = {
    "flags": 1 << 15,
    "components": [
        {
            "type": 17,
            "accent_color": 0x3B82F6,
            "components": [
                {
                    "type": 10,
                    "content": f"### Why It's Important?\n{WHY}\n\n**Key points:**\n"
                    "- Global ESG **Advisory Alliance**\n  - fifth *generation*\n"
                    "- Ten technologies\n1. one\n2. two\n"
                    "> Co-Create • Co-Define\n> — *the theme*\n"
                    "Run `make demo` and look at [the report](https://example.org/a_(b)).\n"
                    "```python\nco2 = 0\nassert green\n```",
                },
                {
                    "type": 9,
                    "components": [{"type": 10, "content": "||Spoiler|| and __underlined__"}],
                    "accessory": {"type": 2, "style": 4, "label": "Report", "custom_id": "report"},
                },
                {
                    "type": 12,
                    "items": [
                        {
                            "media": {"url": "https://images.example.org/wuhu.jpg"},
                            "description": "The hall in Wuhu on the first morning",
                        }
                    ],
                },
            ],
        }
    ],
}

DISCORD_EMBED: Json = {
    "content": "",
    "embeds": [
        {
            "title": "What's Next?",
            "url": "https://example.org/",
            "description": "Low-carbon and **zero-carbon** technologies.",
            "color": 0x23A55A,
            "fields": [
                {"name": "Partners", "value": "UNICEF, IUCN", "inline": True},
                {"name": "Until", "value": "<t:1767225600:D>", "inline": True},
            ],
            "footer": {"text": "Briefing · sample"},
        }
    ],
}

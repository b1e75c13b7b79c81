"""Messages with every kind of block, hostile ones, and a real post: what every room must draw."""

from __future__ import annotations

from briefings.blocks import Code, Image, List, Paragraph, Quote, Span, Table, plain
from briefings.intents import MoreResults, OpenBriefing
from briefings.message import Action, Actions, Menu, Message, Note, Option, Post
from briefings.model import BriefingId
from tests.platforms.hostile import HOSTILE
from tests.platforms.parts import ACTIONS, BLOCKS, BULLETS, CHERY, NOTE, cells, item, paragraph

__all__ = ["CHERY", "HOSTILE", "LEAD", "POST", "SAMPLES", "cells", "item", "paragraph"]

LEAD = (
    "The Chery International User Summit opened in Wuhu with 1,000 guests. "
    "It runs for three days and ends with a drive."
)


SAMPLES: dict[str, Message] = {
    "title_alone": Message("The title alone", ()),
    "long_title": Message("A title that goes on " + "and on " * 40, (paragraph("Text."),)),
    **{name: Message("A title", (block,)) for name, block in BLOCKS.items()},
    "everything": Message("Every kind of block", tuple(BLOCKS.values())),
    "hostile": Message(
        HOSTILE[0],
        (
            *(paragraph(text) for text in HOSTILE),
            Note(plain(" ".join(HOSTILE))),
            List(tuple(item(text) for text in HOSTILE)),
            Quote(tuple(paragraph(text) for text in HOSTILE)),
            Code("\n".join(HOSTILE)),
            Table(cells(*HOSTILE[:3]), (cells(*HOSTILE[3:6]),)),
            Image("https://evil.example/i.png", HOSTILE[2]),
            Paragraph((Span(HOSTILE[3], link="https://evil.example/a|b>c"),)),
            Paragraph((Span("unclickable", link="javascript:alert(1)"),)),
            Actions((Action(HOSTILE[2], MoreResults(HOSTILE[1][:60], 1)),)),
        ),
    ),
    "long": Message(
        "A long read",
        tuple(
            paragraph(f"Paragraph {number}. " + "Some words follow. " * 20) for number in range(60)
        ),
    ),
    "card": Message("The 2025 Chery International User Summit", (NOTE, paragraph(LEAD), ACTIONS)),
    "part": Message(
        "Why It's Important?", (paragraph("Chery exports more cars than any rival."), BULLETS)
    ),
    "results": Message(
        "Briefings about “summit”",
        (
            Note(plain("6 to 9 of 12")),
            List(tuple(item(f"Summit {number}") for number in range(6, 10)), ordered=True, start=6),
            Menu(
                "Open one of these",
                tuple(
                    Option(
                        f"{number}. Summit {number}",
                        OpenBriefing(BriefingId(f"summit-{number}")),
                        "Tue 24 Nov 2026 · cars, China" if number % 2 else "",
                    )
                    for number in range(6, 10)
                ),
            ),
            Actions(
                (
                    Action("Previous", MoreResults("summit", 0)),
                    Action("More", MoreResults("summit", 2)),
                )
            ),
        ),
    ),
    "hostile_menu": Message(
        "A menu",
        (
            Menu(
                HOSTILE[0],
                tuple(
                    Option(text, OpenBriefing(BriefingId(f"hostile-{number}")), text)
                    for number, text in enumerate(HOSTILE)
                ),
            ),
        ),
    ),
    "nothing_found": Message(
        "Nothing about “nonsense”",
        (paragraph("The library has no briefing about it."), Note(plain("Try another word."))),
    ),
}
"""Whole messages by name."""

POST = Post(SAMPLES["card"], (SAMPLES["part"], SAMPLES["long"]))
"""A day's briefing: a card, a short part, and a part that exceeds every platform's limits."""

"""Every kind of block that a message can hold, in each of its shapes."""

from __future__ import annotations

from briefings.blocks import (
    Code,
    Divider,
    Heading,
    Image,
    Item,
    List,
    Paragraph,
    Quote,
    Span,
    Spans,
    Style,
    Table,
    plain,
)
from briefings.intents import Discuss, MoreResults, OpenBriefing, OpenSection, Share
from briefings.message import Action, Actions, Note, Part, Weight
from briefings.model import BriefingId

CHERY = BriefingId("chery-summit-2025")


def paragraph(text: str) -> Paragraph:
    """The text as one plain paragraph."""
    return Paragraph(plain(text))


def item(
    *blocks: Paragraph | List | Code | Quote | Table | Image | Divider | Heading | str,
) -> Item:
    """A list's entry; bare words are a paragraph."""
    return Item(tuple(paragraph(each) if isinstance(each, str) else each for each in blocks))


def cells(*texts: str) -> tuple[Spans, ...]:
    """A row of plain cells."""
    return tuple(plain(text) for text in texts)


STYLED = Paragraph(
    (
        Span("Plain, "),
        Span("strong", Style.STRONG),
        Span(", "),
        Span("emphasis", Style.EMPHASIS),
        Span(", "),
        Span("both", Style.STRONG | Style.EMPHASIS),
        Span(", "),
        Span("code", Style.CODE),
        Span(" and "),
        Span("all of them", Style.STRONG | Style.EMPHASIS | Style.CODE),
        Span(".\nA second line."),
    )
)
LINKS = Paragraph(
    (
        Span("The label hides the address", link="https://www.example.org/a_b(c)?d=1&e=2#f"),
        Span(", "),
        Span("https://good.example/path", link="https://evil.example/path"),
        Span(", "),
        Span("example.org/shows-it", Style.STRONG, link="https://example.org/shows-it"),
        Span(", "),
        Span("write to us", link="mailto:desk@example.org"),
        Span(", "),
        Span("code in a link", Style.CODE, link="https://example.org/"),
        Span("."),
    )
)
BULLETS = List((item("One"), item("Two"), Item((STYLED,))))
NUMBERS = List((item("Seven"), item("Eight")), ordered=True, start=7)
NESTED = List(
    (
        item(
            "First",
            List((item("Inner a", List((item("Innermost"), item("Again")))), item("Inner b"))),
        ),
        item("Second, of two paragraphs", "which belong together"),
        item("Third holds code", Code("make test", "sh"), "and goes on"),
        item("Fourth holds a quote", Quote((paragraph("Quoted in a list"),))),
        item(Code("code alone")),
        item(
            "Last", Table(cells("a", "b"), (cells("1", "2"),)), Image("https://example.org/i.png")
        ),
    ),
    ordered=True,
)
DEEP = List(
    (item("1", List((item("2", List((item("3", List((item("4", List((item("5"),))),))),))),))),)
)
QUOTE = Quote(
    (
        Heading(plain("A heading in a quote"), 3),
        paragraph("Words of somebody else."),
        List((item("A list"), item("in a quote", List((item("and deeper"),))))),
        Code("code in a quote"),
        Quote((paragraph("A quote in a quote"),)),
        Divider(),
    )
)
CODE = Code('def f():\n    return "<!here> ```` **not bold**"\n\n# end', "python")
TABLE = Table(
    (*cells("Market", "Sales"), (Span("Change", Style.STRONG),)),
    (
        (*cells("Türkiye", "12,000"), (Span("+8 %", link="https://example.org/tr"),)),
        (*cells("México", ""), (Span("code", Style.CODE), Span(" | pipe"))),
    ),
)
WIDE = Table(
    tuple(plain(f"Column {number}") for number in range(1, 23)),
    (tuple(plain(f"Cell {number}") for number in range(1, 23)),),
)
IMAGE = Image("https://example.org/summit.png", "Guests in front of the factory gate")
BARE_IMAGE = Image("https://example.org/summit.png")
NOTE = Note(
    (
        Span("21 October 2025 · cars, China · 2 min · "),
        Span("Chery newsroom", link="https://example.org/chery"),
    )
)
ACTIONS = Actions(
    (
        Action("Why It's Important?", OpenSection(CHERY, 1)),
        Action("What's Next?", OpenSection(CHERY, 2)),
        Action("Open", OpenBriefing(CHERY)),
        Action("Discuss", Discuss(CHERY), Weight.PRIMARY),
        Action("Share", Share(CHERY), Weight.DANGER),
        Action("More", MoreResults("chery sumit", 1)),
    )
)
MANY_ACTIONS = Actions(
    tuple(Action(f"Section {number}", OpenSection(CHERY, number)) for number in range(28))
)

BLOCKS: dict[str, Part] = {
    "paragraph": paragraph("Words, and nothing else."),
    "styles": STYLED,
    "links": LINKS,
    "heading": Heading((Span("A heading with "), Span("style", Style.EMPHASIS)), 3),
    "plain_heading": Heading(plain("A heading of level two"), 2),
    "bullets": BULLETS,
    "numbers": NUMBERS,
    "nested": NESTED,
    "deep": DEEP,
    "quote": QUOTE,
    "code": CODE,
    "table": TABLE,
    "table_head_only": Table(cells("Only", "a", "head"), ()),
    "wide_table": WIDE,
    "image": IMAGE,
    "bare_image": BARE_IMAGE,
    "divider": Divider(),
    "note": NOTE,
    "actions": ACTIONS,
    "many_actions": MANY_ACTIONS,
}
"""Every kind of block in each of its shapes."""

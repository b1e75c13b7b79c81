"""What the tags of HTML mean to a reader of articles."""

from __future__ import annotations

import re

from briefings.blocks import Style
from briefings.reading.known import words

STYLES = {
    "strong": Style.STRONG,
    "b": Style.STRONG,
    "em": Style.EMPHASIS,
    "i": Style.EMPHASIS,
    "code": Style.CODE,
    "kbd": Style.CODE,
    "samp": Style.CODE,
    "tt": Style.CODE,
}
HEADINGS = {f"h{level}": level for level in range(1, 7)}
UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "meta", "link", "svg", "object"}
)
"""Their text is never shown."""
AROUND = frozenset({"nav", "aside", "footer", "form", "button", "select", "dialog", "menu"})
"""The page around the article: left out of a page, with a remark."""
EMBEDDED = frozenset({"iframe", "embed", "video", "audio"})
CONTAINERS = words(
    """
    address article body caption center dd details dir div dl dt fieldset figcaption figure
    header hgroup html legend li main optgroup option p section summary tbody td tfoot th
    thead tr
    """
)
"""They begin and end a paragraph and hold others."""
BLOCKS = CONTAINERS | HEADINGS.keys() | {"ul", "ol", "dl", "table", "blockquote", "pre", "hr"}
KNOWN = (
    BLOCKS
    | STYLES.keys()
    | UNSEEN
    | AROUND
    | EMBEDDED
    | words(
        """
        a abbr acronym area base bdi bdo big br canvas cite col colgroup data del dfn font frame
        frameset img input ins label map mark math meter nobr ol output param picture progress q
        rp rt ruby s search slot small source span strike sub sup textarea time track u var wbr
        """
    )
)
"""A name outside of it in angle brackets is the author's own text: `<your name>`."""
REMARK = re.compile(r"<(?:!--|!\[|!doctype\b|\?)", re.IGNORECASE)
"""What begins something that is not meant for readers."""
ODD_REMARK = re.compile(r"<!(?!doctype\b)(?=[a-z])", re.IGNORECASE)
"""What HTML takes for a remark, and somebody wrote to be read: `<!channel>`."""

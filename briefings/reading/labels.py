"""Elements of HTML that head what follows them although their names do not say so."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from briefings.reading.tags import HEADINGS

_CLASS = re.compile(r"(?<!\w)(?:label|heading|subhead(?:ing)?|section-?title)(?!\w)", re.IGNORECASE)
_BODIES = frozenset({"p", "ul", "ol", "blockquote", "table", *HEADINGS})


def is_label(node: LexborNode) -> bool:
    """Whether an element heads running text or a list: `<div class="label">The latest</div>`.

    Before a bare value it only names it.
    """
    if node.tag not in ("div", "p") or not _CLASS.search(node.attributes.get("class") or ""):
        return False
    after = _element(node.next)
    first = _element(after.child) if after is not None else None
    return any(each is not None and each.tag in _BODIES for each in (after, first))


def _element(node: LexborNode | None) -> LexborNode | None:
    """The first element from a node on, past blank text and comments."""
    while node is not None and (node.tag or "").startswith("-"):
        node = node.next
    return node

"""HTML becomes placed blocks: selectolax parses, this walks the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from briefings.blocks import Block, Code, Divider, Heading, Item, List, Quote, Style
from briefings.reading.cells import heading_of, is_simple, table_of
from briefings.reading.cleaning import clean
from briefings.reading.collecting import Collector, joint, paragraphs
from briefings.reading.labels import is_label
from briefings.reading.placed import Report
from briefings.reading.result import Unreadable
from briefings.reading.tags import (
    BLOCKS,
    EMBEDDED,
    HEADINGS,
    KNOWN,
    ODD_REMARK,
    STYLES,
    UNSEEN,
)

DEEPEST = 100
"""Elements in each other; articles in the wild stay under 40."""
_SPACE = re.compile(r"[ \t\n\f\r]+")
_BREAK = re.compile(r"(.)\s*\n\s*(?=(.))")
_LANGUAGE = re.compile(r"\blang(?:uage)?-([\w+#-]+)")


def fragment(text: str, line: int, report: Report) -> list[Block]:
    """The blocks of a piece of HTML inside another document."""
    told = ODD_REMARK.sub("&lt;!", text)
    return blocks_of(LexborHTMLParser(told), line, report)


def blocks_of(
    tree: LexborHTMLParser, line: int | None, report: Report, around: frozenset[str] = frozenset()
) -> list[Block]:
    """The blocks of a parsed document, without the elements named in `around`."""
    return _Walk(line, report, around).blocks(tree.body) if tree.body else []


@dataclass
class _Walk:
    line: int | None
    report: Report
    around: frozenset[str] = frozenset()
    depth: int = 0
    styles: list[Style] = field(default_factory=list)
    links: list[str | None] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)

    def blocks(self, node: LexborNode) -> list[Block]:
        """The blocks inside an element; text between blocks becomes paragraphs."""
        found: list[Block] = []
        collector = Collector(
            self.line, self.report, styles=self.styles, links=self.links, titles=self.titles
        )
        self._inside(node, collector, found)
        found.extend(paragraphs(collector.done()))
        return found

    def _inside(self, node: LexborNode, collector: Collector, found: list[Block]) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("Its HTML elements are nested too deeply: save it as text.")
        for child in node.iter(include_text=True):
            self._enter(child, child.tag or "", collector, found)
        self.depth -= 1

    def _enter(self, node: LexborNode, name: str, collector: Collector, found: list[Block]) -> None:
        """Add what is inline to the collector, and a block after what was collected."""
        if name == "-text":
            collector.say(_collapsed(node.text(deep=False), collector))
        elif name in UNSEEN or name in self.around:
            self._leave_out(node, name)
        elif name in BLOCKS:
            found.extend(paragraphs(collector.done()))
            found.extend(self._block(node, name))
        elif name in STYLES:
            self.styles.append(STYLES[name])
            self._inside(node, collector, found)
            self.styles.pop()
        elif name == "a":
            collector.open_link(node.attributes.get("href") or "")
            self._inside(node, collector, found)
            collector.close_link()
        else:
            self._odd(node, name, collector, found)

    def _odd(self, node: LexborNode, name: str, collector: Collector, found: list[Block]) -> None:
        match name:
            case "br":
                collector.say("\n")
            case "img":
                words = node.attributes.get("alt") or node.attributes.get("title") or ""
                collector.show(node.attributes.get("src") or "", words)
            case _ if name in EMBEDDED:
                source = node.attributes.get("src") or "unknown"
                self.report(self.line, f"The embedded {name} “{source}” is left out.")
                self._inside(node, collector, found)
            case _:
                if not self.around and name.isalnum() and name not in KNOWN:
                    collector.say(f"<{' '.join((name, *node.attributes))}>")
                self._inside(node, collector, found)

    def _leave_out(self, node: LexborNode, name: str) -> None:
        words = " ".join(node.text(separator=" ").split())
        if name in self.around and words:
            self.report(self.line, f"The page's <{name}> is left out: “{words[:60]}”.")

    def _block(self, node: LexborNode, name: str) -> Sequence[Block]:
        match name:
            case "hr":
                return [Divider()]
            case "pre":
                language = _LANGUAGE.search(node.html or "")
                text = clean(node.text()).removesuffix("\n")
                return [Code(text, language[1] if language else "")]
            case "blockquote":
                return [Quote(inner)] if (inner := tuple(self.blocks(node))) else []
            case "ul" | "ol" | "dl":
                return self._list(node, name)
            case "table":
                return self._table(node)
            case _ if name in HEADINGS:
                return self._heading(node, HEADINGS[name])
            case _ if name == "dt" or is_label(node):
                return self._strong(node)
            case _:
                return self.blocks(node)

    def _strong(self, node: LexborNode) -> list[Block]:
        self.styles.append(Style.STRONG)
        blocks = self.blocks(node)
        self.styles.pop()
        return blocks

    def _heading(self, node: LexborNode, level: int) -> list[Block]:
        """The heading, and after it the lists and the like that stand in it."""
        inner = self.blocks(node)
        spans = heading_of([block for block in inner if is_simple(block)])
        rest = [block for block in inner if not is_simple(block)]
        return [Heading(spans, level), *rest] if spans else rest

    def _list(self, node: LexborNode, name: str) -> list[Block]:
        shown = (child for child in node.iter() if child.tag not in UNSEEN)
        entries = (self._block(child, child.tag or "") for child in shown)
        items = [Item(tuple(blocks)) for blocks in entries if blocks]
        start = node.attributes.get("start") or "1"
        number = int(start) if start.isdecimal() and len(start) < 10 else 1
        return [List(tuple(items), name == "ol", number)] if items else []

    def _table(self, node: LexborNode) -> list[Block]:
        captions: list[Block] = []
        rows: list[list[list[Block]]] = []
        for child in _rows(node):
            if child.tag == "tr":
                rows.append([self.blocks(cell) for cell in child.iter()])
            else:
                captions.extend(self.blocks(child))
        return [*captions, *table_of(rows)]


def _rows(node: LexborNode) -> Iterator[LexborNode]:
    for child in node.iter():
        if child.tag in ("thead", "tbody", "tfoot"):
            yield from child.iter()
        else:
            yield child


def _collapsed(text: str, collector: Collector) -> str:
    """The text as a browser shows it, given what came before."""
    if not text.isascii():
        text = _BREAK.sub(lambda found: found[1] + joint(found[1], found[2]), text)
    text = _SPACE.sub(" ", text)
    said = collector.spans[-1].text if collector.spans else ""
    return text.lstrip(" ") if said.endswith((" ", "\n")) else text

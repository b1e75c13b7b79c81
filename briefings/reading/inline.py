"""Inline tokens of markdown-it become spans and pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from markdown_it.token import Token

from briefings.blocks import Span, Style
from briefings.reading.cleaning import clean
from briefings.reading.collecting import Collector, Run, joint, tidy
from briefings.reading.placed import Report
from briefings.reading.tags import KNOWN, REMARK, STYLES

MARKUP = re.compile(r"[\\`*_\[\]<&]|  \n")
"""What begins anything but text inside a paragraph, hard line breaks included."""
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)(?:[\s/][^>]*)?>", re.IGNORECASE)
_VALUE = r"""\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))"""
_HREF = re.compile(r"\s(?:href|src)" + _VALUE, re.IGNORECASE)
_ALT = re.compile(r"\salt" + _VALUE, re.IGNORECASE)


def runs_of(token: Token, line: int | None, report: Report) -> list[Run]:
    """The text and the pictures of an inline token, in their order."""
    children = token.children or []
    if not children:
        spans = tidy((Span(clean(_joined(token.content))),))
        return [spans] if spans else []
    collector = Collector(line, report)
    for place, child in enumerate(children):
        if child.type == "softbreak":
            before = collector.spans[-1].text if collector.spans else ""
            collector.say(joint(before, _begun(children, place + 1)))
        else:
            _add(collector, child)
    return collector.done()


def _joined(content: str) -> str:
    """Text alone, with a blank, or nothing, for each line break in it."""
    first, *others = content.split("\n")
    text = first.strip()
    parts = [text]
    for other in others:
        before, text = text, other.strip()
        parts += (joint(before, text), text)
    return "".join(parts)


def _begun(children: Sequence[Token], place: int) -> str:
    return children[place].content if place < len(children) else ""


def _add(collector: Collector, token: Token) -> None:
    match token.type:
        case "text":
            collector.say(token.content)
        case "text_special" if token.info == "escape":
            collector.say_escaped(token.content)
        case "text_special":
            collector.say(clean(token.content).replace("\n", " "))
        case "code_inline":
            collector.say(token.content, Style.CODE)
        case "strong_open" | "em_open":
            collector.styles.append(STYLES[token.tag])
        case "strong_close" | "em_close":
            collector.close(STYLES[token.tag])
        case "link_open":
            title = str(token.attrs.get("title", ""))
            collector.open_link(str(token.attrs.get("href", "")), title)
        case "link_close":
            collector.close_link()
        case _:
            _add_rare(collector, token)


def _add_rare(collector: Collector, token: Token) -> None:
    match token.type:
        case "hardbreak":
            collector.say("\n")
        case "image":
            collector.show(str(token.attrs.get("src", "")), _words(token))
        case _:
            _add_tag(collector, token.content)


def _words(token: Token) -> str:
    """The words of a picture: its alternative text and its title."""
    words = "".join(
        " " if child.type == "softbreak" else child.content for child in token.children or ()
    )
    title = str(token.attrs.get("title", ""))
    return words if title in words else f"{words} ({title})".strip()


def _add_tag(collector: Collector, source: str) -> None:
    found = _TAG.fullmatch(source)
    if found is None or found[2].lower() not in KNOWN:
        if not REMARK.match(source):
            collector.say(source)
        return
    name, closing = found[2].lower(), bool(found[1])
    if name in STYLES and closing:
        collector.close(STYLES[name])
    elif name in STYLES:
        collector.styles.append(STYLES[name])
    elif name == "a" and closing:
        collector.close_link()
    elif not closing:
        _add_void(collector, name, source)


def _add_void(collector: Collector, name: str, source: str) -> None:
    match name:
        case "br":
            collector.say("\n")
        case "a":
            collector.open_link(_attribute(_HREF, source))
        case "img":
            collector.show(_attribute(_HREF, source), _attribute(_ALT, source))
        case _:
            pass


def _attribute(pattern: re.Pattern[str], source: str) -> str:
    found = pattern.search(source)
    return unescape(next(filter(None, found.groups()), "")) if found else ""

"""Where links and pictures may lead, and links whose words say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from urllib.parse import urlsplit

from briefings import honesty
from briefings.blocks import Span, Spans, Style, merged, text_of
from briefings.reading.cleaning import clean
from briefings.reading.placed import Report

_WEB = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s<>\"@]+@[^\s<>\"@]+", re.IGNORECASE)
_BARE = re.compile(r"https?://[^\s<>\"\\^`{|}\u2060]*[^\s<>\"\\^`{|}.,;:!?'’”)\]*_、。，）」]")


def web_address(target: str) -> str | None:
    """The target where it is an absolute http(s) address with a plain host, else nothing."""
    safe = _WEB.fullmatch(target) and clean(target) == target
    return target if safe and _host(target) else None


def link_address(target: str) -> str | None:
    """The target where a link may lead there: http(s) or mailto."""
    mail = _MAIL.fullmatch(target) and clean(target) == target
    return target if mail else web_address(target)


def _host(address: str) -> str | None:
    try:
        parts = urlsplit(address)
    except ValueError:  # a broken IPv6 address
        return None
    return None if "@" in parts.netloc else parts.hostname


def with_bare_links(spans: Iterable[Span]) -> list[Span]:
    """The spans with web addresses that stand in the text made links to themselves."""
    found: list[Span] = []
    for span in spans:
        if span.link or span.style & Style.CODE or "://" not in span.text:
            found.append(span)
        else:
            found.extend(_split(span))
    return found


def _split(span: Span) -> Iterable[Span]:
    end = 0
    for match in _BARE.finditer(span.text):
        if web_address(match[0]):
            yield Span(span.text[end : match.start()], span.style)
            yield Span(match[0], span.style, match[0])
            end = match.end()
    yield Span(span.text[end:], span.style)


def honest(spans: Spans, line: int | None, report: Report) -> Spans:
    """The spans with the place a link leads to shown where its words name another one."""
    if not any(span.link for span in spans):
        return spans
    for link, group in groupby(spans, key=lambda span: span.link):
        run = tuple(group)
        if link and honesty.honest(run) != merged(run):
            place = honesty.place_of(link)
            sentence = f"The link “{text_of(run)}” leads to {place}, which is now shown beside it."
            report(line, sentence)
    return honesty.honest(spans)

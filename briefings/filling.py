"""Sentences with something styled, linked or named in one of their places."""

from __future__ import annotations

from string import Formatter

from briefings.blocks import Span, Spans, plain


def filled(sentence: str, **places: str | Span | Spans) -> Spans:
    """The sentence with its `{places}` filled in, wherever its language puts them."""
    spans: list[Span] = []
    for text, name, _, _ in Formatter().parse(sentence):
        spans += plain(text)
        if name is not None:
            spans += _spans(places[name])
    return tuple(spans)


def _spans(place: str | Span | Spans) -> Spans:
    match place:
        case str():
            return plain(place)
        case Span():
            return (place,)
        case _:
            return place

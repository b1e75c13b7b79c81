"""The short tokens that carry what pressing an action means over years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import assert_never

from briefings.followups import decode_followup, encode_followup
from briefings.intents import (
    Decide,
    Discuss,
    DiscussPart,
    Intent,
    MoreResults,
    MoreSections,
    OnDraft,
    OpenBriefing,
    OpenDraft,
    OpenForm,
    OpenSection,
    Rewrite,
    SaveDraft,
    Share,
    Verdict,
)
from briefings.model import BriefingId
from briefings.talk_intents import OnTalk, decode_talk, encode_talk

TOKEN_LIMIT = 100
"""Code points of a token: a Discord `custom_id`, the narrowest carrier, holds 1 to 100.
https://discord.com/developers/docs/components/reference"""


def encode(intent: Intent) -> str:
    """The intent as a token; raises ValueError where `decode` would not give it back."""
    token = _encode(intent)
    if len(token) > TOKEN_LIMIT:
        raise ValueError(f"A token holds {TOKEN_LIMIT} characters; this one has {len(token)}.")
    if decode(token) != intent:
        raise ValueError(f"No token can carry {intent}: its name, number or query is not allowed.")
    return token


def can_carry(intent: Intent) -> bool:
    """Whether a token holds the intent."""
    try:
        encode(intent)
    except ValueError:
        return False
    return True


def _encode(intent: Intent) -> str:
    match intent:
        case OpenBriefing(briefing):
            return f"b1:open:{briefing}"
        case OpenSection() | MoreSections() | DiscussPart():
            return _at_place(intent)
        case Share(briefing):
            return f"b1:share:{briefing}"
        case Discuss(briefing):
            return f"b1:discuss:{briefing}"
        case MoreResults(query, page):
            return f"b1:more:{page}:{query}"
        case OpenForm(form, typed):
            return ":".join(("b1:form", form, *_filled_in(typed)))
        case Decide(verdict, approval, number):
            return f"b1:ask:{verdict.value}:{number}:{approval}"
        case OpenDraft() | SaveDraft() | Rewrite():
            return _of_draft(intent)
        case _:
            return encode_talk(intent) if isinstance(intent, OnTalk) else encode_followup(intent)


def _filled_in(typed: Iterable[tuple[str, str]]) -> Sequence[str]:
    """What was filled in, as one word of a token; none where that is nothing."""
    told = "|".join(f"{field}={value}" for field, value in typed)
    return (told,) if told else ()


def _typed(told: str) -> Iterator[tuple[str, str]]:
    for each in _FIELD.split(told) if told else ():
        field, _, value = each.partition("=")
        yield field, value


def _at_place(intent: OpenSection | MoreSections | DiscussPart) -> str:
    match intent:
        case OpenSection(briefing, section):
            return f"b1:section:{section}:{briefing}"
        case MoreSections(briefing, page):
            return f"b1:sections:{page}:{briefing}"
        case DiscussPart(briefing, section):
            return f"b1:part:{section}:{briefing}"
        case _:
            assert_never(intent)


def _of_draft(intent: OnDraft) -> str:
    match intent:
        case OpenDraft(draft, page):
            return f"b1:draft:{page}:{draft}"
        case SaveDraft(draft):
            return f"b1:save:{draft}"
        case Rewrite(briefing):
            return f"b1:rewrite:{briefing}"
        case _:
            assert_never(intent)


_BRIEFING = re.compile(r"b1:(open|share|discuss|rewrite):([a-z0-9-]{1,40})")
_PLACE = re.compile(r"b1:(section|sections|part):(0|[1-9][0-9]{0,3}):([a-z0-9-]{1,40})")
_MORE = re.compile(r"b1:more:(0|[1-9][0-9]{0,3}):(.{1,90})", re.DOTALL)
_FORM = re.compile(r"b1:form:([a-z]{1,20})(?::([a-z]{1,20}=.{0,80}))?", re.DOTALL)
_FIELD = re.compile(r"\|(?=[a-z]{1,20}=)")
_DRAFT = re.compile(r"b1:draft:(0|1):([0-9a-f]{16})")
_SAVE = re.compile(r"b1:save:([0-9a-f]{16})")
_ASK = re.compile(r"b1:ask:(approve|hold|swap|edit):(0|[1-9][0-9]{0,3}):([0-9a-f]{16})")
_ON_BRIEFING: dict[str, type[OpenBriefing | Share | Discuss | Rewrite]] = {
    "open": OpenBriefing,
    "rewrite": Rewrite,
    "share": Share,
    "discuss": Discuss,
}
_AT_PLACE: dict[str, type[OpenSection | MoreSections | DiscussPart]] = {
    "part": DiscussPart,
    "section": OpenSection,
    "sections": MoreSections,
}


def decode(token: str) -> Intent | None:
    """What a token means; nothing for one that this bot never made: a token is untrusted."""
    if found := _BRIEFING.fullmatch(token):
        return _ON_BRIEFING[found[1]](BriefingId(found[2]))
    if found := _PLACE.fullmatch(token):
        return _AT_PLACE[found[1]](BriefingId(found[3]), int(found[2]))
    if found := _MORE.fullmatch(token):
        return MoreResults(found[2], int(found[1]))
    if (found := _FORM.fullmatch(token)) and len(token) <= TOKEN_LIMIT:
        return OpenForm(found[1], tuple(_typed(found[2] or "")))
    return _decode_draft(token)


def _decode_draft(token: str) -> Intent | None:
    if found := _DRAFT.fullmatch(token):
        return OpenDraft(found[2], int(found[1]))
    if found := _SAVE.fullmatch(token):
        return SaveDraft(found[1])
    if found := _ASK.fullmatch(token):
        return Decide(Verdict(found[1]), found[3], int(found[2]))
    return decode_talk(token) or decode_followup(token)

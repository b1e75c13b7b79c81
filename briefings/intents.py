"""What pressing an action means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from briefings.followups import FollowUp
from briefings.model import BriefingId
from briefings.talk_intents import OnTalk


@dataclass(frozen=True, slots=True)
class OpenBriefing:
    """Show a briefing's card, privately."""

    briefing: BriefingId


@dataclass(frozen=True, slots=True)
class OpenSection:
    """Show one section, privately; sections count from 0."""

    briefing: BriefingId
    section: int


@dataclass(frozen=True, slots=True)
class MoreSections:
    """Show a further page of a briefing's section buttons; pages count from 0."""

    briefing: BriefingId
    page: int


@dataclass(frozen=True, slots=True)
class Share:
    """Show the briefing's card to the whole channel."""

    briefing: BriefingId


@dataclass(frozen=True, slots=True)
class Discuss:
    """Lead to the thread about the briefing in this channel, or open one."""

    briefing: BriefingId


@dataclass(frozen=True, slots=True)
class DiscussPart:
    """Put a section up in the discussion of its briefing in this channel."""

    briefing: BriefingId
    section: int


@dataclass(frozen=True, slots=True)
class MoreResults:
    """Show a page of the results of a look-up; pages count from 0."""

    query: str
    page: int


@dataclass(frozen=True, slots=True)
class OpenForm:
    """Ask in a form, by its name; `typed` is what somebody filled in before, by the field."""

    form: str
    typed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """Go on writing a draft, by its name: at its form `page`, counted from 0."""

    draft: str
    page: int = 0


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Put a draft into the library, by its name."""

    draft: str


@dataclass(frozen=True, slots=True)
class Rewrite:
    """Write a new version of a briefing."""

    briefing: BriefingId


class Verdict(StrEnum):
    """What an editor says to an edition before its hour."""

    APPROVE = "approve"
    HOLD = "hold"
    SWAP = "swap"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class Decide:
    """Decide on an edition, by the name of its approval, as it was shown for the `round`th time."""

    verdict: Verdict
    approval: str
    round: int


OnBriefing: TypeAlias = OpenBriefing | OpenSection | MoreSections | Share | Discuss | DiscussPart
OnDraft: TypeAlias = OpenDraft | SaveDraft | Rewrite
Intent: TypeAlias = OnBriefing | OnDraft | OnTalk | FollowUp | Decide | MoreResults | OpenForm

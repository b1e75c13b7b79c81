"""The newsroom: where lines, presses and forms of writers and editors go, and about discussions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from bot.editors import Editors
from bot.platforms.desk import Answer
from bot.platforms.events import Ordered, Place, Submitted
from bot.roundtable import RoundTable
from bot.writers import Writers
from briefings.assignments import Ask, Assignment, Edit, Trust, Write, read_assignment
from briefings.forms import FormName
from briefings.intents import Decide, OnDraft, OpenDraft, Rewrite, SaveDraft
from briefings.message import Reply
from briefings.owning import compose_wrong
from briefings.phrases import Misread
from briefings.talk_intents import OnTalk


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Brings each of them to whoever answers it."""

    writers: Writers
    editors: Editors
    table: RoundTable

    async def order(self, event: Ordered) -> Answer | None:
        """The answer to a line; nothing where it is about what and when is posted."""
        try:
            assignment = read_assignment(event.text)
            if assignment is None:
                return await self.table.order(event)
            return await self._carry_out(assignment, event)
        except Misread as wrong:
            return Reply(compose_wrong(str(wrong), f"/briefings {event.text.strip()}"))

    async def press(self, intent: OnDraft | OnTalk | Decide, place: Place, person: str) -> Answer:
        """The answer to a press."""
        match intent:
            case OpenDraft():
                return await self.writers.open(intent, place, person)
            case SaveDraft(draft):
                return await self.writers.save(draft, place, person)
            case Rewrite(briefing):
                return await self.writers.rewrite(briefing, place, person)
            case Decide():
                return await self.editors.decide(intent, place, person)
            case _:
                return await self.table.press(intent, place)

    async def submit(self, event: Submitted) -> Answer:
        """The answer to a form about a draft or a discussion."""
        if event.form is FormName.CONCLUDE:
            return await self.table.submit(event)
        return await self.writers.submit(event)

    async def _carry_out(self, assignment: Assignment, event: Ordered) -> Answer:
        match assignment:
            case Write():
                return self.writers.begin()
            case Edit(sought):
                return await self.writers.edit(sought, event.place, event.person)
            case Ask() | Trust():
                said = await self.editors.order(assignment, event.place, event.person)
                return Reply(said)
            case _:
                assert_never(assignment)

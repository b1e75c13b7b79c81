"""Forms that were ready too late to be opened: each waits for the press that opens it.

Discord opens a form as the first answer alone, which has to come within three seconds.
https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.platforms.events import Asked, Event, Ordered, Place, Pressed, Submitted
from briefings.forms import AGREED, Form, FormName
from briefings.intents import Intent, OpenDraft, OpenForm

KEPT = timedelta(minutes=15)
"""Our own: after that the form is asked for anew, as what it shows may have changed."""

MOST = 500
"""Our own: forms that wait at once; the oldest gives way."""

Key: TypeAlias = tuple[str, Place, Intent]


class LateForms:
    """The forms of one session, by who asked for them, where, and what opens them.

    What a form shows is that of its channel: in another one the same button asks for another form.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._forms: OrderedDict[Key, tuple[datetime, Form]] = OrderedDict()

    def keep(self, event: Event, form: Form) -> Intent | None:
        """What a button has to mean that opens the form; nothing where no button can."""
        intent = _asking_again(event, form)
        if intent is not None:
            self._forms[_person(event), event.place, intent] = (self._now(), form)
            while len(self._forms) > MOST:
                self._forms.popitem(last=False)
        return intent

    def take(self, event: Event) -> Form | None:
        """The form that waits for a press, once: later presses are the desk's."""
        if not isinstance(event, Pressed) or event.intent is None:
            return None
        kept = self._forms.pop((event.person, event.place, event.intent), None)
        return kept[1] if kept and self._now() - kept[0] < KEPT else None


def _asking_again(event: Event, form: Form) -> Intent | None:
    if isinstance(event, Pressed):
        return event.intent
    if form.name in AGREED:
        return OpenForm(form.name)
    if form.subject and form.name in {FormName.WRITE, FormName.SECTIONS}:
        return OpenDraft(form.subject, 0 if form.name is FormName.WRITE else 1)
    return None


def _person(event: Event) -> str:
    match event:
        case Asked(person=who) | Pressed(person=who):
            return who
        case Ordered(person=owner) | Submitted(person=owner):
            return owner.id

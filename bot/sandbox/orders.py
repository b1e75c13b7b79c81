"""What the control API takes: the JSON of each order, and what is said of a wrong one."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.sandbox.faults import Kind


class Order(BaseModel):
    """Somebody does something somewhere; unknown fields are refused, not overlooked."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Command(Order):
    """A person types a slash command, or a message."""

    channel: str
    person: str
    text: str = Field(min_length=1)


class Complete(Order):
    """A person is still typing."""

    channel: str
    person: str
    text: str


class Say(Command):
    """A person says something in a channel, or in the thread `thread`."""

    thread: str | None = None
    to: str = ""
    """The message that is answered, where the platform knows such a thing."""


class Edit(Order):
    """A person changes what they said."""

    channel: str
    message: str
    person: str
    text: str = Field(min_length=1)


class Delete(Order):
    """A person takes a message back."""

    channel: str
    message: str
    person: str


class React(Order):
    """A person puts the sign `sign` under a message, or takes it `away`."""

    channel: str
    message: str
    person: str
    sign: str = Field(min_length=1)
    away: bool = False


class Press(Order):
    """A person presses the action `action` on a message, or picks `values` there."""

    channel: str
    message: str
    action: str
    person: str
    values: tuple[str, ...] = ()


class Choose(Order):
    """A person chooses the shortcut `name`, that of a message, or one that is there everywhere."""

    person: str
    name: str
    channel: str = ""
    message: str = ""


class Submit(Order):
    """A person sends the dialog `dialog` with what they filled in; the rest stays as it was."""

    person: str
    dialog: str
    values: dict[str, tuple[str, ...]] = Field(default_factory=dict)


class Dismiss(Order):
    """A person closes a dialog."""

    person: str
    dialog: str


class Plan(Order):
    """The next `times` calls of `on` shall go wrong, after `skip` that do not."""

    on: str
    kind: Kind
    times: int = Field(default=1, ge=1)
    skip: int = Field(default=0, ge=0)
    retry_after: float = Field(default=1.0, ge=0)


def complaint(wrong: ValidationError) -> str:
    """What is wrong with an order, in one sentence."""
    first = wrong.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "The order"
    return f"{where}: {first['msg'][:1].lower()}{first['msg'][1:]}."

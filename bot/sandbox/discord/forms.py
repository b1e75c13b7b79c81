"""Reading a JSON body field by field and collecting its faults, in Discord's own form.

https://discord.com/developers/docs/reference#error-messages
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from bot.sandbox.discord.refusals import Refused

Wire: TypeAlias = Any
"""A JSON value as it came over the wire, of a shape that nobody has checked yet."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one field."""

    path: tuple[str, ...]
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Field:
    """A place in a body, its value (nothing where absent or null), and the faults found so far."""

    value: Any
    path: tuple[str, ...] = ()
    faults: list[Fault] = field(default_factory=list)

    def __getitem__(self, name: str) -> Field:
        """The field of this name inside this one, which must be an object to have any."""
        if self.value is not None and not isinstance(self.value, Mapping) and not self.faulty():
            self.fault("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        inside = self.value.get(name) if isinstance(self.value, Mapping) else None
        return Field(inside, (*self.path, name), self.faults)

    def names(self) -> list[str]:
        """The names of the fields inside this one, which must be an object to have any."""
        if self.value is not None and not isinstance(self.value, Mapping):
            self.fault("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
        return list(self.value) if isinstance(self.value, Mapping) else []

    def fault(self, code: str, message: str) -> None:
        """Note what is wrong here."""
        self.faults.append(Fault(self.path, code, message))

    def faulty(self) -> bool:
        """Whether something is already known to be wrong at this very place."""
        return any(fault.path == self.path for fault in self.faults)

    def required(self) -> bool:
        """Whether there is a value; its absence is a fault."""
        if self.value is None:
            self.fault("BASE_TYPE_REQUIRED", "This field is required")
        return self.value is not None

    def text(self, most: int, least: int = 0) -> str:
        """The text here, or nothing; it must be of a length between the two, in code points."""
        if self.value is None:
            return ""
        if not isinstance(self.value, str):
            self.fault("STRING_TYPE_CONVERT", "Could not interpret value as string.")
            return ""
        if least <= len(self.value) <= most:
            return self.value
        if least:
            self.fault("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        else:
            self.fault("BASE_TYPE_MAX_LENGTH", f"Must be {most} or fewer in length.")
        return self.value

    def number(self, least: int, most: int) -> int | None:
        """The whole number here, if any, which must lie between the two."""
        if self.value is None:
            return None
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            self.fault("NUMBER_TYPE_COERCE", f'Value "{self.value}" is not int.')
            return None
        if self.value < least:
            self.fault("NUMBER_TYPE_MIN", f"int value should be greater than or equal to {least}.")
        if self.value > most:
            self.fault("NUMBER_TYPE_MAX", f"int value should be less than or equal to {most}.")
        return self.value

    def flag(self) -> bool:
        """The truth value here; false where absent."""
        if self.value is not None and not isinstance(self.value, bool):
            self.fault("BOOLEAN_TYPE_CONVERT", "Must be either true or false.")
        return self.value is True

    def one_of(self, choices: Collection[Any]) -> None:
        """The value here, if any, must be one of these."""
        if self.value is not None and self.value not in choices:
            known = ", ".join(str(each) for each in choices)
            self.fault("BASE_TYPE_CHOICES", f"Value must be one of ({known}).")

    def is_one_of(self, choices: Collection[Any]) -> bool:
        """Like `one_of`, and whether it is."""
        self.one_of(choices)
        return self.value in choices

    def url(self, most: int, schemes: Sequence[str]) -> None:
        """The address here, if any, must be well formed and of one of these schemes."""
        address = self.text(most)
        if not address:
            return
        parts = split(address)
        if parts is None or not parts[1] or any(blank in address for blank in " \n\t"):
            self.fault("URL_TYPE_INVALID_URL", "Not a well formed URL.")
        elif parts[0] not in schemes:
            known = ", ".join(f"'{scheme}'" for scheme in schemes)
            self.fault("URL_TYPE_INVALID_SCHEME", f'Scheme "{parts[0]}" must be one of ({known}).')

    def items(self, most: int, least: int = 0) -> Iterator[Field]:
        """The fields of the list here, which must have a length between the two."""
        if self.value is None:
            return
        if not isinstance(self.value, list):
            self.fault("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
            return
        if not least <= len(self.value) <= most:
            self.fault("BASE_TYPE_BAD_LENGTH", f"Must be between {least} and {most} in length.")
        for index, item in enumerate(self.value):
            inside = Field(item, (*self.path, str(index)), self.faults)
            inside.required()
            yield inside

    def refuse(self) -> None:
        """Refuse the whole body where anything in it was wrong."""
        if self.faults:
            raise Refused(400, 50035, "Invalid Form Body", tree(self.faults))


def split(address: str) -> tuple[str, str] | None:
    """The scheme of an address in lower case and what it points at, if it can be told."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return (parts.scheme.lower(), parts.netloc or parts.path)


def tree(faults: Sequence[Fault]) -> dict[str, Any]:
    """Faults as Discord nests them: by field, with `_errors` at the end of each path."""
    root: dict[str, Any] = {}
    for fault in faults:
        node = root
        for step in fault.path:
            node = node.setdefault(step, {})
        node.setdefault("_errors", []).append({"code": fault.code, "message": fault.message})
    return root

"""Writes `.env.example` anew from the settings themselves; run it after changing one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bot.settings import all_settings

EXAMPLE = Path(__file__).parent.parent / ".env.example"
HEAD = (
    "# Settings of Briefing Bot. Copy this file to .env, then uncomment and fill in what you need."
)


def main() -> None:
    """Write the file."""
    EXAMPLE.write_text(text(), encoding="utf-8")


def text() -> str:
    """What stands in the file."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield HEAD
    for name, description, default in all_settings():
        yield ""
        yield f"# {description}"
        yield f"# {name}={shown(default)}"


def shown(default: object) -> str:
    """A default as it would be written in the file."""
    match default:
        case None | ():
            return ""
        case tuple():
            return ",".join(str(each) for each in default)
        case frozenset():
            return "mon,tue,wed,thu,fri,sat,sun" if default else ""
        case bool():
            return str(default).lower()
        case _:
            return f"{default:%H:%M}" if hasattr(default, "hour") else str(default)


if __name__ == "__main__":
    main()

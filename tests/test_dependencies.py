"""Every dependency has its reason in docs/decisions."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REASONS = (ROOT / "docs/decisions/0002-dependencies.md").read_text(encoding="utf-8")


def needed() -> list[str]:
    """The names that pyproject.toml asks for, those of types aside."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    named = [each for group in groups.values() for each in group if isinstance(each, str)]
    asked = [*project["project"]["dependencies"], *named]
    names = sorted({re.split(r"[\[<>=~; ]", each)[0] for each in asked})
    return [name for name in names if not name.startswith("types-")]


@pytest.mark.parametrize("name", needed())
def test_a_dependency_has_its_reason(name: str) -> None:
    assert re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", REASONS)

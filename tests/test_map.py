"""The map is true: every step names a file and something that is in it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
STEP = re.compile(r"^\d+\. `(?P<file>[^`]+\.py)` `(?P<name>[\w.]+)`: .+[.]$")
LINES = (ROOT / "docs/map.md").read_text(encoding="utf-8").splitlines()
STEPS = [line for line in LINES if re.match(r"^\d+\. ", line)]


def names_in(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    named = [node for node in tree.body if isinstance(node, kinds)]
    within = {
        f"{outer.name}.{inner.name}"
        for outer in named
        if isinstance(outer, ast.ClassDef)
        for inner in outer.body
        if isinstance(inner, kinds)
    }
    return {node.name for node in named} | within


def test_the_walks_are_there() -> None:
    assert sum(step.startswith("1. ") for step in STEPS) >= 2


@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_there(step: str) -> None:
    found = STEP.match(step)
    assert found, step
    assert found["name"] in names_in(ROOT / found["file"])


def test_every_folder_of_the_map_is_there() -> None:
    folders = [match[1] for line in LINES if (match := re.match(r"^\s*(\w+/) ", line))]
    assert len(folders) >= 8
    for folder in folders:
        assert (ROOT / folder).is_dir() or (ROOT / "bot" / folder).is_dir(), folder

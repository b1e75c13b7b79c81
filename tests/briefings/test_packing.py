"""What is packed comes back the same."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import compress

import pytest
from hypothesis import given, settings

from briefings.model import Briefing
from briefings.packing import PackedSections, pack, unpack
from briefings.reading.reader import read
from tests.briefings.strategies import BRIEFINGS

SEEDS = sorted((Path(__file__).parents[2] / "seeds").iterdir())


@settings(max_examples=60, deadline=None)
@given(BRIEFINGS)
def test_every_briefing_comes_back_the_same(briefing: Briefing) -> None:
    assert unpack(pack(briefing)) == briefing


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem)
def test_every_seed_comes_back_the_same(path: Path) -> None:
    briefing = read(path.read_bytes(), path.name).briefing
    assert unpack(pack(briefing)) == briefing


def test_packed_sections_are_a_sequence_like_any_other() -> None:
    briefing = read(SEEDS[0].read_bytes(), SEEDS[0].name).briefing
    packed = unpack(pack(briefing)).sections
    assert isinstance(packed, PackedSections)
    assert packed == briefing.sections
    assert packed[0] == briefing.sections[0]
    assert packed[1:] == tuple(briefing.sections[1:])
    assert len(packed) == len(briefing.sections)
    assert hash(packed) == hash(tuple(briefing.sections))
    assert repr(packed) == repr(tuple(briefing.sections))
    assert packed != [1]


@pytest.mark.parametrize("packed", [["x"], ["d", "x"], [], "text", None, {"d": 1}])
def test_what_nobody_packed_is_refused(packed: object) -> None:
    about = pack(Briefing("Chery", ())).partition(b"\n")[0]
    sections = compress(json.dumps([[[], 0, [packed]]]).encode(), 6)
    with pytest.raises(ValueError, match="No block is packed as"):
        list(unpack(about + b"\n" + sections).sections)

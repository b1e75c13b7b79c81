"""What all tests share: a PostgreSQL, started for the first one that asks for it."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.postgres import Postgres, running_postgres

# Every run draws others; what a hundred would find, two runs of fifty find, and in half the time.
# How long an example takes, and how long it takes to draw, tells of the machine, not of the code.
settings.register_profile(
    "house",
    settings(),
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


HERE = Path(__file__).parent
COVERS = (HERE / "briefings", *HERE.glob("platforms/*/test_render.py"),
          *HERE.glob("platforms/*/test_inbound.py"))  # fmt: skip
"""What is to cover the pure parts. Tracing would let journeys take two thirds longer, and they
would cover lines that no test looks at."""


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays: in long runs it took half of the processor."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    for item in items:
        if not any(item.path.is_relative_to(each) for each in COVERS):
            item.add_marker("no_cover")


@pytest.fixture(scope="module", autouse=True)
def _what_stays_is_looked_through_once() -> None:
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_heart_beats_on() -> None:
    """A bot that a test cut off leaves discord.py's heart beating for a loop that is gone."""
    for thread in threading.enumerate():
        if thread.name.startswith("keep-alive-handler") and thread.ws.loop.is_closed():  # type: ignore[attr-defined]
            thread.stop()  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The address of a new, empty database."""
    address = postgres.make()
    yield address
    postgres.drop(address)

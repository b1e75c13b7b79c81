"""What all tests share: a PostgreSQL, started for the first one that asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.postgres import Postgres, running_postgres


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

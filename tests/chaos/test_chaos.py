"""A short run of chaos; `make chaos` is the long one."""

from __future__ import annotations

from pathlib import Path

from tests.chaos.plan import Plant
from tests.chaos.run import Chaos, report, run
from tests.postgres import Postgres


async def test_one_process_on_sqlite_dies_again_and_again_and_every_post_comes_once(
    tmp_path: Path,
) -> None:
    chaos = Chaos(f"sqlite:///{tmp_path / 'bot.db'}", kills=12, gap=4.0)
    verdict = await run(chaos)
    assert verdict.clean, report("sqlite", chaos, verdict, 0)
    assert verdict.sent + len(verdict.parked) == 12


async def test_three_processes_on_postgresql_die_and_every_post_comes_once(
    postgres: Postgres, postgres_url: str
) -> None:
    chaos = Chaos(postgres_url, kills=12, processes=3, gap=4.0, restart=postgres.restart)
    verdict = await run(chaos)
    assert verdict.clean, report("postgresql", chaos, verdict, 0)
    assert verdict.sent + len(verdict.parked) == 12


async def test_the_judge_finds_a_double_that_is_planted(tmp_path: Path) -> None:
    chaos = Chaos(f"sqlite:///{tmp_path / 'bot.db'}", kills=12, plant=Plant.DOUBLE, gap=2.0)
    verdict = await run(chaos)
    assert verdict.doubled


async def test_the_judge_finds_a_loss_that_is_planted(tmp_path: Path) -> None:
    chaos = Chaos(f"sqlite:///{tmp_path / 'bot.db'}", kills=3, plant=Plant.LOSS, gap=1.0)
    verdict = await run(chaos)
    assert verdict.lost

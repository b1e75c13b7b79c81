"""Figures about deliveries, in Prometheus's form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.clock import Clock
from bot.store.rows import Plan, State, Transition

LAGS = (1, 2, 5, 10, 30, 60, 300, 900, 3600, 4 * 3600)
"""Seconds between an edition's moment and its post."""


class Budgets(Protocol):
    """Who knows the send budgets."""

    def budgets(self) -> Iterator[tuple[str, int, float]]:
        """Each platform with the turns that are waited for and the share of its pace in use."""


class Metrics:
    """What happened since the start of this process; a registry of its own, no global one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.registry = CollectorRegistry()
        self._editions = self._counter(
            "editions", "Editions that came to a state, by platform.", ["platform", "state"]
        )
        self._messages = self._counter(
            "messages", "Messages that came to a state, by platform.", ["platform", "state"]
        )
        self._lag = Histogram(
            "briefing_lag_seconds",
            "From an edition's moment to the end of its post.",
            ["platform"],
            buckets=LAGS,
            registry=self.registry,
        )
        self._standing = Gauge(
            "briefing_standing_editions",
            "Editions that wait, are being sent, or are parked, by platform; every minute.",
            ["platform", "state"],
            registry=self.registry,
        )
        self.missing = Gauge(
            "briefing_missing_editions",
            "Editions whose time passed without a row or a post (forty at most): look at the log.",
            registry=self.registry,
        )

    def tell(self, plan: Plan | None, move: Transition) -> None:
        """Count a move of an edition that is in our hand, or of one of its messages."""
        if plan is None:
            return
        if move.number is not None:
            self._messages.labels(plan.platform, move.after).inc()
            return
        self._editions.labels(plan.platform, move.after).inc()
        if move.after is State.SENT:
            lag = (self._clock.now() - plan.due_at).total_seconds()
            self._lag.labels(plan.platform).observe(max(lag, 0.0))

    def due(self, plan: Plan) -> None:
        """Count an edition whose time has come: it is planned, or skipped at once."""
        self._editions.labels(plan.platform, plan.state).inc()

    def stand(self, numbers: Mapping[tuple[str, State], int]) -> None:
        """Show how many editions stand in each state that somebody has to do with."""
        self._standing.clear()
        for (platform, state), number in numbers.items():
            self._standing.labels(platform, state).set(number)

    def watch(self, budgets: Budgets) -> None:
        """Show how much of each send budget is in use."""
        self.registry.register(_Budgets(budgets))

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)

    def _counter(self, name: str, says: str, labels: list[str]) -> Counter:
        return Counter(f"briefing_{name}", says, labels, registry=self.registry)


class _Budgets(Collector):
    def __init__(self, budgets: Budgets) -> None:
        self._budgets = budgets

    def collect(self) -> Iterator[Metric]:
        waiting = GaugeMetricFamily(
            "briefing_turns_waiting", "Sends that wait for their turn.", labels=["platform"]
        )
        left = GaugeMetricFamily(
            "briefing_budget_left", "Share of the send budget that is left.", labels=["platform"]
        )
        for platform, turns, share in self._budgets.budgets():
            waiting.add_metric([platform], turns)
            left.add_metric([platform], share)
        yield waiting
        yield left

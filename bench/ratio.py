"""How many times the cost of the bare minimum is what we do, on a machine that is never quiet?"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Cost:
    """Seconds for one call: on the wall, and on this process's own processor time."""

    wall: float
    cpu: float

    @property
    def share(self) -> float:
        """The part of the wall time in which the machine worked for us."""
        return self.cpu / self.wall if self.wall else 1.0


@dataclass(frozen=True)
class Ratio:
    """One promise: what was measured, and how much is allowed."""

    name: str
    measured: float
    allowed: float
    detail: str = ""

    @property
    def kept(self) -> bool:
        """Whether the promise holds."""
        return self.measured <= self.allowed


def cost_of(call: Callable[[], object], times: int) -> Cost:
    """The mean cost of a call over that many in a row, without the collector's pauses."""
    gc.collect()
    gc.disable()
    try:
        wall, cpu = time.perf_counter(), time.process_time()
        for _ in range(times):
            call()
        return Cost((time.perf_counter() - wall) / times, (time.process_time() - cpu) / times)
    finally:
        gc.enable()


def compare(
    ours: Callable[[], object], bare: Callable[[], object], *, times: int, rounds: int = 9
) -> tuple[Cost, Cost]:
    """The median cost of both, measured in turns so that a busy neighbour slows both alike."""
    cost_of(ours, max(1, times // 4)), cost_of(bare, max(1, times // 4))
    pairs = [(cost_of(ours, times), cost_of(bare, times)) for _ in range(rounds)]
    return _middle([pair[0] for pair in pairs]), _middle([pair[1] for pair in pairs])


def _middle(costs: list[Cost]) -> Cost:
    return Cost(median(cost.wall for cost in costs), median(cost.cpu for cost in costs))


def ratios(name: str, costs: tuple[Cost, Cost], *, wall: float, cpu: float) -> list[Ratio]:
    """The promises about wall and processor time for one comparison."""
    ours, bare = costs
    share = f"machine's share {ours.share:.0%} / {bare.share:.0%}"
    return [
        Ratio(
            f"{name}, wall", ours.wall / bare.wall, wall, f"{_pair(ours.wall, bare.wall)}; {share}"
        ),
        Ratio(f"{name}, CPU", ours.cpu / bare.cpu, cpu, _pair(ours.cpu, bare.cpu)),
    ]


def _pair(ours: float, bare: float) -> str:
    return f"{ours * 1000:.3f} ms against {bare * 1000:.3f} ms"


def machine() -> str:
    """One line about the machine, for whoever reads the numbers later."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{os.cpu_count()} processors, load {load}"

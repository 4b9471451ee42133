from __future__ import annotations

import bench.ratio
from bench.ratio import Cost, Ratio, compare, ratios


def test_twice_the_work_costs_about_twice_as_much() -> None:
    ours, bare = compare(lambda: sum(range(40_000)), lambda: sum(range(10_000)), times=40, rounds=1)

    assert 2 < ours.cpu / bare.cpu < 8


def test_a_promise_is_kept_up_to_its_limit_and_no_further() -> None:
    assert Ratio("as allowed", 3.0, 3.0).kept
    assert not Ratio("more", 3.01, 3.0).kept


def test_wall_and_processor_time_are_promised_apart() -> None:
    found = ratios("create", (Cost(0.006, 0.004), Cost(0.002, 0.001)), wall=4, cpu=3)

    assert [(ratio.name, round(ratio.measured, 3), ratio.kept) for ratio in found] == [
        ("create, wall", 3.0, True),
        ("create, CPU", 4.0, False),
    ]


def test_the_machine_is_described() -> None:
    assert "processors, load" in bench.ratio.machine()

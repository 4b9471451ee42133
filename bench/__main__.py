"""Which of the promised ratios hold on this machine, now?"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import unicodedata

import bench
from bench.ratio import Ratio, machine


def _subjects() -> list[str]:
    """Every module of this folder that measures something: those named `measure_…`."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__)]
    return [name.removeprefix("measure_") for name in names if name.startswith("measure_")]


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _line(ratio: Ratio) -> str:
    name = ratio.name + " " * max(0, 44 - _width(ratio.name))
    verdict = "kept  " if ratio.kept else "BROKEN"
    return f"{verdict}  {name}  {ratio.measured:7.2f}x  (≤ {ratio.allowed:g}x)  {ratio.detail}"


def main(wanted: list[str]) -> int:
    """Measure the wanted subjects, or all; 1 if a promise is broken."""
    print(f"before: {machine()}")
    broken = 0
    for subject in wanted or _subjects():
        measure = importlib.import_module(f"bench.measure_{subject}").measure
        for ratio in measure():
            print(_line(ratio), flush=True)
            broken += not ratio.kept
    print(f"after: {machine()}")
    return 1 if broken else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument("subject", nargs="*", help=f"of {', '.join(_subjects())}; default all")
    sys.exit(main(parser.parse_args().subject))

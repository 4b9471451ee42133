"""How fast are expressions in the browser's target, next to JavaScript written by hand?"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measure_expressions import CASES, SCOPE
from bench.ratio import Ratio
from engine.expressions import compile_expression, to_json
from tools.assets import ASSETS, install_packages

SOURCE = Path(__file__).with_name("browser_speed.ts")
ALLOWED = 25
"""Closures walk a tree where the hand knows the answer; a form evaluates a few hundred at most."""


def measure() -> Iterator[Ratio]:
    """Yield the promise of each of the five expressions of the plan."""
    trees = {
        name: to_json(compile_expression(text, SCOPE, slot).tree) for name, text, _, slot in CASES
    }
    found = _in_node(json.dumps(trees))
    for name, text, _, _ in CASES:
        ours, by_hand = found[name]
        detail = f"{1e9 / ours:,.0f}/s against {1e9 / by_hand:,.0f}/s: {text}"
        yield Ratio(f"expression {name} in Node", ours / by_hand, ALLOWED, detail)


def _in_node(trees: str) -> dict[str, tuple[float, float]]:
    node = install_packages(everything=False)
    esbuild = ASSETS / "node_modules" / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--minify", "--format=esm", "--platform=node", "--target=node18"]
    with tempfile.TemporaryDirectory() as folder:
        made = str(Path(folder) / "speed.mjs")
        subprocess.run(
            [*node, str(esbuild), str(SOURCE), *options, f"--outfile={made}"],
            check=True,
            capture_output=True,
        )
        done = subprocess.run([*node, made, trees], check=True, capture_output=True, text=True)
    found: dict[str, tuple[float, float]] = json.loads(done.stdout)
    return found

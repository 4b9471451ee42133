"""Which values does the browser's target give? It runs in Node, one process for many questions."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from engine.expressions import Env, YearsMonths, to_json
from engine.expressions.builtins.text import shown
from engine.expressions.literals import read_date, read_datetime, read_duration, read_time
from engine.expressions.tree import Node
from engine.expressions.values import Range
from tools.assets import ASSETS, install_packages

DRIVER = Path(__file__).with_suffix(".ts")
SOURCE = ASSETS / "src" / "expressions"
MINIFIED = ("--minify", "--charset=utf8", "--target=chrome100,safari15", "--legal-comments=none")
_READERS: dict[str, Any] = {
    "n": Decimal, "d": read_date, "t": read_time, "m": read_datetime, "D": read_duration,
    "M": read_duration,
}  # fmt: skip


class NodeError(Exception):
    """The browser's target raised an error; the message holds its stack."""


def bundled(source: Path, folder: Path, *options: str) -> list[Path]:
    """Bundle a TypeScript file with what it imports; return the files made, its own first."""
    node = install_packages(everything=False)
    esbuild = ASSETS / "node_modules" / "esbuild" / "bin" / "esbuild"
    shared = ("--bundle", "--splitting", "--format=esm", "--out-extension:.js=.mjs")
    subprocess.run(
        [*node, str(esbuild), str(source), *shared, *options, f"--outdir={folder}"],
        check=True,
        capture_output=True,
    )
    made = folder / f"{source.stem}.mjs"
    return [made, *sorted(set(folder.glob("*.mjs")) - {made})]


class NodeTarget:
    """One Node process that evaluates expressions; use `node_target()` to start and end it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def outcomes(
        self, tree: Node, rows: Iterable[Mapping[str, Any]], env: Env
    ) -> list[tuple[Any, bool]]:
        """Return (value, holds) of a tree for each row; NodeError if it cannot run."""
        return self.outcomes_of_many([tree], rows, env)[0]

    def outcomes_of_many(
        self, trees: Iterable[Node], rows: Iterable[Mapping[str, Any]], env: Env
    ) -> list[list[tuple[Any, bool]]]:
        """Return the same for each of many trees, which all look at the same rows."""
        question = {
            "jsons": [to_json(tree) for tree in trees],
            "rows": [_coded(row) for row in rows],
            "env": _coded({"today": env.today, "now": env.now, "user": env.user}),
        }
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if isinstance(answer, dict):
            raise NodeError(answer["error"])
        return [[(_decoded(value), holds) for value, holds in each] for each in answer]

    def values(self, tree: Node, rows: Iterable[Mapping[str, Any]], env: Env) -> list[Any]:
        """Return the value of a tree for each row, in the types of Python."""
        return [value for value, _ in self.outcomes(tree, rows, env)]

    def value(self, tree: Node, row: Mapping[str, Any], env: Env) -> Any:
        """Return the value of a tree for a row."""
        return self.values(tree, [row], env)[0]


@contextmanager
def node_target(folder: Path) -> Iterator[NodeTarget]:
    """Bundle the target into a folder and run it until the end of the block."""
    made = bundled(DRIVER, folder, "--platform=node", "--target=node18")[0]
    node = install_packages(everything=False)
    with subprocess.Popen(
        [*node, str(made)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        encoding="utf-8",
    ) as process:  # fmt: skip
        try:
            yield NodeTarget(process)
        finally:
            assert process.stdin is not None
            process.stdin.close()


def evaluated(
    node: NodeTarget, cases: Iterable[tuple[Node, Sequence[Mapping[str, Any]], Env]]
) -> list[list[Any]]:
    """Return the values of many trees, each for its rows."""
    return [node.values(tree, rows, env) for tree, rows, env in cases]


def _coded(value: Any) -> Any:
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, Mapping):
        return ["c", [[name, _coded(entry)] for name, entry in value.items()]]
    if isinstance(value, list | tuple):
        return ["l", [_coded(item) for item in value]]
    return [_letter(value), shown(value)]


def _letter(value: Any) -> str:
    kinds: tuple[tuple[type, str], ...] = (
        (int, "n"), (Decimal, "n"), (datetime, "m"), (date, "d"), (time, "t"), (timedelta, "D"),
        (YearsMonths, "M"),
    )  # fmt: skip
    return next(letter for kind, letter in kinds if isinstance(value, kind))


def _decoded(coded: Any) -> Any:
    if not isinstance(coded, list):
        return coded
    kind, content = coded
    match kind:
        case "l":
            return [_decoded(item) for item in content]
        case "c":
            return {name: _decoded(entry) for name, entry in content}
        case "r":
            low, high, *rest = content
            return Range(_decoded(low), _decoded(high), *rest)
        case _:
            return _READERS[kind](content)

"""How is one version of an app after another installed until somebody kills it?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engine.app import App
from runtime.store import Store
from tests.runtime.store.building import app_of, form_text, later

ROWS = 60


def version(n: int) -> App:
    """The n-th version of an app: each renames, retypes, adds, drops and brings lines along."""
    number = "type: money" if n % 2 else "type: text"
    fields = f"""
        {{id: name, type: text, label: 名称}}
        {{id: mark_{n}, type: text, label: 标记, formerly: mark_{n - 1}}}
        {{id: amount, {number}, label: 数额}}
        {{id: extra_{n % 3}, type: text, label: 额外, unique: {str(n % 2 == 0).lower()}}}
        {{id: parts, type: lines, label: 部件, fields: [
            {{id: part_{n}, type: text, label: 部件, formerly: part_{n - 1}}}]}}
        """.replace("[\n            ", "[")
    more = f"search: [name, mark_{n}]\n" if n % 2 else "search: [name]\n"
    other = form_text(f"other_{n % 4}", "{id: name, type: text, label: 名称}")
    device = form_text(f"device_{n}", fields, f"{more}formerly: device_{n - 1}\n")
    return app_of(device, other, version=f"1.0.{n}")


def upgrade(url: str, files: str, first: int) -> None:
    """Install version after version, and say each one that is begun."""
    store = Store(url, Path(files))
    n = first
    while True:
        app = version(n)
        _say(f"begin {n}")
        store.install(app, {"app.yaml": str(n).encode()}, later(n))
        n += 1


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """For each line of input, upgrade in a process of its own and say when that is dead."""
    version(1)  # what checking needs is worked out once, not in each child
    for line in sys.stdin:
        url, files, first = line.split("\t")
        child = os.fork()
        if child == 0:
            upgrade(url, files, int(first))
        _say(f"child {child}")
        os.waitpid(child, 0)
        _say("dead")


if __name__ == "__main__":
    main()

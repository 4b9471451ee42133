"""How does one version after another of an app that was changed here come until it is killed?"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from engine.app import App
from engine.loading.load import load_app
from engine.loading.writing.files import file_text
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.open import open_workspace
from runtime.workspace.upgrade import Upgraded, upgrade_app
from tests.runtime.store.building import MANIFEST, form_text, later

ROWS = 60
_NAME = {"id": "name", "type": "text", "label": "名称"}
OWN = {
    "form": "own",
    "label": "自己的",
    "title": "name",
    "sections": [{"id": "basics", "label": "基本信息", "fields": [_NAME]}],
}
"""A form that was made here."""
LOCAL = ("label: 员工", "label: 同事")
"""What was changed here in what every version says."""
DRAFTED = ("label: 设备", "label: 我们的设备")
"""What is changed here and not published."""


def packed(n: int) -> dict[str, str]:
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
    device = form_text(f"device_{n}", fields, f"{more}formerly: device_{n - 1}\n")
    return {
        "app.yaml": MANIFEST.replace("1.0.0", f"1.0.{n}"),
        f"forms/device_{n}.yaml": device,
        f"forms/other_{n % 4}.yaml": form_text(
            f"other_{n % 4}", "{id: name, type: text, label: 名称}"
        ),
    }


def merged(n: int) -> dict[str, bytes]:
    """Return what people work with: a version with what was changed here."""
    files = {**packed(n), "forms/own.yaml": file_text("forms/own.yaml", OWN)}
    files["app.yaml"] = files["app.yaml"].replace(*LOCAL)
    return {path: text.encode() for path, text in files.items()}


def version(n: int) -> App:
    """Return the app that people work with."""
    return load_app(merged(n))


def opened(url: str, files: str, n: int) -> Services:
    """Open the workspace, whose clock stands at the moment of a version."""
    home = Path(files).parent
    settings = Settings(home=home, database_url=url, secret_key="-" * 32)
    return open_workspace(settings, lambda: later(n))


def upgrade(url: str, files: str, first: int) -> None:
    """Let version after version come, and say each one that is begun."""
    n = first
    while True:
        services = opened(url, files, n)
        package = {path: text.encode() for path, text in packed(n).items()}
        _say(f"begin {n}")
        done = upgrade_app(services, package)
        assert isinstance(done, Upgraded)
        services.store.close()
        n += 1


def _say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """For each line of input, upgrade in a process of its own and say when that is dead."""
    version(1)  # what checking needs is worked out once, not in each child
    for line in sys.stdin:
        url, files, first = line.rstrip("\n").split("\t")
        child = os.fork()
        if child == 0:
            upgrade(url, files, int(first))
        _say(f"child {child}")
        os.waitpid(child, 0)
        _say("dead")


if __name__ == "__main__":
    main()

"""The examples are sound, and the tutorial does what it says."""

from __future__ import annotations

import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.packages.package import open_package, pack
from runtime.cli import main
from runtime.packages.folder import package_files

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(path.parent for path in (ROOT / "examples").glob("*/app.yaml"))
TUTORIAL = ROOT / "docs" / "partner-tutorial.md"
_BLOCK = re.compile(r"^```(sh|yaml) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME_DIR", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DOUGONG_KEY", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _run(*words: object) -> Result:
    import_module("designer.cli")  # which brings commands of its own
    return CliRunner().invoke(main, [str(word) for word in words])


def test_every_example_is_told_of() -> None:
    told = (ROOT / "examples" / "README.md").read_text("utf-8")

    assert {path.name for path in EXAMPLES} == set(re.findall(r"^\| \[(\w+)\]", told, re.MULTILINE))


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda folder: folder.name)
def test_an_example_is_sound_does_what_it_tells_and_can_be_packed(folder: Path) -> None:
    tested = _run("app", "test", folder)

    assert tested.exit_code == 0, tested.output
    assert "  · " not in tested.output, "a part of it is not shown by its scenarios"
    assert open_package(pack(package_files(folder)).bytes()).app.definition.publisher in (
        "Dougong",
        None,
    )


def test_the_dependent_example_needs_the_other_one(place: Path) -> None:
    packages = {name: place / f"{name}.zip" for name in ("smallest", "dependency")}
    for name, file in packages.items():
        _run("app", "pack", ROOT / "examples" / name, "--out", file)
        _run("app", "sign", file, "--publisher", "Dougong")

    alone = _run("app", "install", packages["dependency"])
    assert "install.requires" in alone.stderr
    assert _run("app", "install", packages["smallest"]).exit_code == 0
    assert _run("app", "install", packages["dependency"]).exit_code == 0

    refused = _run("app", "uninstall", "notes", "--drop")
    assert refused.exit_code == 1
    assert "读书" in refused.stderr


def test_the_tutorial_runs_from_beginning_to_end(place: Path) -> None:
    commands = 0
    for kind, path, text in _BLOCK.findall(TUTORIAL.read_text("utf-8")):
        if kind == "yaml":
            (place / path).write_text(text, "utf-8")
            continue
        for line in text.splitlines():
            program, *words = shlex.split(line)
            done = _run(*words)
            assert (program, done.exit_code) == ("dougong", 0), (line, done.output)
            commands += 1
    assert commands > 10
    assert not (place / "shelf" / "index.json").read_bytes().startswith(b"<")

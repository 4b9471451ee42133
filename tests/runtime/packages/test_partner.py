"""What a partner does, from nothing to a store."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from engine.packages.broken import BrokenPackage
from engine.packages.index import read_index
from engine.packages.package import open_package
from runtime.cli import main


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME_DIR", str(tmp_path / "home"))
    monkeypatch.delenv("DOUGONG_KEY", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return tmp_path


def _run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def _new(place: Path, version: str = "0.1.0", key: str = "a.key") -> Path:
    """A signed package of a new app, in a version."""
    folder = place / version
    _run("app", "new", folder, "--id", "needs", "--label", "申请", "--publisher", "某某")
    manifest = folder / "app.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("0.1.0", version), "utf-8")
    (folder / "icon.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    file = place / f"{version}-{key}.zip"
    if not (place / key).exists():
        _run("key", "new", "--out", place / key)
    for words in (
        ("app", "pack", folder, "--out", file),
        ("app", "sign", file, "--key", place / key),
    ):
        done = _run(*words)
        assert done.exit_code == 0, done.output
    return file


def test_a_new_app_is_complete(place: Path) -> None:
    made = _run(
        "app", "new", place / "needs", "--id", "needs", "--label", '申"请', "--publisher", "a: b"
    )

    assert made.exit_code == 0, made.output
    assert _run("app", "check", place / "needs").exit_code == 0
    tested = _run("app", "test", place / "needs")
    assert tested.exit_code == 0, tested.output


def test_a_new_app_asks_nobody_who_is_not_there(place: Path) -> None:
    assert _run("app", "new", place / "My Needs").exit_code == 0

    assert "app: my_needs\n" in (place / "My Needs" / "app.yaml").read_text("utf-8")


def test_a_new_app_writes_over_nothing(place: Path) -> None:
    _run("app", "new", place / "needs")

    assert _run("app", "new", place / "needs").exit_code == 1


def test_a_store_lists_what_was_published_with_its_history(place: Path) -> None:
    for version in ("0.1.0", "0.10.0", "0.9.0"):
        done = _run("app", "publish", _new(place, version), "--to", place / "store")
        assert done.exit_code == 0, done.output

    index = json.loads((place / "store" / "index.json").read_bytes())
    (entry,) = index["apps"]
    assert [one["version"] for one in entry["versions"]] == ["0.10.0", "0.9.0", "0.1.0"]
    assert entry["versions"][-1]["changes"] == "- 第一个版本。"
    assert (entry["forms"], entry["scenarios"]) == (1, 4)
    assert (place / "store" / entry["icon_file"]).exists()
    for one in entry["versions"]:
        content = (place / "store" / one["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"]
        assert open_package(content).manifest.version == one["version"]


def test_an_index_that_was_signed_can_not_be_changed(place: Path) -> None:
    _run("app", "publish", _new(place), "--to", place / "store", "--key", place / "a.key")
    raw = (place / "store" / "index.json").read_bytes()
    signature = (place / "store" / "index.sig").read_bytes()

    assert read_index(raw, signature).apps[0].app == "needs"
    for changed, beside in ((raw.replace(b"needs", b"weeds"), signature), (raw, None)):
        with pytest.raises(BrokenPackage):
            read_index(changed, beside)


def test_a_version_is_published_once(place: Path) -> None:
    file = _new(place)
    assert _run("app", "publish", file, "--to", place / "store").exit_code == 0
    assert _run("app", "publish", file, "--to", place / "store").exit_code == 0

    _run("app", "sign", file, "--key", place / "a.key", "--publisher", "别的名字")
    again = _run("app", "publish", file, "--to", place / "store")

    assert again.exit_code == 1
    assert "index.published" in again.stderr


def test_a_store_takes_no_second_publisher_of_an_app_and_nothing_unsigned(place: Path) -> None:
    _run("app", "publish", _new(place), "--to", place / "store")
    theirs = _new(place, "0.2.0", "b.key")
    _run("app", "pack", place / "0.2.0", "--out", place / "bare.zip")

    refused = _run("app", "publish", theirs, "--to", place / "store")
    bare = _run("app", "publish", place / "bare.zip", "--to", place / "store")

    assert "index.publishers" in refused.stderr
    assert "index.unsigned" in bare.stderr
    assert len(list((place / "store" / "packages").iterdir())) == 1


def test_a_store_is_not_built_over_a_damaged_package(place: Path) -> None:
    _run("app", "publish", _new(place), "--to", place / "store")
    (package,) = (place / "store" / "packages").iterdir()
    package.write_bytes(package.read_bytes()[:-1])

    done = _run("store", "build", place / "store")

    assert done.exit_code == 1
    assert package.name in done.stderr

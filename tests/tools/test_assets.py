from __future__ import annotations

from pathlib import Path

import pytest

from tools import assets


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An assets folder with one source, and nothing built."""
    source = tmp_path / "assets"
    (source / "src").mkdir(parents=True)
    (source / "src" / "form.ts").write_text("console.log(1)\n")
    (source / "build.mjs").write_text("")
    (source / "package-lock.json").write_text("{}")
    monkeypatch.setattr(assets, "ASSETS", source)
    (tmp_path / "designer").mkdir()
    (tmp_path / "designer" / "design.ts").write_text("console.log(2)\n")
    monkeypatch.setattr(assets, "OF_DESIGNER", tmp_path / "designer")
    monkeypatch.setattr(assets, "DIST", tmp_path / "dist")
    return tmp_path


def _stamped(house: Path) -> None:
    (house / "dist").mkdir()
    (house / "dist" / ".stamp").write_text(assets.source_hash())


def test_what_was_never_built_is_not_current(house: Path) -> None:
    assert not assets.current()


def test_what_was_built_from_this_source_is_current(house: Path) -> None:
    _stamped(house)

    assert assets.current()


@pytest.mark.parametrize(
    "changed", ["src/form.ts", "build.mjs", "package-lock.json", "src/new.css"]
)
def test_any_change_of_the_source_asks_for_a_new_build(house: Path, changed: str) -> None:
    _stamped(house)

    (house / "assets" / changed).write_text("changed")

    assert not assets.current()


def test_a_change_of_the_designers_source_does_so_too(house: Path) -> None:
    _stamped(house)

    (house / "designer/design.ts").write_text("changed")

    assert not assets.current()


def test_moving_a_source_asks_for_a_new_build(house: Path) -> None:
    _stamped(house)

    (house / "assets/src/form.ts").rename(house / "assets/src/list.ts")

    assert not assets.current()


def test_an_installed_wheel_has_nothing_to_build(house: Path) -> None:
    (house / "dist").mkdir()
    (house / "assets/src/form.ts").unlink()
    (house / "assets/src").rmdir()

    assert assets.current()

"""What does a start do to apps, and what does it leave alone?"""

from __future__ import annotations

from pathlib import Path

import pytest

from runtime import serving
from runtime.packages.uninstall import drop_data
from runtime.workspace.open import open_workspace
from tests.desk import FILES, Desk


def test_an_app_that_was_taken_out_does_not_come_back_with_the_next_start(
    small_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shipped" / "desk"
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    monkeypatch.setattr(serving, "shipped", lambda: {"desk": folder})
    settings = small_desk.services.settings
    drop_data(small_desk.services, "desk")

    serving.prepare(settings, demo=True)

    again = open_workspace(settings)
    assert again.apps == {}
    again.store.close()


def test_the_accounts_to_try_are_those_of_the_demo_in_its_order(small_desk: Desk) -> None:
    services = small_desk.services
    with services.store.unit() as unit:
        for login in ("zoe", "rep1", "ops", "director"):
            unit.people.add(login, login, services.now())

    expected = ["ops", "director", "rep1"]

    told = [line.split()[0] for line in serving._accounts(services.settings)]

    assert [login for login in told if login in ("zoe", "rep1", "ops", "director")] == expected


def test_a_workspace_without_a_demo_says_how_to_add_somebody(
    capsys: pytest.CaptureFixture[str],
) -> None:
    serving.announce((), "127.0.0.1", 8000)

    said = capsys.readouterr().out
    assert "dougong person add" in said
    assert serving.DEMO_PASSWORD not in said

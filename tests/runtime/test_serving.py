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

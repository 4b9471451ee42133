"""Two versions of an app are compared, in the words of those who use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import designer.cli
from runtime.cli import main
from tests.desk import FILES, Desk

assert designer.cli.diff.name == "diff"


def _folder(place: Path, *changes: tuple[str, str]) -> Path:
    for name, content in FILES.items():
        text = content.decode()
        for before, after in changes:
            text = text.replace(before, after)
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return place


def _diff(*words: object) -> Result:
    return CliRunner().invoke(main, ["app", "diff", *map(str, words)])


REQUIRED = ("en: Cause}}", "en: Cause}, required: true}")


def test_a_change_is_told_in_business_words_with_the_records_it_would_block(
    small_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME_DIR", str(small_desk.services.settings.home))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    small_desk.ticket()
    small_desk.ticket()
    small_desk.ticket(cause="卡纸")
    old = _folder(tmp_path / "old")
    new = _folder(tmp_path / "new", REQUIRED, ("zh: 截止日期", "zh: 期限"))

    told = _diff(old, new, "--against-workspace")
    english = json.loads(_diff(old, new, "--against-workspace", "--json", "--lang", "en").stdout)

    assert "截止日期 → 期限" in told.stdout
    assert "“工单”的“原因”：改为必填（涉及 2 条） [field.required]" in told.stdout
    (broken,) = english["breaking"]
    assert broken["count"] == 2
    assert broken["text"] == "“Cause” of the form “Ticket”: is required now"


def test_scripts_can_stop_at_what_breaks(tmp_path: Path) -> None:
    old, new = _folder(tmp_path / "old"), _folder(tmp_path / "new", REQUIRED)

    assert _diff(old, new).exit_code == 0
    assert _diff(old, new, "--strict").exit_code == 1
    assert _diff(old, old, "--strict").exit_code == 0

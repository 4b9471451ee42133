"""Limits stand in one place, and the page about them says what they are."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from runtime import limits
from runtime.limits import KIB, MIB
from runtime.settings import Settings

PAGE = Path("docs/limits.md").read_text("utf-8")
KNOWN = {name: value for name, value in vars(limits).items() if name.isupper()}
UNITS = {"KIB", "MIB"}
DEFAULTS: dict[str, Any] = {one.name: one.default for one in fields(Settings)}


def _written(value: int) -> str:
    if value >= KIB and value % KIB == 0:
        return f"{value // MIB} MiB" if value % MIB == 0 else f"{value // KIB} KiB"
    return f"{value:,}"


@pytest.mark.parametrize("name", sorted(KNOWN.keys() - UNITS))
def test_the_page_tells_each_limit(name: str) -> None:
    assert re.search(rf"\| [^|]*\b{_written(KNOWN[name])}\b", PAGE), name


def test_what_the_operator_decides_is_told_with_its_default() -> None:
    assert f"| {DEFAULTS['hooks_a_minute']} | `HOOKS_A_MINUTE`" in PAGE
    assert f"| {_written(DEFAULTS['max_upload'])} | `MAX_UPLOAD_MB`" in PAGE
    assert f"| {DEFAULTS['job_threads']} | `JOB_THREADS`" in PAGE
    assert f"| {DEFAULTS['job_file_days']} days | `JOB_FILE_DAYS`" in PAGE


def test_each_limit_is_one_that_something_goes_by() -> None:
    source = "\n".join(path.read_text("utf-8") for path in Path("runtime").rglob("*.py"))
    for name in KNOWN.keys() - UNITS:
        assert len(re.findall(rf"\b{name}\b", source)) > 2, name

"""How much do pages load to work out expressions?"""

from __future__ import annotations

import gzip
import re
import subprocess

import pytest

from tests.engine.expressions.node_target import MINIFIED, SOURCE
from tools.assets import ASSETS, install_packages

_EXPORTED = """
export { compile } from './compile';
export { decimal } from './decimals';
export { day, duration, moment, time } from './reading';
export { show } from './showing';
export { equal as same } from './comparing';
export { Decimal, Range, Temporal, integer } from './values';
"""
ALL = f"import './more';{_EXPORTED}"


def _minified(entry: str) -> str:
    node = install_packages(everything=False)
    esbuild = ASSETS / "node_modules" / "esbuild" / "bin" / "esbuild"
    done = subprocess.run(
        [*node, str(esbuild), "--bundle", "--format=esm", *MINIFIED],
        input=entry,
        capture_output=True,
        check=True,
        text=True,
        encoding="utf-8",
        cwd=SOURCE,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("entry", "most"), [(_EXPORTED, 7_000), (ALL, 8_192)], ids=["usual", "all"]
)
def test_the_browser_s_expressions_stay_small(entry: str, most: int) -> None:
    packed = gzip.compress(_minified(entry).encode(), 9)

    assert len(packed) <= most


def test_nothing_is_made_from_text() -> None:
    found = re.findall(r"\beval\b|\bFunction\b|\bsetTimeout\b|\bimport\(", _minified(ALL))

    assert found == []

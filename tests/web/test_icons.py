"""An icon that is missing is silent in a browser; here it is not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
WEB = ROOT / "runtime" / "web"
ICONS = {path.stem for path in (WEB / "assets" / "src" / "icons").glob("*.svg")}
CALLED = re.compile(r"""\bicon\(\s*["']([a-z0-9-]+)["']""")
NAMED = re.compile(r"""^icon:\s*([a-z0-9-]+)|[{,]\s*icon:\s*([a-z0-9-]+)""", re.MULTILINE)


def _files(*patterns: str) -> list[Path]:
    return [path for pattern in patterns for path in sorted(ROOT.glob(pattern))]


def test_every_icon_that_a_page_shows_is_there() -> None:
    pages = _files("runtime/web/**/*.html", "runtime/web/*.py", "runtime/web/**/*.py")

    missing = {
        (path.name, name)
        for path in pages
        for name in CALLED.findall(path.read_text("utf-8"))
        if name not in ICONS
    }

    assert missing == set()


def test_every_icon_that_a_shipped_app_names_is_there() -> None:
    files = _files("apps/*/app.yaml", "apps/*/forms/*.yaml")
    named = {
        next(filter(None, names))
        for path in files
        for names in NAMED.findall(path.read_text("utf-8"))
    }

    assert len(named) >= 10
    assert named - ICONS == set()


def test_an_icon_is_drawn_in_the_colour_of_its_text() -> None:
    texts = {
        path.stem: path.read_text("utf-8")
        for path in (WEB / "assets" / "src" / "icons").glob("*.svg")
    }

    odd = [
        name
        for name, text in texts.items()
        if 'viewBox="0 0 24 24"' not in text
        or any(word in text for word in ("<script", "style=", "#", "url("))
    ]

    assert odd == []

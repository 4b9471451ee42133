from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("examples/**/*.md")])
_LINK = re.compile(r"!?\[[^\]]*\]\(([^)#\s]+)")
_MAKE = re.compile(r"`(?:\w+=\S+ )?make ([a-z]+)|^(?:\w+=\S+ )?make ([a-z]+)", re.MULTILINE)
_DOUGONG = re.compile(r"\.venv/bin/dougong ((?:[a-z]+ ?)+)")


def _texts(pattern: re.Pattern[str]) -> Iterator[tuple[str, str]]:
    for document in DOCUMENTS:
        for match in pattern.finditer(document.read_text("utf-8")):
            yield document.name, next(group for group in match.groups() if group)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_inside_the_house_lead_somewhere(document: Path) -> None:
    targets = _LINK.findall(document.read_text("utf-8"))

    inside = [
        target for target in targets if "://" not in target and not target.startswith("mailto")
    ]
    assert [target for target in inside if not (document.parent / target).exists()] == []


def test_every_make_command_of_the_documents_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))

    assert {(name, target) for name, target in _texts(_MAKE) if target not in targets} == set()


def _reached(command: click.Command, words: list[str]) -> bool:
    if not isinstance(command, click.Group):
        return True
    sub = command.commands.get(words[0]) if words else None
    return sub is not None and _reached(sub, words[1:])


def test_every_dougong_command_of_the_readme_exists() -> None:
    from runtime.cli import main

    import_module("designer.cli")

    spoken = {(name, words.strip()) for name, words in _texts(_DOUGONG)}

    assert spoken
    assert {said for said in spoken if not _reached(main, said[1].split())} == set()

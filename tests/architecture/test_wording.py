from __future__ import annotations

import ast
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from babel.messages.catalog import Message as Entry
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from tests.architecture.sources import HOUSE, ROOT, files_in, modules, name_of

ENGLISH = ROOT / "runtime" / "locales" / "en"
SPEAKERS = {"Message", "_", "N_", "gettext", "say"}


def _called(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _spoken_in_code() -> Iterator[tuple[str, str]]:
    for name, module in modules(*HOUSE).items():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and node.args and _called(node.func) in SPEAKERS:
                match node.args[0]:
                    case ast.Constant(value=str(text)) if text:
                        yield text, f"{name}:{node.lineno}"


def _template(path: Path) -> nodes.Template:
    return Environment(
        autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"]
    ).parse(path.read_text("utf-8"))


def _spoken_in_templates() -> Iterator[tuple[str, str]]:
    for path in files_in(*HOUSE, endings=(".html", ".j2", ".txt")):
        for call in _template(path).find_all(nodes.Call):
            spoken = isinstance(call.node, nodes.Name) and call.node.name in SPEAKERS
            if spoken and call.args and isinstance(call.args[0], nodes.Const):
                yield str(call.args[0].value), f"{name_of(path)}:{call.lineno}"


@cache
def _spoken() -> dict[str, str]:
    return dict([*_spoken_in_code(), *_spoken_in_templates()])


@cache
def _entries() -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for path in sorted(ENGLISH.glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale="en", abort_invalid=True):
                if entry.id:
                    entries[str(entry.id)] = entry
    return entries


def _blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


def test_every_text_is_complete_in_english() -> None:
    entries = _entries()

    missing = [
        f"{place}: {text}"
        for text, place in _spoken().items()
        if text not in entries or not entries[text].string or entries[text].fuzzy
    ]

    assert missing == []


def test_a_translation_keeps_the_blanks_of_its_text() -> None:
    spoken = _spoken()

    wrong = [
        (text, entry.string)
        for text, entry in _entries().items()
        if text in spoken and entry.string and _blanks(text) != _blanks(str(entry.string))
    ]

    assert wrong == []


def test_english_has_no_chinese_left_in_it() -> None:
    mixed = [
        (text, entry.string)
        for text, entry in _entries().items()
        if any("\u4e00" <= letter <= "\u9fff" for letter in str(entry.string).replace(text, ""))
    ]

    assert mixed == []


def test_no_translation_is_left_of_a_text_that_is_gone() -> None:
    literals = {
        node.value
        for module in modules(*HOUSE).values()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    in_templates = {
        str(const.value)
        for path in files_in(*HOUSE, endings=(".html", ".j2", ".txt"))
        for const in _template(path).find_all(nodes.Const)
    }

    assert sorted(_entries().keys() - literals - in_templates - _spoken().keys()) == []


def test_a_text_has_one_translation() -> None:
    said: dict[str, set[str]] = {}
    for path in sorted(ENGLISH.glob("*.po")):
        with path.open("rb") as file:
            for entry in read_po(file, locale="en"):
                if entry.id:
                    said.setdefault(str(entry.id), set()).add(str(entry.string))

    # Two areas may say the same thing, but whichever file is read last decides how.
    assert {text: sorted(ways) for text, ways in said.items() if len(ways) > 1} == {}


def test_a_text_is_written_out_where_it_is_said() -> None:
    assembled = [
        f"{name}:{node.lineno}"
        for name, module in modules(*HOUSE).items()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and node.args and _called(node.func) in SPEAKERS
        if isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
    ]

    assert assembled == []

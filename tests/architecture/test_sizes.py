from __future__ import annotations

import ast
from statistics import median

import pytest

from tests.architecture.sources import CODE, HOUSE, files_in, modules, name_of

LONGEST_FILE = 400
MEDIAN_FILE = 120
LONGEST_FUNCTION = 40


def _lengths(*folders: str) -> dict[str, int]:
    paths = files_in(*folders, endings=(".py", ".ts", ".css", ".html"))
    return {name_of(path): len(path.read_text("utf-8").splitlines()) for path in paths}


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    too_long = {name: n for name, n in _lengths(*CODE).items() if n > LONGEST_FILE}

    assert too_long == {}


@pytest.mark.parametrize("folder", HOUSE)
def test_the_usual_file_is_short(folder: str) -> None:
    lengths = [n for name, n in _lengths(folder).items() if name.endswith(".py") and n > 0]

    assert not lengths or median(lengths) <= MEDIAN_FILE


def _functions() -> dict[str, int]:
    return {
        f"{name}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = {name: n for name, n in _functions().items() if n > LONGEST_FUNCTION}

    assert too_long == {}

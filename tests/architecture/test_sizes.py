from __future__ import annotations

import ast
from collections.abc import Iterator
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


Function = ast.FunctionDef | ast.AsyncFunctionDef


def _inside(node: ast.AST) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function):
            yield child
        else:
            yield from _inside(child)


def _length(function: Function) -> int:
    """Its lines without those of the functions inside it, which are measured by themselves."""
    return _span(function) - sum(map(_span, _inside(function)))


def _span(function: Function) -> int:
    first = min([function.lineno, *(decorator.lineno for decorator in function.decorator_list)])
    return (function.end_lineno or function.lineno) - first + 1


def test_no_function_is_longer_than_a_screen() -> None:
    too_long = {
        f"{name}:{node.lineno} {node.name}": length
        for name, module in modules().items()
        for node in ast.walk(module)
        if isinstance(node, Function) and (length := _length(node)) > LONGEST_FUNCTION
    }

    assert too_long == {}

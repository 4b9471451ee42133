from __future__ import annotations

import ast
import re

from tests.architecture.sources import modules

_MORE_THAN_ONE_SENTENCE = re.compile(r"[.?!]\s+[A-Z]")


def _complaint(name: str, module: ast.Module) -> str | None:
    said = ast.get_docstring(module)
    if said is None:
        return f"{name} does not say what question it answers"
    sentence = said.split("\n\n")[0]
    if not sentence.endswith((".", "?", "!")):
        return f"{name}: the sentence has no end"
    if _MORE_THAN_ONE_SENTENCE.search(sentence):
        return f"{name}: one sentence; if one will not do, it is two modules"
    return None


def test_each_module_opens_with_one_sentence() -> None:
    ours = modules("engine", "runtime", "designer", "tools", "bench")
    opened = {name: module for name, module in ours.items() if not name.endswith("__init__.py")}

    complaints = [_complaint(name, module) for name, module in opened.items()]

    assert [complaint for complaint in complaints if complaint] == []

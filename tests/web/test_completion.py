"""While an expression is written, what fits is offered at the caret, and nothing else."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.engine.expressions.node_target import bundled
from tools.assets import ASSETS, install_packages

WORDS = {
    "fields": {
        "": [
            {"id": "cost", "label": "费用"},
            {"id": "stage", "label": "阶段"},
            {"id": "site", "label": "站点"},
            {"id": "site_note", "label": "站点说明"},
        ],
        "site": [{"id": "name", "label": "名称"}],
        "user": [{"id": "id", "label": "我"}],
    },
    "options": {"stage": [["open", "待处理"], ["done", "已完成"]], "site.kind": [["shop", "门店"]]},
    "sources": {},
    "functions": [{"id": "starts with", "label": "starts with(text, match)"}],
    "words": [{"id": "user.id", "label": "我"}, {"id": "and", "label": "并且"}],
}
DRIVER = """
import { placeAt, offers } from 'WORDS';
const [words, texts] = JSON.parse(process.argv[1]);
console.log(JSON.stringify(texts.map((text) => {
  const place = placeAt(text.replace('|', ''), text.indexOf('|'));
  const found = place ? offers(words, place).map((offer) => offer.insert) : null;
  return { place, found };
})));
"""
# Where the caret stands, the text that a choice replaces, and what is offered first.
CASES: list[tuple[str, str | None, list[str]]] = [
    ("co|", "co", ["cost"]),
    ("费|", "费", ["cost"]),
    ("站|", "站", ["site", "site_note"]),
    ("co|st > 5", "cost", ["cost"]),
    ("cost > 5 and st|", "st", ["stage", "cost", "starts with()"]),
    ("start|", "start", ["starts with()"]),
    ("site.|", "", ["name"]),
    ("site.na|", "na", ["name"]),
    ("user.|", "", ["id"]),
    ("我|", "我", ["user.id"]),
    ("stage = |", "", ['"open"', '"done"']),
    ('stage = "|', '"', ['"open"', '"done"']),
    ('stage = "已|"', '"已"', ['"done"']),
    ("stage != 完|", "完", ['"done"']),
    ('stage in ("open", |', "", ['"open"', '"done"']),
    ('site.kind = "|"', '""', ['"shop"']),
    ('cost = 5 and stage = "do|" and cost > 1', '"do"', ['"done"']),
    ("cost > 12|", None, []),
    ('contains(name, "co|', None, []),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder: Path = tmp_path_factory.mktemp("words")
    made, *_ = bundled(ASSETS / "src" / "feel" / "words.ts", folder)
    asked = json.dumps([WORDS, [text for text, _, _ in CASES]])
    program = DRIVER.replace("WORDS", made.as_uri())
    node = [*install_packages(everything=False), "--input-type=module", "-e", program, "--", asked]
    done = subprocess.run(node, check=True, capture_output=True, text=True)
    found = json.loads(done.stdout)
    return {text: answer for (text, _, _), answer in zip(CASES, found, strict=True)}


@pytest.mark.parametrize(("text", "replaced", "offered"), CASES, ids=[text for text, _, _ in CASES])
def test_what_fits_is_offered_where_the_caret_stands(
    answers: dict[str, dict[str, Any]], text: str, replaced: str | None, offered: list[str]
) -> None:
    answer = answers[text]
    place = answer["place"]

    assert (place and text.replace("|", "")[place["from"] : place["to"]]) == replaced
    assert (answer["found"] or [])[: len(offered)] == offered

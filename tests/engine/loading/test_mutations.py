"""However an app is mutilated, it loads or says what is wrong."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.app import App
from engine.loading.load import load_app
from engine.loading.read import read_text
from engine.problems import BrokenApp

SOUND = Path(__file__).parent / "sound"
FILES = {
    path.relative_to(SOUND).as_posix(): path.read_text("utf-8") for path in SOUND.rglob("*.yaml")
}
FILES["data/sites.yaml"] = "form: site\nrows:\n  - {id: hq, name: 总部, level: high}\n"
FILES["locales/en.yaml"] = "locale: en\ntexts: {app: Desk, forms/ticket: {label: Ticket}}\n"
FILES["scenarios/one.yaml"] = (
    "scenario: 一\ngiven: {records: [{form: ticket, id: t, name: x}]}\n"
    "steps: [{as: rep1, advance: {record: t}, then: {refused: [x]}}]\n"
)
WORDS: list[Any] = [
    None, True, 0, -1, 3, 0.5, "", "x", "name", "ticket", "none", "own", "P1D", "2026-01-01", "\n",
    "a\n", "+2d", [], ["name"], {}, {"zh": "x"}, {"when": "name = null"}, {"feel": "1 +"},
    {"id": "x"}, "cost > 0", "total", "items", "site.level", "-due", "stage", [[]],
    {"a": {"b": []}},
]  # fmt: skip


def outcome(files: dict[str, str]) -> App | BrokenApp:
    try:
        return load_app(files)
    except BrokenApp as broken:
        return broken


def assert_told(result: App | BrokenApp) -> None:
    if isinstance(result, BrokenApp):
        assert result.problems
        assert all(problem.code != "shape.build" for problem in result.problems), result


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_changed_bytes(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    content = bytearray(FILES[file], "utf-8")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    text = content.decode("utf-8", "surrogateescape")

    assert_told(outcome({**FILES, file: text}))


@given(st.data())
@settings(max_examples=250, deadline=None)
def test_changed_values(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(FILES)))
    tree = read_text(file, "form", FILES[file])[0][0].data
    chance = random.Random(data.draw(st.integers(0, 2**32)))
    for _ in range(chance.randint(1, 3)):
        _mutate(tree, chance)

    assert_told(outcome({**FILES, file: json.dumps(tree, ensure_ascii=False)}))


def _mutate(tree: Any, chance: random.Random) -> None:
    places = list(_places(tree))
    if not places:
        return
    holder, key = chance.choice(places)
    match chance.randrange(4):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(["id", "to", "by", "form", "type", "when", "x"])] = holder[key]
        case 2:
            other, name = chance.choice(places)
            if name in other if isinstance(other, dict) else name < len(other):
                holder[key] = json.loads(json.dumps(other[name]))
        case _:
            holder[key] = chance.choice(WORDS)


def _places(tree: Any) -> Any:
    if isinstance(tree, dict | list):
        keys = list(tree) if isinstance(tree, dict) else range(len(tree))
        for key in keys:
            yield tree, key
            yield from _places(tree[key])

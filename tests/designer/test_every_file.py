"""Each kind of file of an app is made, called differently, copied and removed, and all of it comes
back by undoing."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from designer.flows import beginnings
from designer.forms.seeds import new_form
from designer.twins import FILES, twin_of
from engine.editing.apply import Applied, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import AddFile, AnyEdit, Remove, Set, Target
from engine.editing.fallout import fallout_of
from engine.loading.folder import FOLDERS, kind_of
from engine.wording import Message

ROOT = Path(__file__).parents[2]
NAMELESS = {
    "data": "the sample rows of a form, of which there is one file",
    "locale": "the words of a language, of which there is one file",
}
"""What has no name of its own, and no copy."""
SENTENCE = {"scenario": "scenario"}
"""What people call a thing by where it isn't its label."""


def say(message: Message, **blanks: Any) -> str:
    return Message(message.text, **blanks).fill(lambda text: text, "zh")


def read(app: str) -> Draft:
    folder = ROOT / "apps" / app
    return open_draft({
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    })  # fmt: skip


@pytest.fixture(scope="module")
def draft() -> Draft:
    """Return an app with at least one file of each kind."""
    found = read("sales_crm")
    added = [
        AddFile(path=path, value=value)
        for path, value in MORE.items()
        if kind_of(path) not in {kind_of(one) for one in found.files}
    ]
    done = apply(found, added)
    assert isinstance(done, Applied), done
    return done.draft


MORE: Mapping[str, dict[str, Any]] = {
    "types/short.yaml": {"type": "short", "label": "短文本", "like": {"type": "text"}},
    "connectors/other.yaml": {
        "connector": "other",
        "type": "http",
        "label": "别的系统",
        "url": "https://example.com/api",
        "operations": [{"id": "look", "label": "查看", "method": "GET", "repeatable": True}],
    },
}


def made(draft: Draft, *edits: AnyEdit) -> Applied:
    done = apply(draft, edits)
    assert isinstance(done, Applied), [str(one) for one in getattr(done, "problems", ())]
    return done


def comes_back(done: Applied, before: Draft) -> None:
    back = apply(done.draft, done.undo)
    assert isinstance(back, Applied)
    assert back.draft.files == before.files


def first(draft: Draft, kind: str) -> Target:
    path = next(path for path in draft.files if kind_of(path) == kind)
    return (path, 0) if kind == "scenario" else (path,)


KINDS = sorted({*FOLDERS.values()} - {"public"})


@pytest.mark.parametrize("kind", sorted({*KINDS} - NAMELESS.keys()))
def test_a_file_of_each_kind_is_called_differently_and_that_is_undone(
    draft: Draft, kind: str
) -> None:
    at = first(draft, kind)
    key = SENTENCE.get(kind, "label")
    done = made(draft, Set(target=(*at, key), value="新名字"))
    assert done.draft.value((*at, key)) == "新名字"
    comes_back(done, draft)


@pytest.mark.parametrize("kind", sorted({*KINDS} - NAMELESS.keys()))
def test_a_file_of_each_kind_is_copied_beside_itself(draft: Draft, kind: str) -> None:
    assert kind in FILES | {"scenario"}
    twin = twin_of(draft, first(draft, kind), first(draft, kind), say)
    assert twin is not None
    done = made(draft, *twin.edits)
    assert set(done.draft.files) - set(draft.files) == {str(twin.chosen[0])}
    name = done.draft.value((*twin.chosen, SENTENCE.get(kind, "label")))
    assert "副本" in str(name)
    comes_back(done, draft)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_of_each_kind_is_removed_with_what_refers_to_it(draft: Draft, kind: str) -> None:
    at = first(draft, kind)
    held = draft.value(at)
    found = fallout_of(draft, (at,))
    assert found.applied is not None, [str(one) for one in found.stuck]
    assert not found.applied.draft.exists(at) or found.applied.draft.value(at) != held
    comes_back(found.applied, draft)


def test_one_of_several_scenarios_leaves_its_neighbours_as_they_were(draft: Draft) -> None:
    file = "scenarios/lead.yaml"
    told = [one.data["scenario"] for one in draft.documents[file]]
    for at in (0, 1, len(told) - 1):
        done = made(draft, Remove(target=(file, at)))
        left = [one.data["scenario"] for one in done.draft.documents[file]]
        assert left == told[:at] + told[at + 1 :]
        comes_back(done, draft)


def test_what_the_designer_begins_with_loads(draft: Draft) -> None:
    form = new_form(draft.app, "thing", "东西", "forms", "blue", say)
    done = made(draft, AddFile(path="forms/thing.yaml", value=form))
    comes_back(done, draft)
    assert {name for name in vars(beginnings) if name.startswith("new_")} == {
        "new_workflow", "new_rule", "new_decision", "new_connector",
    }  # fmt: skip

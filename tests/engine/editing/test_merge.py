"""Local changes meet a new version: nothing local is lost, and what both changed is told."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.editing.apply import Refused, apply
from engine.editing.differences import differences
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Add, AnyEdit, Move, Remove, Set, Target
from engine.editing.merge import Merged, Stuck, merge
from tests.engine.editing.test_random_edits import FILES, _edit

BASE = open_draft(FILES)
FORM: Target = ("forms/device.yaml",)
BASICS: Target = (*FORM, "sections", "basics", "fields")
MORE: Target = (*FORM, "sections", "more", "fields")


def _with(*edits: AnyEdit, of: Draft = BASE) -> Draft:
    made = apply(of, edits)
    assert not isinstance(made, Refused), made
    return made.draft


def _merged(mine: Draft, theirs: Draft, choices: dict[Target, Any] | None = None) -> Merged:
    found = merge(BASE, mine, theirs, choices)
    assert isinstance(found, Merged), found
    return found


def _field(id_: str, **more: Any) -> dict[str, Any]:
    return {"id": id_, "type": "text", "label": id_, **more}


def test_what_only_one_side_changed_is_taken_over_and_remarks_stay() -> None:
    mine = _with(
        Set(target=(*BASICS, "name", "label"), value="品名"),
        Add(target=BASICS, value=_field("place"), before="state"),
        Add(target=(*FORM, "list", "columns"), value="cost"),
    )
    theirs = _with(
        Set(target=(*BASICS, "state", "label"), value="状况"),
        Add(target=BASICS, value=_field("maker")),
        Add(target=(*FORM, "list", "columns"), value="tax"),
        Set(target=("app.yaml", "version"), value="1.1.0"),
    )
    found = _merged(mine, theirs)
    draft = found.draft
    assert found.conflicts == ()
    assert draft.value((*BASICS, "name", "label")) == "品名"
    assert draft.value((*BASICS, "state", "label")) == "状况"
    names = [one["id"] for one in draft.value(BASICS)]
    assert names == ["name", "shelf", "place", "state", "cost", "maker"]
    columns = draft.value((*FORM, "list", "columns"))
    assert columns == ["name", "shelf", "state", "cost", "tax"]
    assert draft.app.definition.version == "1.1.0"
    assert "# 放在哪里" in draft.files["forms/device.yaml"]


def test_what_both_changed_is_told_and_decided_one_by_one() -> None:
    name, state = (*BASICS, "name", "label"), (*BASICS, "state", "label")
    mine = _with(Set(target=name, value="品名"), Set(target=state, value="好坏"))
    theirs = _with(Set(target=name, value="名字"), Set(target=state, value="状况"))
    found = _merged(mine, theirs)
    assert [(one.target, one.base, one.mine, one.theirs) for one in found.conflicts] == [
        (name, "名称", "品名", "名字"),
        (state, "状态", "好坏", "状况"),
    ]
    assert found.draft.value(name) == "品名"
    decided = _merged(mine, theirs, {name: "theirs", state: "mine"}).draft
    assert (decided.value(name), decided.value(state)) == ("名字", "好坏")


def test_a_field_moved_here_and_changed_there_is_both() -> None:
    mine = _with(Move(target=(*BASICS, "state"), into=MORE, before="parts"))
    theirs = _with(Set(target=(*BASICS, "state", "label"), value="状况"))
    draft = _merged(mine, theirs).draft
    assert [one["id"] for one in draft.value(MORE)] == ["tax", "state", "parts"]
    assert draft.value((*MORE, "state", "label")) == "状况"
    draft = _merged(theirs, mine).draft
    assert draft.value((*MORE, "state", "label")) == "状况"


def test_a_field_that_went_there_and_was_changed_here_is_asked_about() -> None:
    shelf = (*BASICS, "shelf")
    columns = Set(target=(*FORM, "list", "columns"), value=["name", "state"])
    gone = _with(
        columns, Remove(target=("forms/shelf.yaml", "sections", "main", "fields", "devices")),
        Remove(target=shelf),
    )  # fmt: skip
    mine = _with(Set(target=(*shelf, "label"), value="存放处"))
    found = _merged(mine, gone)
    assert [(one.kind, one.target) for one in found.conflicts] == [("removed_there", shelf)]
    assert found.draft.value((*shelf, "label")) == "存放处"
    assert not _merged(mine, gone, {shelf: "theirs"}).draft.exists(shelf)


def test_what_went_there_and_is_used_here_stays_until_it_is_decided() -> None:
    cost = (*BASICS, "cost")
    theirs = _with(
        Set(target=(*MORE, "tax", "feel"), value="1"),
        Set(target=(*FORM, "stages", "done"), value={"id": "done", "label": "完成"}),
        Remove(target=cost),
    )
    check = {"id": "dear", "that": "cost > 5", "message": "太便宜"}
    mine = _with(Add(target=(*FORM, "checks"), value=check))
    found = _merged(mine, theirs)
    assert [(one.kind, one.target) for one in found.conflicts] == [("needed", cost)]
    assert found.draft.exists(cost)
    assert found.draft.exists((*FORM, "checks", "dear"))
    gone = _merged(mine, theirs, {cost: "theirs"})
    assert not gone.draft.exists(cost)
    assert gone.dropped
    assert all(one[:3] == (*FORM, "checks", "dear")[:3] for one in gone.dropped)


def test_what_went_here_and_is_used_there_comes_back_until_it_is_decided() -> None:
    parts = (*MORE, "parts")
    mine = _with(Remove(target=parts))
    check = {"id": "many", "that": "count(parts) > 1", "message": "太少"}
    theirs = _with(Add(target=(*FORM, "checks"), value=check))
    assert _merged(mine, theirs).draft.exists(parts)
    gone = _merged(mine, theirs, {parts: "mine"})
    assert not gone.draft.exists(parts)
    assert not gone.draft.exists((*FORM, "checks", "many"))


def test_what_can_not_be_brought_together_says_why() -> None:
    mine = _with(Add(target=BASICS, value=_field("place")))
    theirs = _with(
        Add(target=MORE, value={"id": "inner", "type": "formula", "label": "内", "result": "text",
                                "feel": '"a"'}),
        Set(target=(*FORM, "title"), value="inner"),
    )  # fmt: skip
    other = _with(Set(target=(*FORM, "title"), value="place"), of=mine)
    found = merge(BASE, other, theirs)
    if isinstance(found, Stuck):
        assert all(str(one.message) for one in found.problems)
    else:
        assert [one.target for one in found.conflicts] == [(*FORM, "title")]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_laws_of_merging(data: st.DataObject) -> None:
    mine, theirs = _edited(data), _edited(data)
    assert _merged(mine, BASE).draft.files == mine.files
    assert _merged(BASE, theirs).draft.files == theirs.files
    assert _merged(mine, mine).draft.files == mine.files

    found = merge(BASE, mine, theirs)
    if isinstance(found, Stuck):
        assert found.problems
        return
    assert found.draft.app is not None
    everywhere = merge(BASE, mine, theirs, {one.target: "mine" for one in found.conflicts})
    if isinstance(everywhere, Merged) and not everywhere.dropped:
        for one in differences(BASE, mine):
            if one.kind in ("added", "changed") and not _elsewhere(one.target, everywhere.draft):
                _holds(everywhere.draft.value(one.target), one.after, one.target)


def _edited(data: st.DataObject) -> Draft:
    draft = BASE
    for _ in range(4):
        made = apply(draft, [data.draw(_edit(draft))])
        draft = draft if isinstance(made, Refused) else made.draft
    return draft


def _elsewhere(target: Target, draft: Draft) -> bool:
    """A field that the other side moved is looked for where it is now."""
    return "fields" in target and not draft.exists(target[: target.index("fields") + 2])


def _holds(found: Any, wanted: Any, at: Target) -> None:
    """What was put in here is there; the other side may have put more beside it."""
    if isinstance(wanted, dict):
        assert isinstance(found, dict), at
        for key, value in wanted.items():
            _holds(found.get(key), value, (*at, key))
    elif isinstance(wanted, list):
        assert isinstance(found, list), at
        assert all(one in found or isinstance(one, dict) for one in wanted), at
    else:
        assert found == wanted, at

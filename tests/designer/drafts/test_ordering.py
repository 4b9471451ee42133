"""A new key stands where who writes the file by hand would put it."""

from __future__ import annotations

from designer.drafts.ordering import in_order
from engine.editing.apply import Applied, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Set, Target
from tests.desk import FILES

NAME: Target = ("forms/ticket.yaml", "sections", "basics", "fields", "name")


def _draft() -> Draft:
    return open_draft({path: text.decode() for path, text in FILES.items()})


def _with(target: Target, value: object) -> Draft:
    draft = _draft()
    done = apply(draft, in_order(draft, (Set(target=target, value=value),)))
    assert isinstance(done, Applied), done
    return done.draft


def test_a_key_of_a_field_comes_before_those_that_follow_it() -> None:
    draft = _with((*NAME, "help"), "说明")
    keys = list(draft.value(NAME))
    assert keys.index("help") == keys.index("label") + 1
    assert keys[-1] != "help"


def test_a_key_of_a_form_comes_before_those_that_follow_it() -> None:
    draft = _with(("forms/ticket.yaml", "colour"), "blue")
    keys = list(draft.value(("forms/ticket.yaml",)))
    assert keys[:4] == ["form", "label", "colour", "title"]


def test_what_lacks_on_the_way_is_made_in_its_place() -> None:
    draft = _with(("forms/ticket.yaml", "list", "columns"), ["name"])
    keys = list(draft.value(("forms/ticket.yaml",)))
    assert keys.index("list") == keys.index("access") + 1


def test_what_is_there_already_stays_where_it_is() -> None:
    before, after = _draft(), _with((*NAME, "label"), "名字")
    assert list(after.value(NAME)) == list(before.value(NAME))

"""An edit makes the maps that are lacking on its way, and undoing it takes them away again."""

from __future__ import annotations

import pytest

from engine.editing.apply import Applied, Refused, apply
from engine.editing.draft import open_draft
from engine.editing.edits import Add, AnyEdit, Set
from tests.desk import FILES

STAGE = ("forms/ticket.yaml", "stages", "fixing")
PROOF = {"id": "before_after", "label": "照片", "kind": "photo"}


@pytest.mark.parametrize(
    "edit",
    [
        Set(target=(*STAGE, "gate", "fields"), value=["cause"]),
        Add(target=(*STAGE, "gate", "evidence"), value=PROOF),
    ],
)
def test_a_map_that_is_lacking_is_made(edit: AnyEdit) -> None:
    draft = open_draft(FILES)

    done = apply(draft, [edit])

    assert isinstance(done, Applied)
    gate = done.draft.value((*STAGE, "gate"))
    assert gate in ({"fields": ["cause"]}, {"evidence": [PROOF]})
    undone = apply(done.draft, done.undo)
    assert isinstance(undone, Applied)
    assert undone.draft.files == draft.files


def test_what_is_gone_is_not_made_anew() -> None:
    gone = ("forms/ticket.yaml", "stages", "nowhere", "gate", "fields")

    assert isinstance(apply(open_draft(FILES), [Set(target=gone, value=["cause"])]), Refused)

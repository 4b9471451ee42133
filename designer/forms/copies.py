"""How are fields copied, within a form and into another one?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from designer.forms.parts import file_of
from designer.forms.seeds import free_id
from engine.app import Form
from engine.editing.draft import Draft
from engine.editing.edits import Target

Edits = list[dict[str, Any]]

OF_THIS_FORM = ("visible", "match", "formerly")
"""What a field says about others of its form: it would mean nothing in another one."""


def wanted_targets(text: str) -> list[Target]:
    """Read the addresses of some fields. Raises DecodeError."""
    return msgspec.json.decode(text, type=list[Target])


def copy_edits(draft: Draft, targets: Sequence[Target], to: str) -> tuple[Edits, Target | None]:
    """Return the edits that put copies behind the originals, or at the end of another form; and
    where the last copy will be. Conditions on other fields stay behind."""
    form = draft.app.forms[to]
    taken = set(form.fields)
    edits: Edits = []
    chosen: Target | None = None
    for target in targets:
        value = draft.value(target)
        if not isinstance(value, dict) or "type" not in value:
            continue
        away = target[0] != file_of(draft, to)
        id_ = free_id(str(value["id"]), taken)
        taken.add(id_)
        into = _end_of(draft, form) if away else target[:-1]
        copied = {**(portable(value) if away else value), "id": id_}
        edit: dict[str, Any] = {"op": "add", "target": list(into), "value": copied}
        if not away:
            edit["before"] = _next(draft, target)
        edits.append(edit)
        chosen = (*into, id_)
    return edits, chosen


def _end_of(draft: Draft, form: Form) -> Target:
    last = form.definition.sections[-1].id
    return (file_of(draft, form.id), "sections", last, "fields")


def portable(value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field without what it says about others of its form."""
    kept = {key: one for key, one in value.items() if key not in OF_THIS_FORM}
    for key in ("required", "readonly"):
        if not isinstance(kept.get(key, False), bool):
            del kept[key]
    if isinstance(kept.get("unique"), dict):
        kept["unique"] = True
    if isinstance(kept.get("default"), dict):
        del kept["default"]
    return kept


def _next(draft: Draft, target: Target) -> str | None:
    siblings = draft.value(target[:-1])
    ids = [one.get("id") for one in siblings] if isinstance(siblings, list) else []
    at = ids.index(target[-1]) + 1 if target[-1] in ids else len(ids)
    return ids[at] if at < len(ids) else None

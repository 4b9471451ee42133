"""How are the fields of a form compared wherever in it they stand?"""

from __future__ import annotations

import copy
from typing import Any

POOL = "*fields"
"""No key of a form: the fields by id, while its sections only say which they hold."""


def pooled(form: Any) -> Any:
    """Return a form whose sections name their fields, beside the fields themselves, so that one
    that was moved is still the same; what does not look like a form stays as it is."""
    if not _has_sections(form):
        return form
    fields: dict[str, Any] = {}
    sections = []
    for section in form["sections"]:
        ids = [one.get("id") for one in section["fields"]]
        if len(set(ids)) != len(ids) or any(
            not isinstance(id_, str) or id_ in fields for id_ in ids
        ):
            return form
        fields |= {one["id"]: one for one in section["fields"]}
        sections.append({**section, "fields": [{"id": id_} for id_ in ids]})
    return {**form, "sections": sections, POOL: fields}


def poured(form: Any, mine: Any, theirs: Any) -> Any:
    """Return the form with its fields in their sections again. One that both sides moved is where
    mine has it; one whose section has gone is where mine had it, its section included."""
    if not isinstance(form, dict) or POOL not in form:
        return form
    whole = copy.deepcopy({key: value for key, value in form.items() if key != POOL})
    fields = form[POOL]
    homes = _homes(whole)
    wanted = {id_: _home(id_, homes, mine, theirs) for id_ in fields}
    emptied = []
    for section in whole["sections"]:
        listed = [one["id"] for one in section["fields"]]
        section["fields"] = [
            fields[id_] for id_ in listed if id_ in fields and wanted[id_] == section["id"]
        ]
        emptied += [section["id"]] if listed and not section["fields"] else []
    _house(whole, {id_: fields[id_] for id_ in fields if id_ not in _all(whole)}, wanted, mine)
    whole["sections"] = [
        one for one in whole["sections"] if one["fields"] or one["id"] not in emptied
    ]
    return whole


def section_of(form: Any, field: str) -> str | None:
    """Return in which section of a pooled form a field stands."""
    if not isinstance(form, dict) or POOL not in form:
        return None
    return next(iter(_homes(form).get(field, [])), None)


def _has_sections(form: Any) -> bool:
    if not isinstance(form, dict) or not isinstance(form.get("sections"), list):
        return False
    return all(
        isinstance(one, dict)
        and isinstance(one.get("id"), str)
        and isinstance(one.get("fields"), list)
        and all(isinstance(each, dict) for each in one["fields"])
        for one in form["sections"]
    )


def _homes(form: Any) -> dict[str, list[str]]:
    homes: dict[str, list[str]] = {}
    for section in form["sections"]:
        for one in section["fields"]:
            homes.setdefault(one["id"], []).append(section["id"])
    return homes


def _home(field: str, homes: dict[str, list[str]], mine: Any, theirs: Any) -> str | None:
    """Return where a field belongs: the one place that is left, else where mine has it."""
    found = homes.get(field, [])
    if len(found) == 1:
        return found[0]
    here = section_of(mine, field)
    return here if here in found or not found else found[0]


def _all(form: Any) -> set[str]:
    return {one["id"] for section in form["sections"] for one in section["fields"]}


def _house(form: Any, left: dict[str, Any], wanted: dict[str, str | None], mine: Any) -> None:
    """Put fields that no section holds where mine had them, or into the last section."""
    for id_, field in left.items():
        at = wanted[id_] or section_of(mine, id_)
        section = next((one for one in form["sections"] if one["id"] == at), None)
        shell = next((one for one in mine.get("sections", ()) if one["id"] == at), None)
        if section is None and shell is not None:
            section = {**shell, "fields": []}
            form["sections"].append(section)
        (section or form["sections"][-1])["fields"].append(field)

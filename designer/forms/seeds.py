"""What does a field, a group or a form say when somebody has just added it?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, get_args

from designer.forms.palette import kind_of
from engine.app import App
from engine.fields.lines import Cell
from engine.wording import Message

Seed = dict[str, Any]

ASKED = frozenset({"reference", "reference_list", "lookup", "rollup"})
"""Types that can't stand without knowing a form: that is asked before one is added."""

CELL_TYPES = frozenset(one.__struct_config__.tag for one in get_args(Cell))
"""Types that may be columns of a sub-table."""

FIRST, SECOND = Message("选项一"), Message("选项二")
ROW_NAME, FORM_NAME, BASICS = Message("名称"), Message("名称"), Message("基本信息")


def seed_of(type_: str, locale: str, fill: Any) -> Seed:
    """Return what a new field of a type says, without its id; `fill` puts messages into words."""
    seed: Seed = {"type": type_, "label": kind_of(type_, locale).title}
    if type_ in ("select", "multi_select"):
        texts = (fill(FIRST), fill(SECOND))
        seed["options"] = [{"id": f"o{n}", "label": text} for n, text in enumerate(texts, 1)]
    if type_ == "lines":
        seed["fields"] = [{"id": "item", "type": "text", "label": fill(ROW_NAME)}]
    if type_ == "formula":
        seed["feel"] = "0"
    if type_ == "id_number":
        seed["kind"] = "resident"
    return seed


def free_id(stem: str, taken: Collection[str]) -> str:
    """Return an id that nothing has yet."""
    numbers = (f"{stem[:40]}_{n}" for n in range(2, len(taken) + 3))
    return next(one for one in (stem, *numbers) if one not in taken)


def new_form(app: App, id_: str, label: str, icon: str, colour: str, fill: Any) -> Seed:
    """Return a form with one field, which everybody in the app may fill in."""
    return {
        "form": id_,
        "label": label,
        "icon": icon,
        "colour": colour,
        "title": "name",
        "sections": [
            {
                "id": "basics",
                "label": fill(BASICS),
                "fields": [
                    {"id": "name", "type": "text", "label": fill(FORM_NAME), "required": True}
                ],
            }
        ],
        "access": access_of(app),
        "list": {"columns": ["name", "owner", "updated_at"]},
    }


def access_of(app: App) -> dict[str, Mapping[str, Any]]:
    """Return what the roles of an app may do with a new form: those who design it everything,
    the others with what is their own."""
    return {role.id: (WHOLE if role.design else OWN) for role in app.definition.roles}


WHOLE: Mapping[str, Any] = {
    "rows": "all",
    "create": True,
    "edit": True,
    "delete": True,
    "advance": True,
    "transfer": True,
    "export": True,
    "import": True,
}
OWN: Mapping[str, Any] = {"rows": "own", "create": True, "edit": True, "advance": True}


def form_edits(app: App, path: str, form: Seed, group: str) -> Sequence[Mapping[str, Any]]:
    """Return the edits that add a form and put it where people find it: into the menu."""
    menu = app.definition.menu
    added = {"op": "add_file", "path": path, "value": form}
    if not menu:
        entry = [{"label": group, "forms": [form["form"]]}]
        return added, {"op": "add", "target": ["app.yaml"], "key": "menu", "value": entry}
    last = len(menu) - 1
    into = ["app.yaml", "menu", menu[last].id or last, "forms"]
    return added, {"op": "add", "target": into, "value": form["form"]}

"""Types of an app's own are made, copied and set in the designer like everything else."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from designer.drafts.retyping import types_for
from designer.forms.palette import kind_of, palette
from designer.panels.controls import Panel
from designer.panels.panel import panel_of
from designer.panels.type_part import Start, Taken, type_values
from engine.editing.apply import Applied, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import AddFile
from tests.designer.panels.looking import Bare, Look, around
from tests.engine.loading.test_own_types import FILES

HEAT = ("forms/item.yaml", "sections", "basics", "fields", "heat")


def _added(draft: Draft, start: Start) -> Draft:
    edits = [AddFile(path=one["path"], value=one["value"]) for one in json.loads(start.edits)]
    done = apply(draft, edits)
    assert isinstance(done, Applied), done
    return done.draft


def _starts(draft: Draft) -> list[Start]:
    values: Any = type_values(around(draft))
    return [start for _, starts in values["starts"] for start in starts]


def _panel(draft: Draft, *target: str) -> Panel:
    look: Any = Look(draft)
    panel = panel_of(look, target)
    assert panel is not None
    return panel


def _keys(panel: Panel) -> dict[str, Any]:
    return {one.key: one for group in panel.groups for one in group.controls}


def test_every_start_that_is_offered_loads() -> None:
    draft = open_draft(FILES)
    starts = _starts(draft)

    assert {one.kind.type for one in starts} >= {"text", "money", "select", "id_number", "date"}
    for start in starts:
        made = _added(draft, start)
        assert len(made.app.types) == 3


def test_the_palette_calls_them_as_they_are_called() -> None:
    types = open_draft(FILES).app.types

    numbers = next(one for one in palette("en", types) if "number" in [k.type for k in one.kinds])
    assert [one.title for one in numbers.kinds][:2] == ["Cold", "Temperature"]
    assert kind_of("cold", "zh", types).icon == kind_of("number", "zh").icon


def test_a_type_says_where_it_stands_by_which_sign_and_what_for() -> None:
    said = "group: time\nicon: clock\nabout: 量出来的。\nexamples: [36.5]\n"
    types = open_draft(
        {**FILES, "types/degrees.yaml": FILES["types/degrees.yaml"] + said}
    ).app.types

    hours = next(one for one in palette("zh", types) if "time" in [k.type for k in one.kinds])
    kind = hours.kinds[0]
    assert (kind.type, kind.icon, kind.about) == ("degrees", "clock", "量出来的。 例：36.5 度")


def test_a_field_shows_what_its_type_left_open_and_what_it_says() -> None:
    panel = _panel(open_draft(FILES), *HEAT)

    keys = _keys(panel)
    assert (panel.noun, keys["max"].value) == ("温度", 90)
    assert not {"places", "unit", "min"} & keys.keys()
    kept = _keys(_panel(open_draft(FILES), *HEAT[:-1], "kept"))
    assert "max" not in kept


def test_a_type_is_set_in_a_panel_as_it_stands_in_its_file() -> None:
    draft = open_draft(FILES)
    keys = _keys(_panel(draft, "types/degrees.yaml"))

    assert [(one.value, one.label) for one in keys["open"].choices] == [
        ("places", "小数位"), ("min", "最小值"), ("max", "最大值"), ("unit", "单位")
    ]  # fmt: skip
    like = _keys(_panel(draft, "types/degrees.yaml", "like"))
    assert {"places", "unit", "max", "help"} <= like.keys()
    assert not {"id", "label", "formerly"} & like.keys()
    check = _keys(_panel(draft, "types/degrees.yaml", "checks", "sane"))
    assert check["that"].value == "value > -50"


@pytest.mark.parametrize(
    ("held", "some", "never"),
    [("cold", {"degrees", "number", "text"}, {"cold", "file"}), ("file", {"image"}, {"cold"})],
)
def test_types_change_into_those_that_can_hold_the_same(
    held: str, some: set[str], never: set[str]
) -> None:
    offered = set(types_for(held, open_draft(FILES).app.types))

    assert some <= offered
    assert not never & offered


class Packages:
    """A store that keeps the files of one other app."""

    @contextmanager
    def reading(self) -> Iterator[Any]:
        """Give what reads them."""
        files = {path: text.encode() for path, text in FILES.items()}
        people = SimpleNamespace(list=tuple)
        yield SimpleNamespace(packages=SimpleNamespace(files=lambda app: files), people=people)


def test_a_type_of_a_required_app_is_copied_with_those_it_is_made_of() -> None:
    own: Mapping[str, str] = {
        **{path: text for path, text in FILES.items() if not path.startswith("types/")},
        "app.yaml": "app: shop\nversion: 1.0.0\nlabel: 店\nrequires: {depot: '>=1.0'}\n"
        "roles: [{id: keeper, label: 管理员}]\n",
        "forms/item.yaml": FILES["forms/item.yaml"]
        .replace("type: degrees", "type: number")
        .replace("type: cold", "type: number"),
    }
    draft = open_draft(own)
    store: Any = Packages()
    look: Any = Look(draft, services=Bare({"depot": open_draft(FILES).app}, store))
    values: Any = type_values(type(around(draft))(look))
    cold: Taken = next(one for one in values["taken"] if one.start.kind.type == "cold")

    assert cold.app == "仓库"
    made = _added(draft, cold.start).app.types
    assert {id_: one.taken_from for id_, one in made.items()} == {
        "degrees": "depot", "cold": "depot"
    }  # fmt: skip

"""The template of every form, filled in and brought back, asks nobody which column is what."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.access.sight import SEES_ALL
from engine.imports.matching import head_row, proposed
from engine.imports.targets import targets_of
from engine.wording import LOCALES
from runtime.language import translate
from runtime.sheets.opening import open_book
from runtime.use_cases.act import Act
from runtime.use_cases.import_template import make_template
from tests.laws.house import House, all_apps, open_house

APPS = all_apps()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(tmp_path_factory.mktemp("house"), APPS) as opened:
        yield opened


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("app", APPS)
def test_every_heading_is_known(house: House, tmp_path: Path, app: str, locale: str) -> None:
    into = translate(locale)
    act = Act(actor=house.actor("boss"), door="import")
    path = tmp_path / "template.xlsx"
    for form in house.services.apps[app].forms.values():
        targets = targets_of(form, SEES_ALL)
        fields = [id_ for id_, one in targets.items() if one.kind == "field"]
        make_template(house.services, act, form, locale, lambda one: one.fill(into, locale), path)

        headings = next(open_book(path).sheets[0].rows()).cells

        known = {id_: one for id_, one in targets.items() if one.kind != "key" and id_ != "id"}
        assert (form.id, list(proposed(headings, known, {}).values())) == (form.id, fields)
        assert head_row([headings], targets) == 0

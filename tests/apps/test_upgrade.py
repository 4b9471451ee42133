"""A company changes the sales app in thirty-three places; its next version touches half of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache

import pytest

from designer.drafts.editing import Edited, edit_draft, open_draft, open_held
from designer.drafts.publishing import Published, publish
from engine.editing.apply import Applied, apply
from engine.editing.draft import open_draft as draft_of
from engine.editing.edits import AnyEdit, Remove, Set
from engine.editing.mending import mended
from engine.packages.package import Package, open_package, pack
from engine.record import Actor
from runtime.packages.folder import package_files
from runtime.packages.install import AGREED, install_package
from runtime.packages.plan import UNSIGNED, plan_install, served
from runtime.packages.rollback import RolledBack, roll_back
from runtime.scenarios.run import play_scenarios
from runtime.services import Services
from runtime.workspace.open import NOT_SERVED
from runtime.workspace.packages import demo_people, shipped
from runtime.workspace.people_file import read_people
from runtime.workspace.upgrade import Undecided, Upgraded, finish_upgrade, upgrade_app
from tests.apps.local_edits import BESIDE, LOCALS
from tests.shipped import shipped_workspace

APP = "sales_crm"
PUBLISHED = 24
"""So many of the changes are published before the next version comes; the others are drafted."""
WHOLE = os.environ.get("SCENARIOS") == "all"
"""Whether all scenarios and the demo records are part of it; else only those of one form, which
most of the changes are about."""
SAMPLE = "scenarios/lead.yaml"
MET = tuple(one for one in LOCALS if one.theirs is not None)


@pytest.fixture(scope="module")
def services(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Services]:
    with shipped_workspace(tmp_path_factory.mktemp("firm"), ()) as opened:
        yield opened


@cache
def _first_version() -> Package:
    files = package_files(shipped()[APP])
    return open_package(pack({path: it for path, it in files.items() if _is_wanted(path)}).bytes())


def _is_wanted(path: str) -> bool:
    return WHOLE or path == SAMPLE or not path.startswith(NOT_SERVED)


def _admin(services: Services) -> Actor:
    with services.store.reading() as unit:
        person = unit.people.by_login("admin")
        actor = unit.people.actor(person.id) if person else None
    assert actor is not None
    return actor


def _edit(services: Services, *edits: AnyEdit) -> None:
    for edit in edits:
        rev = open_held(services, APP).head.rev
        done = edit_draft(services, _admin(services), APP, rev, [edit])
        assert isinstance(done, Edited), (edit, done)


def _next_version() -> dict[str, bytes]:
    """Return version 1.1: it touches half of the same places, and some beside them."""
    former = draft_of(served(_first_version().files))
    theirs = [Set(target=one.target, value=one.theirs) for one in MET]
    done = apply(former, [*theirs, *BESIDE])
    assert isinstance(done, Applied), done
    return {path: text.encode() for path, text in done.draft.files.items()}


def test_nothing_local_is_lost_and_what_meets_is_decided(services: Services) -> None:
    assert len(LOCALS) >= 30
    assert len(MET) >= len(LOCALS) // 2
    plan = plan_install(services, _first_version())
    install_package(services, plan, {AGREED: "yes", UNSIGNED: "yes"})
    _edit(services, *(one.edit for one in LOCALS[:PUBLISHED]))
    assert isinstance(publish(services, _admin(services), APP, "我们的改法"), Published)
    _edit(services, *(one.edit for one in LOCALS[PUBLISHED:]))
    drafted = dict(open_draft(services, APP).files)
    ours = [open_draft(services, APP).value(one.target) for one in LOCALS]

    met = upgrade_app(services, _next_version())

    assert isinstance(met, Undecided)
    assert {one.target for one in met.conflicts} == {one.target for one in MET}
    assert dict(open_draft(services, APP).files) == drafted
    assert services.apps[APP].definition.version == "1.0.0"

    choices = {one.target: one.side for one in MET}
    done = finish_upgrade(services, APP, choices, _admin(services).id)

    assert isinstance(done, Upgraded), done
    became = open_draft(services, APP)
    for local, mine in zip(LOCALS, ours, strict=True):
        kept = local.theirs is None or local.side == "mine"
        assert became.value(local.target) == (mine if kept else local.theirs), local
    for edit in BESIDE:
        target = edit.target if isinstance(edit, Set) else (*edit.target, edit.value["id"])  # type: ignore[union-attr]  # they set or add
        assert became.value(target) == edit.value, edit  # type: ignore[union-attr]
    assert isinstance(publish(services, _admin(services), APP, ""), Published)


def test_scenarios_are_green_on_what_came_of_it(services: Services) -> None:
    whole = mended(open_draft(services, APP))
    assert whole.gone == 0
    files = {path: text.encode() for path, text in whole.files.items()}
    path = demo_people()
    people = read_people(path.read_text(encoding="utf-8"), path.name)

    played = list(play_scenarios(whole.app, files, people, range(len(whole.app.scenarios))))

    assert any(one.scenario.startswith("我们") for one in played)
    assert {one.scenario: [str(each.message) for each in one.differences] for one in played} == {
        one.scenario: [] for one in played
    }


def test_the_way_back_leads_to_what_the_company_had(services: Services) -> None:
    done = roll_back(services, APP, _admin(services).id)

    assert isinstance(done, RolledBack)
    became = open_draft(services, APP)
    assert became.app.definition.version == "1.0.0"
    for local in LOCALS:
        if isinstance(local.edit, Remove):
            assert not became.exists(local.target)
        elif local.theirs is None or local.side == "mine":
            assert became.exists(local.target)

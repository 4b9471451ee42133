"""What a rule began is finished by the rule as it was then, whatever the app says of it now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.use_cases.rules.firing import retry
from runtime.workspace.open import install_app
from tests.desk import FILES
from tests.runtime.rules.ruled import Ruled, open_ruled, with_rules
from tests.workspaces import DATABASES

THREE = """
label: 三步
form: site
on: {type: changed, fields: [secret]}
do:
  - {type: notify, to: {fields: [owner]}, text: '一'}
  - {type: set_fields, set: {name: '"北站"'}}
  - {type: notify, to: {fields: [owner]}, text: '三：{name}'}
"""
OTHER = """
label: 换了写法
form: site
on: {type: changed, fields: [name]}
do: [{type: notify, to: {fields: [owner]}, text: '新'}]
"""
WITHOUT = FILES["forms/site.yaml"].decode().replace("secret", "code")


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, {"three": THREE}) as opened:
        yield opened


def _failed(ruled: Ruled) -> str:
    """Let the second step fail: there is a site of that name."""
    north = ruled.desk.made("site", "ann", name="北站")
    other = ruled.desk.made("site", "ann", name="南站")
    ruled.edit("chief_north", other, "site", secret="x")
    ruled.work()
    ruled.edit("chief_north", north, "site", name="老北站")
    ruled.work()
    (run,) = ruled.runs("three")
    assert run.state == "failed"
    return run.id


def _upgrade(ruled: Ruled, rules: dict[str, str], **files: str) -> None:
    manifest = FILES["app.yaml"].replace(b"1.0.0", b"1.1.0")
    more = {path: text.encode() for path, text in files.items()}
    install_app(ruled.desk.services, {**with_rules(rules), **more, "app.yaml": manifest})


def _kept(ruled: Ruled, run: str) -> bool:
    with ruled.desk.services.store.reading() as unit:
        return unit.rule_runs.begun_with(run) is not None


@pytest.mark.parametrize("rules", [{"three": OTHER}, {}], ids=["changed", "gone"])
def test_it_goes_on_as_it_began(ruled: Ruled, rules: dict[str, str]) -> None:
    run = _failed(ruled)
    assert _kept(ruled, run)
    _upgrade(ruled, rules)

    again = retry(ruled.desk.services, run)

    assert again is not None
    assert (again.state, [step["state"] for step in again.steps]) == ("done", ["done"] * 3)
    assert sorted(ruled.notices("ann")) == ["一", "三：北站"]
    assert not _kept(ruled, run)


def test_it_waits_for_a_person_if_the_app_knows_its_fields_no_more(ruled: Ruled) -> None:
    run = _failed(ruled)
    told = ruled.notices("ann")
    _upgrade(ruled, {"three": OTHER}, **{"forms/site.yaml": WITHOUT})

    again = retry(ruled.desk.services, run)

    assert again is not None
    assert (again.state, again.tries) == ("failed", 2)
    assert "已不能照原样继续" in str(again.problem)
    assert "secret" in str(again.problem)
    assert ruled.notices("ann") == told
    assert _kept(ruled, run), "it may be possible again one day"


def test_new_occasions_follow_the_rule_as_it_is_now(ruled: Ruled) -> None:
    run = _failed(ruled)
    _upgrade(ruled, {"three": OTHER})
    site = ruled.desk.made("site", "ann", name="东站")
    ruled.edit("chief_north", site, "site", name="老东站")
    ruled.work()
    assert sorted(ruled.notices("ann")) == ["一", "新"]
    assert [one.state for one in ruled.runs("three") if one.id != run] == ["done"]

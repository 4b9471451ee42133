"""Is nothing new made of what is frozen, by whatever door, until it is lifted by who may?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.forms.submission import read_json
from engine.outcomes import Denied, Invalid, Missing, Outcome, Saved
from engine.record import Record
from runtime.store.freezes import Frozen
from runtime.use_cases.convert_record import convert_record
from runtime.use_cases.create_record import create_record
from runtime.use_cases.rules.freezing import Standing, lift_freeze, what_is_frozen
from tests.api.client import Client, client_of
from tests.runtime.rules.ruled import Ruled, open_ruled
from tests.workspaces import DATABASES

RULES = {
    "unpaid": """
label: 欠费
form: ticket
on: {type: changed, fields: [cause]}
if: cause = "欠费"
do:
  - type: freeze
    form: ticket
    by: site
    through: site
    text: “{name}”欠费
    way_on: 结清后由主管解除
    lifted_by: [chief]
""",
    "paid": """
label: 结清
form: ticket
on: {type: changed, fields: [cause]}
if: cause = "结清"
do: [{type: unfreeze, form: ticket}]
""",
    "stop": """
label: 先写报告
form: ticket
on: {type: changed, fields: [cause]}
if: cause = "没写报告"
do: [{type: freeze, form: site, people: {fields: [owner]}, text: 上周报告还没写}]
""",
    "go": """
label: 报告已写
form: ticket
on: {type: changed, fields: [cause]}
if: cause = "写好了"
do: [{type: unfreeze, people: {fields: [owner]}}]
""",
}
WHY = "“工单”已冻结新建：“打印机”欠费。结清后由主管解除"


@pytest.fixture(params=DATABASES)
def ruled(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ruled]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    with open_ruled(tmp_path, url, RULES) as opened:
        yield opened


def _say(ruled: Ruled, record: Record, cause: str) -> None:
    ruled.edit("ann", record, cause=cause)
    ruled.work()


def _new(ruled: Ruled, form: str, who: str = "ann", **values: str) -> Outcome:
    there = ruled.desk.form(form)
    given = read_json(there, {"name": f"{who} 新的", **values})
    return create_record(ruled.desk.services, ruled.desk.act(who), there, given)


def _said(outcome: object) -> dict[str, list[str]]:
    assert isinstance(outcome, Invalid), outcome
    return {field: list(map(str, said)) for field, said in outcome.complaints.items()}


def _frozen(ruled: Ruled, who: str = "chief_north") -> Standing:
    found = what_is_frozen(ruled.desk.services, ruled.desk.act(who), "desk")
    assert isinstance(found, Standing)
    return found


def test_nothing_new_refers_to_a_frozen_record_by_any_door(ruled: Ruled) -> None:
    site, other = (ruled.desk.made("site", "ann", name=name) for name in ("北站", "南站"))
    first, free = ruled.desk.ticket("ann", site=site.id), ruled.desk.ticket("ann", site=other.id)
    _say(ruled, first, "欠费")
    api: Client = client_of(ruled.desk)

    assert _said(_new(ruled, "ticket", site=site.id)) == {"site": [WHY]}
    assert isinstance(_new(ruled, "ticket", site=other.id), Saved)
    assert _said(ruled.edit("ann", free, site=site.id)) == {"site": [WHY]}
    assert isinstance(ruled.edit("ann", first, cost="5"), Saved)  # what was there goes on
    answer = api.post("/forms/ticket/records", {"values": {"name": "x", "site": site.id}})
    assert answer.status_code == 422
    assert WHY in str(answer.json)
    assert [one.kind for one in ruled.events(site)][-1] == "frozen"


def test_what_one_record_caused_is_lifted_with_it_and_the_rest_stays(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    first, second = (ruled.desk.ticket("ann", site=site.id) for _ in range(2))
    _say(ruled, first, "欠费")
    _say(ruled, second, "欠费")

    _say(ruled, first, "结清")
    assert len(_said(_new(ruled, "ticket", site=site.id))["site"]) == 1
    _say(ruled, second, "结清")

    assert isinstance(_new(ruled, "ticket", site=site.id), Saved)
    assert [one.kind for one in ruled.events(site)].count("unfrozen") == 2
    assert len(_frozen(ruled).ended) == 2


def test_people_make_nothing_of_their_own_until_then(ruled: Ruled) -> None:
    record = ruled.desk.ticket("ann")
    _say(ruled, record, "没写报告")

    said = _said(_new(ruled, "site"))
    act, form = ruled.desk.act("ann"), ruled.desk.form()
    made = convert_record(ruled.desk.services, act, form, record.id, "to_site")

    assert said == {"": ["“站点”已冻结新建：上周报告还没写"]}
    assert isinstance(made, Invalid)
    assert isinstance(_new(ruled, "site", "ben"), Saved)
    _say(ruled, record, "写好了")
    assert isinstance(_new(ruled, "site"), Saved)


def test_only_who_may_lifts_it_and_says_why(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    _say(ruled, ruled.desk.ticket("ann", site=site.id), "欠费")
    services, [one] = ruled.desk.services, _frozen(ruled).frozen

    assert isinstance(what_is_frozen(services, ruled.desk.act("ann"), "desk"), Denied)
    assert isinstance(lift_freeze(services, ruled.desk.act("ann"), one.id, "好"), Missing)
    assert isinstance(lift_freeze(services, ruled.desk.act("chief_north"), one.id, " "), Invalid)
    act = replace(ruled.desk.act("chief_north"), key="k", request="r")
    for _ in range(2):
        lifted = lift_freeze(services, act, one.id, "已结清")
        assert isinstance(lifted, Frozen)

    assert _frozen(ruled).frozen == ()
    assert isinstance(_new(ruled, "ticket", site=site.id), Saved)
    assert [one.kind for one in ruled.events(site)] == ["created", "frozen", "unfrozen"]


def test_programs_see_and_lift_it(ruled: Ruled) -> None:
    site = ruled.desk.made("site", "ann", name="北站")
    _say(ruled, ruled.desk.ticket("ann", site=site.id), "欠费")
    api: Client = client_of(ruled.desk)

    [one] = api.raw("GET", "/api/v1/apps/desk/freezes", who="chief_north").json["freezes"]
    path = f"/api/v1/freezes/{one['id']}/lift"
    refused = api.raw("GET", "/api/v1/apps/desk/freezes", who="ann")
    lifted = api.raw("POST", path, {"reason": "已结清"}, who="chief_north", key="k")
    again = api.raw("POST", path, {"reason": "已结清"}, who="chief_north", key="k")

    assert (one["subject"], one["by"], one["reason"]) == (site.id, "site", "“打印机”欠费")
    assert (refused.status_code, lifted.status_code, again.status_code) == (403, 200, 200)
    assert again.json == lifted.json
    assert api.raw("GET", "/api/v1/apps/desk/freezes", who="chief_north").json == {"freezes": []}

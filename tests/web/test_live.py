"""A page carries what a form needs to work itself out, and nothing that is not to be seen."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from werkzeug.datastructures import MultiDict

from runtime.app import build_app
from runtime.web.forms.typed import as_typed, submitted
from tests.web.live_app import Works, works
from tests.web.visitor import Visitor

PANEL = {"X-Panel": "1"}
NEW = "/a/works/job/new"
LIVE = "/a/works/job/live"


@pytest.fixture(scope="module")
def at_work(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Works]:
    with works(tmp_path_factory.mktemp("works")) as services:
        yield Works(services, "")


def as_person(at_work: Works, login: str) -> Visitor:
    visitor = Visitor(build_app(at_work.services).test_client())
    visitor.sign_in(login)
    return visitor


def logic_of(html: str) -> dict[str, Any]:
    found = re.search(r"<script[^>]*data-logic>(.*?)</script>", html, re.S)
    assert found
    logic: dict[str, Any] = json.loads(unescape(found[1]))
    return logic


def rules_of(logic: dict[str, Any]) -> set[str]:
    return {f"{what}:{line}.{name}" if line else f"{what}:{name}"
            for what, name, line, *_ in logic["rules"]}  # fmt: skip


def test_what_somebody_may_not_see_and_what_depends_on_it_stays_here(at_work: Works) -> None:
    html = as_person(at_work, "worker").get(NEW).text

    logic = logic_of(html)
    assert set(logic["kept"]) == {
        "formula:f_margin",
        "required:whisper",
        "visible:rich",
        "visible:veiled",
    }
    assert set(logic["asks"]) == {"price", "count", "site"}
    assert not set(logic["kept"]) & rules_of(logic)
    assert '"margin"' not in html
    assert "secret" not in html
    assert "毛利高要说明" not in html


def test_who_may_see_everything_gets_every_rule(at_work: Works) -> None:
    logic = logic_of(as_person(at_work, "keeper").get(NEW).text)

    assert logic["kept"] == []
    assert {"formula:f_margin", "visible:veiled", "formula:parts.amount"} <= rules_of(logic)


def test_a_stored_value_that_is_hidden_is_on_no_page(at_work: Works) -> None:
    east = at_work.sites[0]
    made = at_work.made("job", name="密", margin="77123", whisper="x", price="5", site=east)
    worker = as_person(at_work, "worker")

    html = worker.get(f"/a/works/job/{made}/edit").text
    answer = worker.post(LIVE, _record=made, _fields="price whisper", price="6", headers=PANEL)

    assert "77123" not in html.replace(",", "")
    assert "77123" not in answer.text
    assert "毛利高要说明" not in html
    assert answer.json is not None
    assert answer.json["fields"]["whisper"]["need"] == "毛利高要说明"
    assert logic_of(html)["known"]["site"] == {
        east: {
            "rate": {"n": "0.05"},
            "guarded": True,
            "keeper": at_work.people["worker"],
            "keeper.": {"c": {"name": "王工"}},
        }
    }


def test_a_record_out_of_sight_is_not_followed(at_work: Works) -> None:
    worker, keeper = as_person(at_work, "worker"), as_person(at_work, "keeper")
    dark = at_work.sites[2]

    theirs = worker.post(LIVE, _fields="site", site=dark, headers=PANEL).json
    ours = keeper.post(LIVE, _fields="site", site=dark, headers=PANEL).json

    assert theirs is not None
    assert ours is not None
    assert theirs["known"]["site"] == {dark: None}
    assert ours["known"]["site"][dark]["rate"] == {"n": "0.9"}


def test_a_rule_that_cannot_end_the_block_stands_in_it(at_work: Works) -> None:
    html = as_person(at_work, "keeper").get(NEW).text

    block = html.split("data-logic>")[1].split("</script>")[0]
    assert "<" not in block
    assert json.loads(unescape(block))["rules"]


def job(at_work: Works) -> Any:
    return at_work.services.apps["works"].forms["job"]


def test_what_cannot_be_read_yet_is_nothing_yet(at_work: Works) -> None:
    typed = MultiDict([("price", "1,2x"), ("count", "3"), ("parts-0-qty", "x"),
                       ("parts-0-pieces", "2")])  # fmt: skip

    read = as_typed(job(at_work), typed)

    rows: Any = read.values["parts"]
    assert read.values["price"] is None
    assert read.values["count"] == 3
    assert rows[0]["qty"] is None
    assert rows[0]["pieces"] == 2
    assert submitted(job(at_work), typed).complaints.keys() == {"price", "parts.0.qty"}


def test_what_follows_its_default_is_worked_out_anew_but_saved_as_it_stands(
    at_work: Works,
) -> None:
    typed = MultiDict([("_auto", "code parts-1-qty"), ("code", "ALT-1"), ("name", "neu"),
                       ("parts-0-pieces", "1"), ("parts-1-qty", "4"),
                       ("parts-1-pieces", "2")])  # fmt: skip

    rows: Any = as_typed(job(at_work), typed).values["parts"]
    kept = submitted(job(at_work), typed).values

    assert "code" not in as_typed(job(at_work), typed).values
    assert "qty" not in rows[1]
    assert kept["code"] == "ALT-1"
    assert len(kept["parts"]) == 2  # type: ignore[arg-type]  # rows


def test_a_row_with_nothing_but_its_defaults_is_no_row(at_work: Works) -> None:
    typed = MultiDict([("_auto", "parts-0-qty parts-0-price"), ("_fields", "parts"),
                       ("parts-0-qty", "1"), ("parts-0-price", ""),
                       ("parts-0-note", "")])  # fmt: skip

    assert submitted(job(at_work), typed).values["parts"] is None
    typed["parts-0-note"] = "etwas"
    assert submitted(job(at_work), typed).values["parts"] is not None


def test_a_new_row_is_drawn_with_its_defaults(at_work: Works) -> None:
    html = as_person(at_work, "keeper").get(NEW).text

    assert re.search(r'name="parts-__n__-qty" value="1"', html)


def test_nothing_that_the_browser_worked_out_is_believed(at_work: Works) -> None:
    keeper = as_person(at_work, "keeper")
    keeper.get(NEW)
    typed = {"_fields": "name price count", "name": "echt", "price": "10", "count": "2"}

    shut = keeper.post(NEW, **typed, kept="fremd")
    made = keeper.post(NEW, **typed, f_money="1", f_rows="99")

    assert shut.status_code == 422
    assert "¥20.00" in keeper.get(made.headers["Location"]).text

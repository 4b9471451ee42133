"""A designer writes routing in a sentence and sees what it means before anything is changed."""

from __future__ import annotations

from engine.loading.load import load_app
from tests.desk import FILES, Desk
from tests.web.visitor import visitor


def test_a_sentence_becomes_a_table_that_loads_and_is_tried_on_records(small_desk: Desk) -> None:
    small_desk.ticket("ann", cost="20000")
    small_desk.ticket("ann", cost="20")
    chief = visitor(small_desk, "admin")

    told = chief.get("/routing/desk/ticket?text=费用>1万的工单，优先分给安静或本田；其他给苏南")

    assert told.status_code == 200
    assert "“费用”&gt; 10,000：分给安静、本田" in told.text.replace("” &gt;", "”&gt;")
    assert "其他：分给苏南" in told.text
    assert told.text.count("分给安静、本田</td>") == 1
    assert told.text.count("其他：分给苏南</td>") == 1
    shown = told.text[told.text.index("decision: ticket_by_words") :].split("</pre>")[0]
    text = shown.replace("&#34;", '"').replace("&gt;", ">").replace("&#39;", "'")
    app = load_app({**FILES, "decisions/ticket_by_words.yaml": text.encode()})
    assert len(app.decisions["ticket_by_words"].definition.rules) == 2


def test_what_is_unclear_is_said_and_nobody_else_comes_here(small_desk: Desk) -> None:
    admin = visitor(small_desk, "admin")

    unclear = admin.get("/routing/desk/ticket?text=费用>1万的分给张三")

    assert unclear.status_code == 422
    assert "没有同事“张三”" in unclear.text
    assert "decision:" not in unclear.text
    assert visitor(small_desk, "ann").get("/routing/desk/ticket").status_code == 403
    assert admin.get("/routing/desk/none").status_code == 404

from __future__ import annotations

from runtime.jobs.workshop import Workshop
from tests.api.client import Answer, Client

WHO = "chief_north"


def done(api: Client) -> None:
    Workshop(services=api.desk.services).run_due()


def text_of(file: Answer) -> str:
    with file.response:
        return file.get_data().decode("utf-8-sig")


def test_a_program_takes_records_out(api: Client) -> None:
    api.desk.ticket(cost="12.00")
    api.desk.ticket(cost="7.00")

    body = {"format": "csv", "columns": ["cost"], "sort": ["cost"]}
    started = api.post("/forms/ticket/exports", body, who=WHO)
    assert started.status_code == 202
    place = started.headers["Location"]
    assert started.json["state"] == "waiting"
    assert started.json["file"] is None

    done(api)
    job = api.raw("GET", place, who=WHO).json
    file = api.raw("GET", job["file"], who=WHO)

    assert (job["state"], job["result"]["count"]) == ("done", 2)
    assert text_of(file) == "费用\r\n7.00\r\n12.00\r\n"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["Cache-Control"] == "private, no-store"


def test_only_those_that_were_picked_are_taken_out(api: Client) -> None:
    picked = [api.desk.ticket(cost=str(n)).id for n in range(3)]
    api.desk.ticket(cost="99")

    body = {
        "format": "csv",
        "columns": ["cost"],
        "ids": picked,
        "sort": ["cost"],
        "filter": {"field": "cost", "op": ">", "value": "0"},
    }
    started = api.post("/forms/ticket/exports", body, who=WHO)
    done(api)

    file = api.raw("GET", f"{started.headers['Location']}/file", who=WHO)
    assert text_of(file).split() == ["费用", "1.00", "2.00"]


def test_the_same_key_is_the_same_export(api: Client) -> None:
    body = {"format": "csv"}

    first = api.post("/forms/ticket/exports", body, who=WHO, key="k")
    second = api.post("/forms/ticket/exports", body, who=WHO, key="k")

    assert (first.json["id"], second.status_code) == (second.json["id"], 202)
    other = api.post("/forms/ticket/exports", {"format": "xlsx"}, who=WHO, key="k")
    assert other.status_code == 403


def test_nobody_without_the_right_takes_anything_out(api: Client) -> None:
    for who in ("ann", "audit"):
        assert api.post("/forms/ticket/exports", {}, who=who).status_code == 403


def test_what_others_asked_for_is_not_there(api: Client) -> None:
    started = api.post("/forms/ticket/exports", {}, who=WHO)
    done(api)
    place = started.headers["Location"]

    for who in ("admin", "ann"):
        assert api.raw("GET", place, who=who).status_code == 404
        assert api.raw("GET", f"{place}/file", who=who).status_code == 404
    assert api.raw("GET", f"{place}/file", who=None).status_code == 401


def test_a_list_that_makes_no_sense_is_refused_in_words(api: Client) -> None:
    refused = api.post("/forms/ticket/exports", {"columns": ["nothing"]}, who=WHO, locale="en")

    assert refused.status_code == 400
    assert "nothing" in refused.json["title"]
    assert api.post("/forms/ticket/exports", {"format": "exe"}, who=WHO).status_code == 422

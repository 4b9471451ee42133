"""A program may ask why, and gets the tree of the rule."""

from __future__ import annotations

from tests.api.client import Client


def test_a_program_gets_the_tree(api: Client) -> None:
    ticket = api.desk.ticket("ann", cost="0", margin="7")

    missing = api.get(f"/forms/ticket/records/{ticket.id}/missing").json["reasons"]
    rules = [reason["rule"] for reason in missing if "rule" in reason]
    told = api.get(f"/forms/ticket/records/{ticket.id}/why?of={rules[0]}").json

    assert rules == ["gate:open/gate/that/has_cost"]
    (rule,) = told["rules"]
    assert (rule["expression"], rule["value"]) == ("cost > 0", False)
    assert rule["parts"] == [{"text": "cost", "value": "0", "kept_back": False, "parts": []}]
    assert "at" not in rule

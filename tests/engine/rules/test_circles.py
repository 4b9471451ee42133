"""Are circles of rules found before they run?"""

from __future__ import annotations

from engine.loading.load import problems_of
from tests.runtime.rules.ruled import with_rules

LABEL = "label: 规则\nform: ticket\n"


def _said(**rules: str) -> list[str]:
    return [str(problem) for problem in problems_of(with_rules(rules))]


def test_a_rule_that_changes_what_it_waits_for_is_a_circle() -> None:
    said = _said(
        own=f"{LABEL}on: {{type: changed, fields: [cause]}}\n"
        "do: [{type: set_fields, set: {cause: 'cause + \"!\"'}}]\n"
    )

    assert len(said) == 1
    assert "own → own" in said[0]


def test_a_longer_circle_is_told_once_with_its_way() -> None:
    said = _said(
        one=f"{LABEL}on: {{type: changed, fields: [cause]}}\n"
        "do: [{type: set_fields, set: {name: cause}}]\n",
        two=f"{LABEL}on: {{type: changed, fields: [name]}}\n"
        "do: [{type: create_record, form: site, set: {name: name}}]\n",
        three="label: 规则\nform: site\non: {type: created}\n"
        "do: [{type: create_record, form: ticket, by: site, set: {name: name}}]\n",
        four=f"{LABEL}on: {{type: created}}\ndo: [{{type: set_fields, set: {{cause: name}}}}]\n",
    )

    assert len(said) == 1
    assert "four → one → two → three → four" in said[0]


def test_a_circle_that_is_meant_says_how_often() -> None:
    said = _said(
        own=f"{LABEL}again: 1\non: {{type: changed, fields: [cause]}}\n"
        "do: [{type: set_fields, set: {cause: 'cause + \"!\"'}}]\n"
    )

    assert said == []


def test_rules_that_only_follow_each_other_are_no_circle() -> None:
    said = _said(
        one=f"{LABEL}on: {{type: created}}\ndo: [{{type: set_fields, set: {{cause: name}}}}]\n",
        two=f"{LABEL}on: {{type: changed, fields: [cause]}}\n"
        "do: [{type: assign, to: {roles: [agent]}}]\n",
    )

    assert said == []

"""Are the texts of rules filled in, and translated by the ids of their actions?"""

from __future__ import annotations

from engine.loading.load import load_app, problems_of
from engine.rules.blanks import blanks, filled
from tests.runtime.rules.ruled import with_rules

RULE = """
label: 规则
form: ticket
on: {type: created}
do:
  - {type: notify, to: {fields: [owner]}, text: 给负责人}
  - {id: chiefs, type: notify, to: {roles: [chief]}, text: 给主管}
"""
LOCALE = """
locale: en
texts:
  rules/told:
    label: Rule
    do:
      notify: To the owner
      chiefs: To the chiefs
"""


def test_each_action_is_translated_by_its_id_or_its_type() -> None:
    files = {**with_rules({"told": RULE}), "locales/en.yaml": LOCALE.encode()}

    rule = load_app(files).rules["told"].definition

    assert rule.label == {"zh": "规则", "en": "Rule"}
    assert [getattr(action, "text", None) for action in rule.do] == [
        {"zh": "给负责人", "en": "To the owner"},
        {"zh": "给主管", "en": "To the chiefs"},
    ]


def test_blanks_are_found_in_every_language_and_filled_in_each() -> None:
    label = {"zh": "{name} 和 {cost}", "en": "{cost} of {site}"}

    assert blanks(label) == ("name", "cost", "site")
    assert filled(label, lambda name, locale: f"<{name} {locale}>") == {
        "zh": "<name zh> 和 <cost zh>",
        "en": "<cost en> of <site en>",
    }
    assert filled("{name}", lambda name, locale: "x") == {"zh": "x", "en": "x"}


def test_a_rule_that_names_what_is_not_there_is_told_at_each_place() -> None:
    wrong = """
label: 规则
form: ticket
on: {type: in_a_row, of: ticket, by: name, that: 'costs > 1'}
do:
  - {type: notify, to: {}, text: '{nobody}'}
  - {type: create_record, form: site, by: name, set: {ticket_cost: '1'}}
  - {type: assign, to: {roles: [chef]}}
  - {type: advance, stage: opened}
  - {type: update_referred, through: cost, set: {name: name}}
"""

    said = [str(problem) for problem in problems_of(with_rules({"wrong": wrong}))]

    for part in ("name", "costs", "发给谁", "nobody", "ticket_cost", "chef", "opened", "cost”"):
        assert any(part in one for one in said), (part, said)

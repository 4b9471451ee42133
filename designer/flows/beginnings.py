"""With what does a new approval, a new rule, a new decision table begin?"""

from __future__ import annotations

from typing import Any

from designer.flows.conditions import fresh_condition
from designer.flows.edits import add_file, free, together
from designer.speech import Speech


def new_workflow(speech: Speech) -> tuple[str, str]:
    """Return the id of a new approval of a form, and the edit that makes it."""
    id_ = free(f"{speech.form.id}_approval", speech.app.workflows)
    step = {
        "kind": "approve",
        "id": "approve",
        "label": speech.say("直属上级审批"),
        "who": [{"manager": "submitter"}],
    }
    value = {
        "workflow": id_,
        "label": speech.say("{form}审批", form=_label(speech)),
        "form": speech.form.id,
        "steps": [step],
    }
    return id_, together(add_file(f"workflows/{id_}.yaml", value))


def new_rule(speech: Speech) -> tuple[str, str]:
    """Return the id of a new rule of a form, and the edit that makes it."""
    id_ = free(f"{speech.form.id}_rule", speech.app.rules)
    text = speech.say(
        "有新的{form}：{title}", form=_label(speech), title=f"{{{speech.form.definition.title}}}"
    )
    value = {
        "rule": id_,
        "label": speech.say("{form}的新规则", form=_label(speech)),
        "form": speech.form.id,
        "on": {"type": "created"},
        "do": [{"type": "notify", "to": {"fields": ["owner"]}, "text": text}],
    }
    return id_, together(add_file(f"rules/{id_}.yaml", value))


def new_decision(speech: Speech) -> tuple[str, str]:
    """Return the id of a new decision table of a form, and the edit that makes it."""
    id_ = free(f"{speech.form.id}_table", speech.app.decisions)
    field = _first_input(speech)
    value: dict[str, Any] = {
        "decision": id_,
        "label": speech.say("{form}的决策表", form=_label(speech)),
        "form": speech.form.id,
        "policy": "first",
        "inputs": [{"id": field, "label": speech.field(field)}],
        "outputs": [{"id": "result", "label": speech.say("结果")}],
        "rules": [{"when": ["-"], "then": ["null"]}],
    }
    return id_, together(add_file(f"decisions/{id_}.yaml", value))


def new_connector(speech: Speech) -> tuple[str, str]:
    """Return the id of a new connector, and the edit that makes it."""
    id_ = free("system", speech.app.connectors)
    operation = {"id": "look", "label": speech.say("查看"), "method": "GET", "repeatable": True}
    value = {
        "connector": id_,
        "type": "http",
        "label": speech.say("新的连接器"),
        "url": "https://example.com/api",
        "operations": [operation],
    }
    return id_, together(add_file(f"connectors/{id_}.yaml", value))


def _first_input(speech: Speech) -> str:
    """Return the field that people would think of first when they decide by a table."""
    condition = fresh_condition(speech.form, ()) or speech.form.definition.title
    return condition.split(" ", 1)[0]


def _label(speech: Speech) -> str:
    return speech.words(speech.form.definition.label)

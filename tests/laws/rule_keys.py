"""Which tests show that each key of a rule is alive?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.rules.catalog import ACTIONS

_TRIGGERS = "tests/engine/rules/test_triggers.py"
_TEXTS = "tests/engine/rules/test_texts.py"
_FOLLOWING = "tests/runtime/rules/test_following.py"
_TICKING = "tests/runtime/rules/test_ticking.py"
_BUTTONS = "tests/runtime/rules/test_buttons.py"
_THRESHOLDS = "tests/runtime/rules/test_thresholds.py"
_ACTIONS = "tests/runtime/rules/test_actions.py"

_SHOWN: Mapping[str, str] = {
    "RuleDef: rule label form on if do paused": _FOLLOWING,
    "RuleDef: again": "tests/engine/rules/test_circles.py",
    "Span: calendar working": _TICKING,
    "Span: working_hours": _TRIGGERS,
    "Who: fields managers_of roles": _FOLLOWING,
    "Who: heads_of": _ACTIONS,
    "Button: label icon places roles confirm ask": _BUTTONS,
    "Changed: fields": _TRIGGERS,
    "StageEntered: stages": _TRIGGERS,
    "StageLeft: stages": _TRIGGERS,
    "Commented: words": _TRIGGERS,
    "EvidenceReviewed: verdict items": _TRIGGERS,
    "ApprovalEnded: workflow outcomes": _TRIGGERS,
    "StartApproval: workflow": "tests/runtime/rules/test_approvals.py",
    "InARow: of by that times": _ACTIONS,
    "Silent: after of by repeat most backlog": _TICKING,
    "Overdue: stages after": _TRIGGERS,
    "Overdue: backlog": _TICKING,
    "EvidenceExpired: items days": _TICKING,
    "EvidenceExpired: at late": _TRIGGERS,
    "Threshold: measure of that when per periods below above each roles working at": _THRESHOLDS,
    "DateComes: field days working at late yearly": _TRIGGERS,
    "Schedule: every at on day working catch_up": _TICKING,
    "Notify: to text": _FOLLOWING,
    "Notify: urgent": _ACTIONS,
    "CreateTask: to text within": _FOLLOWING,
    "SetFields: set": _FOLLOWING,
    "CreateRecord: form set by owner": _ACTIONS,
    "UpdateRelated: form by set most": _ACTIONS,
    "UpdateReferred: through set": _ACTIONS,
    "Assign: to pick most": _ACTIONS,
    "Advance: stage": _ACTIONS,
    "Freeze: form by through people text way_on lifted_by": "tests/runtime/rules/test_freezing.py",
    "Unfreeze: form people": "tests/runtime/rules/test_freezing.py",
    "AddPoints: ledger to points text": "tests/runtime/rules/test_points.py",
    "Webhook: url send": "tests/runtime/rules/test_webhook.py",
    "GenerateDocument: document into evidence": "tests/runtime/documents/test_made_by_rules.py",
    "CallConnector: connector operation send set": "tests/runtime/connectors/test_calls.py",
    "CalledIn: takes required find": "tests/runtime/connectors/test_hooks.py",
}
_OF_EACH_ACTION = {"id": _TEXTS, "if": _FOLLOWING}
RULE_KEYS: Mapping[str, str] = {
    **{
        f"{line.partition(': ')[0]}.{key}": where
        for line, where in _SHOWN.items()
        for key in line.partition(": ")[2].split()
    },
    **{
        f"{name}.{key}": where
        for name in ("Action", *(action.__name__ for action in ACTIONS.values()))
        for key, where in _OF_EACH_ACTION.items()
    },
}

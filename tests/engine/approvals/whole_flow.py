"""A workflow in which every key says something, and how each can be said otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SPEC: dict[str, Any] = {
    "workflow": "spend",
    "label": "费用审批",
    "form": "ticket",
    "start": {"roles": ["agent"], "when": "cost > 1", "message": "太少"},
    "limits": [{"role": "director", "up_to": 5000}],
    "keepers": [{"person": "flo"}],
    "steps": [
        {
            "kind": "approve", "id": "chain", "label": "逐级", "help": "请看金额",
            "who": [{"chain": "submitter", "levels": 3, "covers": "cost"}], "when": "cost > 2",
            "sees": ["cost"], "edit": ["cause"], "need": ["name"], "phrases": ["可以"],
            "back": {"to": ["submitter"], "resubmit": ["straight"]},
            "within": {"calendar": "PT10H"},
            "ladder": [
                {"before": "PT2H"},
                {"after": "PT2H", "every": "PT1H", "times": 2, "act": "tell",
                 "to": [{"manager": "approver"}]},
            ],
        },
        {
            "kind": "approve", "id": "several", "label": "会签", "mode": "weighted", "share": 60,
            "who": [
                {"person": "dan"}, {"role": "finance"}, {"manager": "submitter", "above": 1},
                {"head": "submitter"}, {"field": "keeper"}, {"feel": "owner"},
            ],
            "weights": {"finance": 3}, "must": ["finance"], "same": "decide",
        },
        {
            "kind": "handle", "id": "fill", "label": "补充", "help": "写原因", "when": "cost > 3",
            "who": [{"person": "eve"}, {"person": "bob"}], "mode": "all", "sees": ["cause"],
            "edit": ["cause"], "need": ["cause"], "back": {"to": ["submitter"]},
            "within": {"calendar": "PT5H"}, "ladder": [{}],
        },
        {
            "kind": "branch", "id": "dear", "label": "金额",
            "paths": [
                {"id": "high", "label": "大额", "when": "cost > 100", "steps": [
                    {"kind": "cc", "id": "copy", "label": "抄送", "help": "请知悉",
                     "who": [{"person": "eve"}], "when": "cost > 4", "sees": ["name"]},
                ]},
            ],
        },
        {
            "kind": "parallel", "id": "both", "label": "同时",
            "paths": [
                {"id": "left", "label": "左", "steps": [
                    {"kind": "approve", "id": "left_one", "label": "左一",
                     "who": [{"person": "bob"}]},
                ]},
                {"id": "right", "label": "右", "steps": [
                    {"kind": "approve", "id": "right_one", "label": "右一",
                     "who": [{"person": "eve"}]},
                ]},
            ],
        },
        {"kind": "wait", "id": "pause", "label": "等", "within": {"until": "wanted"},
         "that": "urgent = true"},
        {"kind": "approval", "id": "child", "label": "子审批", "workflow": "small",
         "when": "cost > 5"},
        {"kind": "approve", "id": "nobody", "label": "空", "who": [{"role": "director"}]},
    ],
    "after": {"agreed": {"cause": '"好"'}, "refused": {"cause": '"坏"'},
              "withdrawn": {"cause": '"撤"'}},
}  # fmt: skip
SMALL = """
workflow: %s
label: 小额
form: ticket
steps:
  - {kind: approve, id: only, label: 一人, who: [{person: dan}]}
"""


@dataclass(frozen=True)
class Vary:
    """Say one thing of the workflow differently."""

    path: str
    value: Any


GONE = object()

KEYS: Mapping[str, Vary | str] = {
    "WhoDef.person": Vary("steps/1/who/0/person", "root"),
    "WhoDef.role": Vary("steps/1/who/1/role", "director"),
    "WhoDef.head": Vary("steps/1/who/3/head", "owner"),
    "WhoDef.manager": Vary("steps/1/who/2/manager", "owner"),
    "WhoDef.above": Vary("steps/1/who/2/above", 2),
    "WhoDef.chain": Vary("steps/0/who/0/chain", "owner"),
    "WhoDef.levels": Vary("steps/0/who/0/levels", 1),
    "WhoDef.covers": Vary("steps/0/who/0/covers", "cost * 100"),
    "WhoDef.field": Vary("steps/1/who/4/field", "owner"),
    "WhoDef.feel": Vary("steps/1/who/5/feel", "keeper"),
    "WhoDef.chosen": Vary("steps/1/who/0", {"chosen": "finance"}),
    "LimitDef.role": Vary("limits/0/role", "agent"),
    "LimitDef.up_to": Vary("limits/0/up_to", 1),
    "RungDef.before": Vary("steps/0/ladder/0/before", "PT3H"),
    "RungDef.after": Vary("steps/0/ladder/1/after", "PT3H"),
    "RungDef.every": Vary("steps/0/ladder/1/every", "PT2H"),
    "RungDef.times": Vary("steps/0/ladder/1/times", 3),
    "RungDef.act": Vary("steps/0/ladder/1", {"after": "PT2H", "act": "agree"}),
    "RungDef.to": Vary("steps/0/ladder/1/to", [{"person": "flo"}]),
    "BackToDef.to": Vary("steps/0/back/to", []),
    "BackToDef.resubmit": Vary("steps/0/back/resubmit", ["all"]),
    "ApproveStep.id": Vary("steps/0/id", "other"),
    "ApproveStep.label": Vary("steps/0/label", "别名"),
    "ApproveStep.help": Vary("steps/0/help", GONE),
    "ApproveStep.who": Vary("steps/0/who", [{"person": "eve"}]),
    "ApproveStep.when": Vary("steps/0/when", "cost < 0"),
    "ApproveStep.sees": Vary("steps/0/sees", GONE),
    "ApproveStep.mode": Vary("steps/0/mode", "any"),
    "ApproveStep.share": Vary("steps/1/share", 10),
    "ApproveStep.weights": Vary("steps/1/weights", {"agent": 100}),
    "ApproveStep.must": Vary("steps/1/must", ["director"]),
    "ApproveStep.veto": Vary("steps/1/veto", True),
    "ApproveStep.refused": Vary("steps/0/refused", "return"),
    "ApproveStep.edit": Vary("steps/0/edit", GONE),
    "ApproveStep.need": Vary("steps/0/need", ["wanted"]),
    "ApproveStep.back": Vary("steps/0/back", GONE),
    "ApproveStep.transfer": Vary("steps/0/transfer", False),
    "ApproveStep.add": Vary("steps/0/add", False),
    "ApproveStep.opinion": Vary("steps/0/opinion", ["agree"]),
    "ApproveStep.phrases": "tests/web/approving.py",
    "ApproveStep.signature": Vary("steps/0/signature", True),
    "ApproveStep.password": Vary("steps/0/password", True),
    "ApproveStep.empty": Vary("steps/0", {
        "kind": "approve", "id": "chain", "label": "逐级", "empty": "refuse",
        "who": [{"field": "updated_by"}]}),
    "ApproveStep.same": Vary("steps/1/same", "manager"),
    "ApproveStep.repeated": Vary("steps/1/repeated", "pass"),
    "ApproveStep.within": Vary("steps/0/within/calendar", "PT20H"),
    "ApproveStep.ladder": Vary("steps/0/ladder", []),
    "HandleStep.id": Vary("steps/2/id", "other"),
    "HandleStep.label": Vary("steps/2/label", "别名"),
    "HandleStep.help": Vary("steps/2/help", GONE),
    "HandleStep.who": Vary("steps/2/who", [{"person": "dan"}]),
    "HandleStep.when": Vary("steps/2/when", "cost < 0"),
    "HandleStep.sees": Vary("steps/2/sees", GONE),
    "HandleStep.mode": Vary("steps/2/mode", "any"),
    "HandleStep.edit": Vary("steps/2/edit", ["name"]),
    "HandleStep.need": Vary("steps/2/need", ["wanted"]),
    "HandleStep.back": Vary("steps/2/back", {"to": []}),
    "HandleStep.transfer": Vary("steps/2/transfer", False),
    "HandleStep.empty": Vary("steps/2", {
        "kind": "handle", "id": "fill", "label": "补充", "edit": ["cause"], "empty": "pass",
        "who": [{"field": "updated_by"}]}),
    "HandleStep.within": Vary("steps/2/within/calendar", "PT9H"),
    "HandleStep.ladder": Vary("steps/2/ladder", []),
    "CcStep.id": Vary("steps/3/paths/0/steps/0/id", "other"),
    "CcStep.label": Vary("steps/3/paths/0/steps/0/label", "别名"),
    "CcStep.help": Vary("steps/3/paths/0/steps/0/help", GONE),
    "CcStep.who": Vary("steps/3/paths/0/steps/0/who", [{"person": "dan"}]),
    "CcStep.when": Vary("steps/3/paths/0/steps/0/when", "cost < 0"),
    "CcStep.sees": Vary("steps/3/paths/0/steps/0/sees", GONE),
    "PathDef.id": "tests/engine/approvals/test_preview.py",
    "PathDef.label": Vary("steps/3/paths/0/label", "别名"),
    "PathDef.when": Vary("steps/3/paths/0/when", "cost < 0"),
    "PathDef.steps": Vary("steps/3/paths/0/steps", []),
    "BranchStep.id": Vary("steps/3/id", "other"),
    "BranchStep.label": Vary("steps/3/label", "别名"),
    "BranchStep.paths": Vary("steps/3/paths", [{"id": "low", "label": "小额"}]),
    "ParallelStep.id": Vary("steps/4/id", "other"),
    "ParallelStep.label": Vary("steps/4/label", "别名"),
    "ParallelStep.paths": Vary("steps/4/paths/0/steps", []),
    "ParallelStep.join": Vary("steps/4/join", "any"),
    "SubStep.id": Vary("steps/6/id", "other"),
    "SubStep.label": Vary("steps/6/label", "别名"),
    "SubStep.workflow": Vary("steps/6/workflow", "tiny"),
    "SubStep.of": Vary("steps/6", {
        "kind": "approval", "id": "child", "label": "子审批", "workflow": "small", "of": "twin"}),
    "SubStep.when": Vary("steps/6/when", "cost < 0"),
    "WaitStep.id": Vary("steps/5/id", "other"),
    "WaitStep.label": Vary("steps/5/label", "别名"),
    "WaitStep.within": Vary("steps/5/within", {"calendar": "PT1H"}),
    "WaitStep.that": Vary("steps/5/that", "urgent = false"),
    "StartDef.button": "tests/runtime/approvals/test_starts.py",
    "StartDef.created": "tests/runtime/approvals/test_starts.py",
    "StartDef.stage": "tests/runtime/approvals/test_starts.py",
    "StartDef.roles": Vary("start/roles", ["finance"]),
    "StartDef.when": Vary("start/when", "cost < 0"),
    "StartDef.message": Vary("start", {"when": "cost < 0", "message": "别的话"}),
    "AfterDef.agreed": Vary("after/agreed", {"cause": '"别的"'}),
    "AfterDef.refused": Vary("after/refused", {"cause": '"别的"'}),
    "AfterDef.withdrawn": Vary("after/withdrawn", {"cause": '"别的"'}),
    "WorkflowDef.workflow": "tests/engine/approvals/test_commands.py",
    "WorkflowDef.label": Vary("label", "别名"),
    "WorkflowDef.help": "runtime/web/approvals/counter.py",
    "WorkflowDef.form": "tests/broken/workflow_of_no_form",
    "WorkflowDef.start": Vary("start", GONE),
    "WorkflowDef.steps": Vary("steps/0/id", "other"),
    "WorkflowDef.keepers": Vary("keepers", GONE),
    "WorkflowDef.limits": Vary("limits/0/up_to", 1),
    "WorkflowDef.empty": "tests/engine/approvals/test_people.py",
    "WorkflowDef.same": "tests/engine/approvals/test_people.py",
    "WorkflowDef.repeated": Vary("repeated", "pass"),
    "WorkflowDef.lock": "tests/runtime/approvals/test_starts.py",
    "WorkflowDef.withdraw": Vary("withdraw", "never"),
    "WorkflowDef.take_back": Vary("take_back", False),
    "WorkflowDef.urge": Vary("urge", None),
    "WorkflowDef.after": Vary("after/agreed", {}),
}  # fmt: skip

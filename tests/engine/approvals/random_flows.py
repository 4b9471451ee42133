"""Workflows of all kinds, written as authors write them."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

WHO = st.sampled_from(
    [
        {"manager": "submitter"},
        {"manager": "submitter", "above": 1},
        {"head": "submitter"},
        {"chain": "submitter", "levels": 2},
        {"chain": "submitter", "covers": "cost"},
        {"role": "finance"},
        {"role": "director"},
        {"field": "keeper"},
        {"person": "eve"},
        {"feel": "if cost > 1000 then owner else keeper"},
        {"field": "owner"},
    ]
)
LADDER = st.sampled_from(
    [
        [],
        [{"before": "PT12H"}, {}, {"after": "P1D", "every": "P1D", "times": 3}],
        [{"after": "P1D", "act": "tell", "to": [{"manager": "approver"}]}],
        [{"after": "P1D", "act": "hand", "to": [{"role": "director"}]}],
        [{"after": "P2D", "act": "agree"}],
        [{"after": "P2D", "act": "return"}],
    ]
)
WITHIN = st.sampled_from([{"working": "P1D"}, {"calendar": "PT24H"}, {"working_hours": "PT8H"}])
MODES: list[dict[str, Any]] = [
    {}, {"mode": "all"}, {"mode": "any"}, {"mode": "any", "veto": False},
    {"mode": "ratio", "share": 50}, {"mode": "ratio", "share": 100, "veto": True},
    {"mode": "weighted", "share": 60, "weights": {"finance": 3, "director": 5}},
    {"mode": "weighted", "share": 60, "weights": {"finance": 0}},
    {"mode": "sequential"}, {"mode": "all", "must": ["finance"]},
    {"mode": "any", "must": ["finance"]},
]  # fmt: skip
CONDITIONS = ["cost > 1000", "cost > 100", "urgent = true", 'cause = "坏了"']


@st.composite
def people(draw: st.DrawFn, most: int = 3) -> list[Any]:
    return draw(st.lists(WHO, min_size=1, max_size=most))


@st.composite
def approving(draw: st.DrawFn, name: str) -> dict[str, Any]:
    step: dict[str, Any] = {
        "kind": "approve",
        "id": name,
        "label": f"步骤{name}",
        "who": draw(people()),
    }
    step |= draw(st.sampled_from(MODES))
    step["back"] = {"to": ["any"]}
    if draw(st.booleans()):
        step["within"] = draw(WITHIN)
        step["ladder"] = draw(LADDER)
    if draw(st.integers(0, 3)) == 0:
        step["when"] = draw(st.sampled_from(CONDITIONS))
    if draw(st.booleans()):
        step["sees"] = ["cost"]
    step |= draw(
        st.fixed_dictionaries(
            {},
            optional={
                "empty": st.sampled_from(["keepers", "pass", "refuse"]),
                "same": st.sampled_from(["manager", "pass"]),
                "repeated": st.sampled_from(["decide", "pass", "adjacent"]),
                "refused": st.sampled_from(["end", "return"]),
                "opinion": st.just(["agree", "refuse", "return"]),
            },
        )
    )
    return step


@st.composite
def handling(draw: st.DrawFn, name: str) -> dict[str, Any]:
    return {
        "kind": "handle", "id": name, "label": f"办理{name}", "who": draw(people(2)),
        "mode": draw(st.sampled_from(["all", "any"])), "edit": ["cause"], "need": ["cause"],
        "back": {"to": ["any"]}, "within": draw(WITHIN), "ladder": [{"act": "remind"}],
    }  # fmt: skip


@st.composite
def step(draw: st.DrawFn, name: str, deep: int) -> dict[str, Any]:
    kind = draw(st.sampled_from(["approve", "approve", "handle", "cc", "branch", "parallel"]))
    if kind == "approve" or (deep and kind in ("branch", "parallel")):
        return draw(approving(name))
    if kind == "handle":
        return draw(handling(name))
    if kind == "cc":
        return {"kind": "cc", "id": name, "label": "抄送", "who": draw(people())}
    paths = [
        {"id": f"{name}_{at}", "label": "路", "steps": draw(steps(f"{name}{at}", 2, deep + 1))}
        for at in range(draw(st.integers(2, 3)))
    ]
    for at, path in enumerate(paths[:-1]):
        path["when"] = CONDITIONS[at]
    made = {"kind": kind, "id": name, "label": "分路", "paths": paths}
    if kind == "parallel":
        made["join"] = draw(st.sampled_from(["all", "any"]))
    return made


@st.composite
def steps(draw: st.DrawFn, name: str, most: int, deep: int = 0) -> list[dict[str, Any]]:
    count = draw(st.integers(0 if deep else 1, most))
    return [draw(step(f"{name}{'abcdefgh'[at]}", deep)) for at in range(count)]


@st.composite
def flows(draw: st.DrawFn) -> str:
    """A workflow `spend` as YAML (JSON is YAML)."""
    made = draw(steps("s", 4))
    extra = draw(st.sampled_from(["", "", "pause", "child", "picked"]))
    if extra == "pause":
        made.insert(
            0, {"kind": "wait", "id": "pause", "label": "等", "within": {"calendar": "P1D"}}
        )
    if extra == "child":
        made.insert(0, {"kind": "approval", "id": "child", "label": "子", "workflow": "small"})
    if extra == "picked":
        who = [{"chosen": "anybody"}]
        made.append({"kind": "approve", "id": "picked", "label": "选", "who": who})
    keys = {
        "limits": [{"role": "director", "up_to": 2000}],
        "same": draw(st.sampled_from(["manager", "pass"])),
        "withdraw": draw(st.sampled_from(["always", "untouched", "never"])),
        "after": {"agreed": {"cause": '"结束"'}},
    }
    told = {"workflow": "spend", "label": "费用", "form": "ticket", **keys, "steps": made}
    return "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False) if key != 'workflow' else value}\n"
        for key, value in told.items()
    )

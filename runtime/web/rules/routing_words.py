"""Why was a record given to somebody, as its timeline tells it?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.app import App
from engine.wording import Message, words
from runtime.web.values.cells import Cells

OUT = {"away": Message("外出"), "full": Message("已满"), "frozen": Message("已冻结")}
MOST_TOLD = 8


def routing_told(cells: Cells, app: App, data: Mapping[str, Any]) -> str:
    """Return in one line by which rule, among whom, and why the others were passed over."""
    say = cells.say
    parts = []
    decision = app.decisions.get(str(data.get("decision")))
    if decision is not None:
        label, rules = words(decision.definition.label, cells.locale), data.get("rules") or ()
        which = ", ".join(str(int(rule) + 1) for rule in rules)
        parts.append(
            say("按决策表“{table}”第 {rules} 条").format(table=label, rules=which)
            if which
            else say("决策表“{table}”没有规则成立").format(table=label)
        )
    comma = "、" if cells.locale == "zh" else ", "
    weighed = [_one(cells, one) for one in (data.get("weighed") or ())[:MOST_TOLD]]
    if weighed:
        parts.append(say("在手最少者优先：{people}").format(people=comma.join(weighed)))
    if data.get("to") is None:
        parts.append(say("没有可分配的人"))
    return "；".join(parts) if cells.locale == "zh" else "; ".join(parts)


def _one(cells: Cells, weighed: Mapping[str, Any]) -> str:
    said = {"name": cells.names.people.get(str(weighed["person"]), "—"), "n": weighed["load"]}
    out = OUT.get(str(weighed.get("out")))
    if out is None:
        return cells.say("{name}（{n} 条）").format(**said)
    return cells.say("{name}（{n} 条，{out}）").format(**said, out=cells.say(out.text))

"""Where in an app does each slot stand, and on which targets must its expressions run?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.expressions.scope import Slot, Target

PLACES: Mapping[Slot, str] = {
    Slot.FORM: "forms: `visible`, `required` and `readonly` of fields and of the cells of lines, "
    "`visible` of sections",
    Slot.LIVE: "forms: `feel` of a formula",
    Slot.ROWS: "forms: `access: ROLE: rows, edit, delete, advance, transfer`, "
    "`list: views: where`, `where` of references and rollups; `home: where`; filters of lists, "
    "of the API and of saved views",
    Slot.ALERT: "alerts; no key of an app uses it yet",
    Slot.MEASURE: "figures of reports; no key of an app uses it yet",
    Slot.GATE: "forms: `stages: gate, entry: that`, their `evidence: when`, `conversions: when`",
    Slot.CHECK: "forms: `checks: that`",
    Slot.RULE: "forms: `pipelines: when`; cells of decision tables",
    Slot.VALUE: "forms: `default: feel`, `conversions: creates: set`; outputs of decision tables",
    Slot.OPEN: "decision tables that come from DMN files",
}
"""The keys under which an expression of a slot is written."""


def slots_table() -> str:
    """Return the table of slots: one row for each, with its places, targets and result."""
    targets = list(Target)
    lines = [
        "The loader refuses an expression that can't run on every target of its slot, and says "
        "which part\nkeeps it from there. What a slot does not need, an expression may still be "
        "able to do: a check that\ncan run in the browser is live on the form.\n\n",
        f"| slot | stands in | {' | '.join(_label(target) for target in targets)} | gives |\n",
        f"|---|---|{':---:|' * len(targets)}---|\n",
    ]
    for slot in Slot:
        marks = " | ".join("✓" if target in slot.needs else "" for target in targets)
        result = "yes or no" if slot.condition else "a value"
        lines.append(f"| {slot.value.name} | {PLACES[slot]} | {marks} | {result} |\n")
    return "".join(lines)


def _label(target: Target) -> str:
    return {Target.PYTHON: "Python", Target.BROWSER: "browser", Target.SQL: "SQL"}[target]

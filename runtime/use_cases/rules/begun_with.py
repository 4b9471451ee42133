"""By which definition does a rule finish what failed, once its app has another one?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from engine.app import App, Form, Rule
from engine.loading.load import load_app
from engine.problems import BrokenApp
from engine.wording import Message
from runtime.store import Unit
from runtime.store.rule_runs import RuleRun

BESIDE = ("locales/", "scenarios/", "data/")
"""Files of an app that say nothing of what a rule does."""
CHANGED = Message(
    "应用升级后，这次执行开始时的规则已不能照原样继续：{why}。请人工处理，处理后不必再重试"
)


def keep_or_let_go(unit: Unit, run: RuleRun) -> None:
    """Keep the text of a rule with a run that failed or waits, as long as it is to be gone on
    with."""
    if run.state not in ("failed", "waiting"):
        unit.rule_runs.let_go(run.id)
    elif unit.rule_runs.begun_with(run.id) is None:
        text = unit.packages.files(run.app).get(_file(run.rule))
        if text is not None:
            unit.rule_runs.keep(run.id, _text(text))


def rule_of_run(unit: Unit, app: App, run: RuleRun) -> tuple[Rule, Form] | Message | None:
    """Return the rule as it was when the run began, and its form as that rule reads it; or why it
    can't be had in the app as it is now. None if nothing is left of it at all."""
    begun, now = unit.rule_runs.begun_with(run.id), app.rules.get(run.rule)
    files = unit.packages.files(run.app)
    kept = files.get(_file(run.rule))
    if begun is None or (now is not None and kept is not None and _text(kept) == begun):
        return (now, app.forms[now.form]) if now is not None else None
    return _begun(files, run, begun)


def not_as_begun(run: RuleRun, why: Message) -> RuleRun:
    """Return the run as it waits for a person from now on."""
    return replace(run, tries=run.tries + 1, problem=why)


def _begun(files: Mapping[str, bytes], run: RuleRun, text: str) -> tuple[Rule, Form] | Message:
    bare = {path: one for path, one in files.items() if not path.startswith(BESIDE)}
    try:
        then = load_app({**bare, _file(run.rule): text.encode()})
    except BrokenApp as broken:
        return Message(CHANGED.text, why=broken.problems[0].message)
    rule = then.rules[run.rule]
    return rule, then.forms[rule.form]


def _file(rule: str) -> str:
    return f"rules/{rule}.yaml"


def _text(content: bytes) -> str:
    return content.decode()

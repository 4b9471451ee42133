"""How does a rule have a document made?"""

from __future__ import annotations

from engine.rules.actions.generate_document import GenerateDocument
from runtime.use_cases.documents.wanted import KIND, Wish, left_wish
from runtime.use_cases.rules.acting import Came, Did, Doing


def perform(doing: Doing, action: GenerateDocument) -> Came:
    """Leave it as work, in the transaction of the rule: setting pages takes a while."""
    work = doing.work
    wish = Wish(
        app=work.form.app,
        form=work.form.id,
        record=doing.record.id,
        document=action.document,
        door="automation",
        rule=doing.rule.id,
        cause=work.act.cause,
        depth=work.act.depth,
        into=action.into,
        evidence=action.evidence,
    )
    job = work.unit.jobs.save(KIND, left_wish(wish), work.now, key=f"document:{doing.key}")
    return Did(told={"document": action.document, "job": job})

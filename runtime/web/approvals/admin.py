"""How does an administrator see where approvals would find nobody?"""

from __future__ import annotations

from flask import Blueprint, redirect
from flask.typing import ResponseReturnValue

from engine.wording import words
from runtime.services import Services
from runtime.use_cases.approvals.find_stalls import Stalled, find_stalls, wake_stalled
from runtime.web.guard import administrator
from runtime.web.language import translate
from runtime.web.showing import note, sayer, show
from runtime.web.visit import Visit

WHERE = "/admin/approvals"


def pages(services: Services) -> Blueprint:
    """Return the page about ways of approvals on which nobody would be found."""
    blueprint = Blueprint("approvals_admin", __name__)

    @blueprint.get(WHERE)
    @administrator
    def show_stalls(visit: Visit) -> ResponseReturnValue:
        found = find_stalls(services)
        groups: dict[str, list[dict[str, str]]] = {}
        for one in found:
            label = words(one.workflow.definition.label, visit.locale)
            groups.setdefault(label, []).append(_line(visit, one))
        under_way = any(one.approval for one in found)
        return show(
            services,
            visit,
            "admin/approvals.html",
            active="approvals_admin",
            groups=groups,
            under_way=under_way,
        )

    @blueprint.post(WHERE)
    @administrator
    def look_for_others(visit: Visit) -> ResponseReturnValue:
        count = wake_stalled(services)
        note(sayer(visit.locale)("已让 {n} 位离职同事的审批重新找人", n=count))
        return redirect(WHERE, 303)

    return blueprint


def _line(visit: Visit, found: Stalled) -> dict[str, str]:
    approval, url = found.approval, ""
    if approval is not None:
        url = f"/a/{approval.app}/{approval.form}/{approval.record}#panel-approval"
    said = found.message.fill(translate(visit.locale), visit.locale)
    return {"said": said, "url": url}

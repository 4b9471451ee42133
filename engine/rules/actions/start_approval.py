"""The `start_approval` action."""

from typing import ClassVar

from engine.field import Id
from engine.rules.action import Action


class StartApproval(
    Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="start_approval"
):
    """Submit the record for approval, in the name of its owner."""

    title: ClassVar = {"zh": "发起审批", "en": "Start approval"}
    about: ClassVar = {
        "zh": "以负责人的名义提交审批，结果通知负责人。",
        "en": "Submits the record in the name of its owner, who is told the result.",
    }
    titles: ClassVar = {
        "workflow": ("哪个审批", "Approval"),
    }

    workflow: Id

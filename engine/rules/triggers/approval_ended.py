"""The `approval_ended` trigger."""

from typing import ClassVar, Literal

from engine.field import Id
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class ApprovalEnded(
    Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="approval_ended"
):
    """An approval of the record came to its end."""

    title: ClassVar = {"zh": "审批结束", "en": "Approval ended"}
    about: ClassVar = {
        "zh": "记录的审批同意、不同意、撤回或取消后触发。",
        "en": "Goes off after an approval of the record ended, in any way or those named.",
    }
    titles: ClassVar = {
        "workflow": ("哪个审批", "Approval", "不选就是任何审批", "Any without it"),
        "outcomes": ("哪些结果", "Outcomes", "不选就是任何结果", "Any without it"),
    }

    workflow: Id | None = None
    """Only of this workflow."""
    outcomes: tuple[Literal["agreed", "refused", "withdrawn", "cancelled"], ...] = ()
    """Only these ends; without any, all."""

    def hears(self, happened: Happened) -> bool:
        if happened.kind != "approval.ended":
            return False
        wanted = self.workflow in (None, happened.data.get("workflow"))
        return wanted and (not self.outcomes or happened.data.get("outcome") in self.outcomes)

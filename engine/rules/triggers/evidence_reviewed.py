"""The `evidence_reviewed` trigger."""

from typing import ClassVar, Literal

from engine.field import Id
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class EvidenceReviewed(
    Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="evidence_reviewed"
):
    """Somebody judged a piece of evidence."""

    title: ClassVar = {"zh": "审核凭证", "en": "Evidence reviewed"}
    about: ClassVar = {
        "zh": "凭证被通过或退回后触发。",
        "en": "Goes off after evidence was accepted or rejected.",
    }
    titles: ClassVar = {
        "verdict": ("审核结果", "Verdict", "不选就都算", "Both without it"),
        "items": ("哪些凭证", "Items", "不选就是全部", "All without it"),
    }

    verdict: Literal["accepted", "rejected"] | None = None
    """Only this verdict; without it, both."""
    items: tuple[Id, ...] = ()
    """Only these items; without any, all of them."""

    def hears(self, happened: Happened) -> bool:
        if happened.kind != "evidence_reviewed":
            return False
        wanted = self.verdict in (None, happened.data.get("verdict"))
        return wanted and (not self.items or happened.data.get("item") in self.items)

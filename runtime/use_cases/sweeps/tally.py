"""What came of the records that were dealt with so far, and why were some refused?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.wording import Message
from runtime.store.told import message_of, told

MOST_REASONS = 100
"""Reasons that are told apart; whatever comes after them is one more."""
ANOTHER = Message("其他原因")


@dataclass(kw_only=True)
class Tally:
    """What is known, and kept with the job from time to time."""

    at: int = 0
    """So many of the records were dealt with, in their order."""
    done: int = 0
    stopped: bool = False
    reasons: list[Message] = field(default_factory=list)
    refused: list[tuple[str, tuple[int, ...]]] = field(default_factory=list)
    """Each record with which nothing was done, and the numbers of its reasons."""
    _numbers: dict[str, int] = field(default_factory=dict)

    def refuse(self, id_: str, why: Iterable[Message]) -> None:
        """Note that nothing was done with a record."""
        self.refused.append((id_, tuple(dict.fromkeys(map(self._number, why)))))

    def of_reason(self, number: int) -> list[str]:
        """Return the records that were refused for a reason."""
        return [id_ for id_, numbers in self.refused if number in numbers]

    def _number(self, reason: Message) -> int:
        said = str(reason)
        if said not in self._numbers:
            full = len(self.reasons) >= MOST_REASONS
            if full and str(ANOTHER) in self._numbers:
                return self._numbers[str(ANOTHER)]
            reason, said = (ANOTHER, str(ANOTHER)) if full else (reason, said)
            self._numbers[said] = len(self.reasons)
            self.reasons.append(reason)
        return self._numbers[said]

    def told(self) -> dict[str, Any]:
        """Return it as the result of the job."""
        return {
            "at": self.at,
            "done": self.done,
            "stopped": self.stopped,
            "reasons": [told(reason) for reason in self.reasons],
            "refused": [[id_, *numbers] for id_, numbers in self.refused],
        }


def tally_of(result: Mapping[str, Any]) -> Tally:
    """Read back what was kept; nothing yet is none."""
    reasons = [message_of(one) for one in result.get("reasons", ())]
    rows: Sequence[Sequence[Any]] = result.get("refused", ())
    return Tally(
        at=result.get("at", 0),
        done=result.get("done", 0),
        stopped=result.get("stopped", False),
        reasons=reasons,
        refused=[(str(row[0]), tuple(row[1:])) for row in rows],
        _numbers={str(reason): number for number, reason in enumerate(reasons)},
    )

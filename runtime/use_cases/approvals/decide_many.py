"""What happens when somebody decides alike on several tasks?"""

from __future__ import annotations

from collections.abc import Iterable

from runtime.limits import MOST_AT_ONCE
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.approvals.course import Answer
from runtime.use_cases.approvals.decide_approval import Choice, decide_approval
from runtime.use_cases.once import part_of


def decide_many(
    services: Services, act: Act, tasks: Iterable[str], choice: Choice
) -> tuple[tuple[str, Answer], ...]:
    """Decide on each task by itself, by the rules of a single decision, and return what came of
    each in the order in which they were named."""
    unique = list(dict.fromkeys(tasks))[:MOST_AT_ONCE]
    return tuple((id_, decide_approval(services, part_of(act, id_), id_, choice)) for id_ in unique)

"""What becomes of an approval by a command?"""

from __future__ import annotations

from engine.app import Workflow
from engine.approvals.commands import Command
from engine.approvals.facts import Facts
from engine.approvals.outcomes import Answer
from engine.approvals.run import Run


def decide(workflow: Workflow, run: Run | None, command: Command, facts: Facts) -> Answer:
    """Return the approval after the command and what follows from it, or every reason why not.
    Changes nothing. Only `Submit` begins without a run."""
    raise LookupError(command)

"""What becomes of an approval when somebody does something, or nobody does?"""

from engine.approvals.commands import Command as Command
from engine.approvals.decide import decide as decide
from engine.approvals.effects import Effect as Effect
from engine.approvals.facts import Facts as Facts
from engine.approvals.facts import Organisation as Organisation
from engine.approvals.outcomes import Decided as Decided
from engine.approvals.run import Run as Run
from engine.approvals.run import from_data as from_data
from engine.approvals.run import to_data as to_data

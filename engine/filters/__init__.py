"""How is a filter that people put together the same as one written in FEEL?"""

from engine.filters.known import Known, Sort, known_at
from engine.filters.listed import filters_to_feel, listed, where_to_feel
from engine.filters.operators import OFFERED, TAKES, operators_of
from engine.filters.periods import PERIODS
from engine.filters.reading import from_feel
from engine.filters.visual import BadFilter, Condition, Group, Part, Written, conditions_of
from engine.filters.writing import to_feel

__all__ = [
    "OFFERED", "PERIODS", "TAKES", "BadFilter", "Condition", "Group", "Known", "Part", "Sort",
    "Written", "conditions_of", "filters_to_feel", "from_feel", "known_at", "listed",
    "operators_of", "to_feel", "where_to_feel",
]  # fmt: skip

"""Which names does the language keep for itself?"""

from __future__ import annotations

KEYWORDS = frozenset(
    {
        "true", "false", "null", "and", "or", "if", "then", "else", "for", "in", "return", "some",
        "every", "satisfies", "between", "instance", "of", "function",
    }
)  # fmt: skip

SPACED_BUILTINS = frozenset(
    {
        "date and time", "years and months duration", "day of year", "day of week",
        "month of year", "week of year", "string length", "upper case", "lower case",
        "substring before", "substring after", "starts with", "ends with", "string join",
        "list contains", "insert before", "index of", "distinct values", "list replace",
        "get value", "get entries", "context put", "context merge", "round up", "round down",
        "round half up", "round half down", "met by", "overlaps before", "overlaps after",
        "finished by", "started by",
        "start of day", "end of day", "start of week", "end of week", "start of month",
        "end of month", "start of quarter", "end of quarter", "start of year", "end of year",
    }
)  # fmt: skip

SPACED_FIRST = frozenset(name.split()[0] for name in SPACED_BUILTINS)

LONGEST_NAME = max(name.count(" ") + 1 for name in SPACED_BUILTINS)

SPACED_PROPERTIES = {"time": "offset", "start": "included", "end": "included"}
"""Properties of two words, first word to second."""

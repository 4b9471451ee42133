"""Why does a case of the kit not pass, where we meant it not to?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Reason:
    """A decision that costs cases: what they look like, and why it stands."""

    name: str
    looks: re.Pattern[str]
    why: str


REASONS = (
    Reason(
        "microseconds",
        re.compile(r"\.[0-9]{6}[0-9]*[1-9]"),
        "Moments and durations keep microseconds, as Python and PostgreSQL do; the rest is cut.",
    ),
    Reason(
        "years 0001–9999",
        re.compile(
            r"date\(-?[0-9]{5,},|date\(-[0-9]+,|\"-?[0-9]{5,}-[0-9]{2}|\"-[0-9]{4}-[0-9]{2}-"
        ),
        "Dates are those of Python and of both databases: the years 0001 to 9999.",
    ),
    Reason(
        "fractions of a second count",
        re.compile(r":[0-9]{2}\.[0-9]+\"\).*=.*:[0-9]{2}\.[0-9]+\"\)"),
        "Two moments that differ by less than a second differ. The kit calls them equal, but the "
        "databases do not, and one expression must have one meaning.",
    ),
    Reason(
        "no Java",
        re.compile(r"external"),
        "Functions of the Java virtual machine are not called.",
    ),
    Reason(
        "no names of types",
        re.compile(r"instance of (list<)?t[A-Z_]"),
        "`instance of` knows the built-in types; item definitions belong to DMN models.",
    ),
    Reason(
        "model types",
        re.compile(r"^(bkm_|BKM|decision_|\{resolve|\{\"resolve)"),
        "The case is about parameter and result types of a DMN model, not about an expression.",
    ),
    Reason(
        "dates are not moments",
        re.compile(r"^@\"[^\"]+\" - @\"[^\"]+\" "),
        "A date minus a moment with an offset is refused: which midnight is meant can't be known.",
    ),
)


def reason_for(case: Mapping[str, Any]) -> Reason | None:
    """Return the decision that explains why a case does not pass."""
    text = f"{case['expression']} {case['expected']}"
    return next((reason for reason in REASONS if reason.looks.search(text)), None)


IN_BROWSER = (
    Reason(
        "patterns of the server",
        re.compile(r"matches\(.*(\"\^|\\[0-9])"),
        "A `^` with the flag m and references back to a group are refused for the browser: old "
        "browsers do not read them, or read them otherwise.",
    ),
)
"""Decisions that cost cases in the browser only."""


def reason_in_browser(case: Mapping[str, Any]) -> Reason | None:
    """Return the decision that explains why a case does not pass in the browser alone."""
    return next((reason for reason in IN_BROWSER if reason.looks.search(case["expression"])), None)


IN_DATABASE = (
    Reason(
        "texts are not read",
        re.compile(r"duration\(durationString\)|dtDuration1\.seconds"),
        "The database does not read a text as a date or duration: fields have types.",
    ),
    Reason(
        "no lists as values",
        re.compile(r"^\[1,2,3|\.\.10\] ="),
        "A list or range is compared as a whole only where it is worked out beforehand.",
    ),
)
"""Decisions that cost cases in the databases only."""


def reason_in_database(case: Mapping[str, Any]) -> Reason | None:
    """Return the decision that explains why a case does not pass in the databases alone."""
    text = case["expression"]
    return next((reason for reason in IN_DATABASE if reason.looks.search(text)), None)

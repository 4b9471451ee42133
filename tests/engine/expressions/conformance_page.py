"""Writes docs/expressions.md: `python -m tests.engine.expressions.conformance_page`."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from runtime.store import Store
from tests.engine.expressions.browser_tck import in_node
from tests.engine.expressions.misses import (
    IN_BROWSER,
    IN_DATABASE,
    REASONS,
    Reason,
    reason_for,
    reason_in_browser,
    reason_in_database,
)
from tests.engine.expressions.node_target import node_target
from tests.engine.expressions.slots_table import slots_table
from tests.engine.expressions.tck import ROOT, Outcome, kit, outcomes
from tests.runtime.store.feel.kit import in_database
from tests.services.postgres import private_cluster

PAGE = ROOT / "docs" / "expressions.md"
PROFILES = ("core", "host", "later", "out")
MEASURED: Mapping[str, tuple[str, ...]] = {
    "Python": PROFILES, "browser": ("core", "host"), "SQLite": ("core",), "PostgreSQL": ("core",),
}  # fmt: skip
"""The profiles that are run on each target."""
DATABASES = ("SQLite", "PostgreSQL")
_MEANING = {
    "core": "must pass; runs in Python, in the browser and in the database",
    "host": "must pass; runs in Python and in the browser",
    "later": "second phase",
    "out": "not meant to pass",
}
_HEAD = """\
# Expressions

Conditions, computed values and permissions are written in FEEL (OMG DMN 1.5) and checked before
they run. This page says how much of the standard we implement, measured with {count} cases of the
DMN Technology Compatibility Kit (dmn-tck/tck, Apache-2.0, DMN TCK contributors), and where we
differ on purpose. `python -m tests.engine.expressions.conformance_page` writes it; a test fails
when it is stale.

A case passes when the value is right, or when it expects an error and the checker refuses it.

## Differences on purpose

- **Types are checked when an app is saved.** A mistake in types is refused, with its place and a
  suggestion; the standard would give null when it runs. Imported DMN tables (`Slot.OPEN`) keep the
  standard's behaviour, and the numbers below are measured there.
- **Names have no spaces**: letters of any script, digits and underscores. Back quotes hold a name
  that comes from elsewhere.
- **No silent conversion between a value and a list of it**, outside imports.
- **Quotients have at most twelve digits after the point**, rounded half up, so that the server,
  the browser and both databases give the same.
- **A moment written without a zone** means the zone of whoever asks, when it meets one with a zone.
- **The day and the hour of a moment** are those on the clock of whoever asks: `date(made)` and
  `made.hour` of a record made at half past seven in Shanghai give that day and 7. A moment that is
  written with its zone stays there, and so do all in imports.
- **In the database** a part that reads nothing of the row is worked out beforehand and may use any
  function. The rest may not read texts as dates, take items by position or use patterns; the
  checker says so, and what to write instead. Numbers are exact there as well: SQLite counts whole
  units of the last digit.
- `sum`, `min`, `max` and `mean` of a list with a null are null, as in the standard: write
  `sum(lines[price != null].price)`.
- **In the browser a pattern must be written in the expression**, without references back to a
  group and without `^` under the flag `m`: others are refused where an expression runs there.
  Entries of a context whose names are whole numbers come first when it is listed.
- **Periods** are beside the standard: `start of week(d)`, `end of week(d)` (Monday to Sunday), and
  the same of `month`, `quarter` and `year` give a date; `start of day(d)` and `end of day(d)` give
  the first and the last moment of a day, without a zone, hence in that of whoever asks. Lists use
  them: `due in [start of month(today())..end of month(today())]`.
- `item` is the row in a filter. Where a filter's condition names a field that the row does not
  have, the name is looked up outside.

"""


def page(found: Mapping[str, Sequence[Outcome]]) -> str:
    """Return the page for the outcomes of every case on each target."""
    results = found["Python"]
    parts = [
        _HEAD.format(count=len(results)),
        "## Where expressions stand\n\n",
        slots_table(),
        "\n## Profiles\n\n",
        _profiles(found),
        "\n## Cases that do not pass\n\n",
        _misses(results),
        "\nThose that pass in Python and not in the browser:\n\n",
        _only_there(found["browser"], reason_in_browser, IN_BROWSER),
        "\nThose that pass in Python and not in the databases, where what no row changes is\n"
        "worked out in Python before the database is asked:\n\n",
        _only_there(_of_both(found), reason_in_database, IN_DATABASE),
    ]
    return "".join([*parts, "\n## Suites\n\n", _suites(results)])


def _profiles(found: Mapping[str, Sequence[Outcome]]) -> str:
    lines = [
        f"| profile | of | {' | '.join(found)} | meaning |\n",
        f"|---|---:|{'---:|' * len(found)}---|\n",
    ]
    for profile in PROFILES:
        cases = [r for r in found["Python"] if r.case["profile"] == profile]
        rates = " | ".join(_rate(results, profile) for results in found.values())
        lines.append(f"| {profile} | {len(cases)} | {rates} | {_MEANING[profile]} |\n")
    return "".join(lines)


def _rate(results: Sequence[Outcome], profile: str) -> str:
    ours = [result.passed for result in results if result.case["profile"] == profile]
    return f"{sum(ours)} ({sum(ours) / len(ours):.1%})" if ours else ""


def _of_both(found: Mapping[str, Sequence[Outcome]]) -> list[Outcome]:
    """Return the cases that do not pass in one of the databases."""
    missed = {
        result.key: result for name in DATABASES for result in found[name] if not result.passed
    }
    return list(missed.values())


def _only_there(
    results: Sequence[Outcome], why: Callable[[Any], Reason | None], reasons: Iterable[Reason]
) -> str:
    lines = []
    for result in results:
        reason = why(result.case)
        if not result.passed and reason_for(result.case) is None:
            name = reason.name if reason else "none"
            lines.append(f"- `{result.key}`: `{_short(result)}` ({name})\n")
    lines += [f"\n{reason.name}: {reason.why}\n" for reason in reasons]
    return "".join(lines)


def _misses(results: Sequence[Outcome]) -> str:
    missed = [result for result in results if not result.passed]
    counts = Counter(
        (reason.name if (reason := reason_for(result.case)) else "", result.case["profile"])
        for result in missed
    )
    header = "| reason | core | host | later | out | why |\n|---|---:|---:|---:|---:|---|\n"
    lines = [header]
    for reason in REASONS:
        numbers = " | ".join(str(counts[reason.name, profile]) for profile in PROFILES)
        lines.append(f"| {reason.name} | {numbers} | {reason.why} |\n")
    others = [result for result in missed if reason_for(result.case) is None]
    lines.append("\nThose without a decision, all outside core and host:\n\n")
    lines += [f"- `{result.key}`: `{_short(result)}`\n" for result in others]
    lines.append("\nThose of core and host, one by one:\n\n")
    for result in missed:
        if result.case["profile"] in ("core", "host"):
            reason = reason_for(result.case)
            name = reason.name if reason else "none"
            lines.append(f"- `{result.key}`: `{_short(result)}` ({name})\n")
    return "".join(lines)


def _short(result: Outcome) -> str:
    return " ".join(result.case["expression"].split())[:90].replace("`", "'")


def _suites(results: Sequence[Outcome]) -> str:
    lines = ["| suite | core | host | later | out |\n", "|---|---:|---:|---:|---:|\n"]
    for suite in sorted({result.case["suite"] for result in results}):
        cells = " | ".join(_cell(results, suite, profile) for profile in PROFILES)
        lines.append(f"| {suite} | {cells} |\n")
    return "".join(lines)


def _cell(results: Sequence[Outcome], suite: str, profile: str) -> str:
    ours = [
        result.passed
        for result in results
        if result.case["suite"] == suite and result.case["profile"] == profile
    ]
    return f"{sum(ours)}/{len(ours)}" if ours else ""


@contextmanager
def databases() -> Iterator[dict[str, Store]]:
    """Open an empty workspace on each database, for as long as the block runs."""
    with tempfile.TemporaryDirectory() as folder, private_cluster() as server:
        urls = {"SQLite": f"sqlite:///{folder}/workspace.db", "PostgreSQL": server}
        stores = {name: Store(url, Path(folder) / name) for name, url in urls.items()}
        try:
            yield stores
        finally:
            for store in stores.values():
                store.close()


def main() -> None:
    """Write the page."""
    cases = kit()
    with tempfile.TemporaryDirectory() as folder, node_target(Path(folder)) as node:
        browser = list(outcomes(cases, frozenset(MEASURED["browser"]), in_node(node)))
    found = {"Python": list(outcomes(cases, frozenset(PROFILES))), "browser": browser}
    with databases() as stores:
        found |= {name: in_database(store, cases) for name, store in stores.items()}
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(found), encoding="utf-8")


if __name__ == "__main__":
    main()

"""The browser reads what is typed and shows what is worked out exactly as the server does."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from engine.expressions.builtins.text import shown
from engine.expressions.values import kind_of
from engine.field import Field, NotAcceptable
from engine.fields import field_types
from engine.fields.formula import Formula
from engine.forms.defaults import fitting
from runtime.web.forms.drawing import written
from runtime.web.forms.live_values import reading, showing, wired
from tests.engine.expressions.node_target import bundled
from tests.web.live_typing import TEXTS
from tools.assets import install_packages

RESULTS = (
    "number", "integer", "money", "percent", "text", "yes_no", "date", "datetime", "time",
    "duration",
)  # fmt: skip
SPECS: tuple[dict[str, Any], ...] = (
    {"type": "text"},
    {"type": "text", "min_length": 3, "max_length": 6},
    {"type": "text", "uppercase": True, "max_length": 12},
    {"type": "text", "pattern": "[0-9]{1,4}"},
    {"type": "text", "pattern": r"(?:a|b+)\w*|1[3-9]\d{9}|[^ -]+"},
    {"type": "long_text", "max_length": 20},
    {"type": "integer"},
    {"type": "integer", "min": 1, "max": 10},
    {"type": "number"},
    {"type": "number", "places": 0},
    {"type": "number", "places": 4, "min": -2.5, "max": 1000},
    {"type": "money"},
    {"type": "money", "places": 0, "allow_negative": True, "currency": "JPY"},
    {"type": "money", "places": 4, "min": 10, "currency": "CHF"},
    {"type": "percent"},
    {"type": "percent", "places": 0, "min": None, "max": None},
    {"type": "date"},
    {"type": "date", "min": "2026-01-01", "max": "2026-12-31"},
    {"type": "time"},
    {"type": "time", "precision": "second", "min": "08:00:00"},
    {"type": "datetime"},
    {"type": "datetime", "precision": "second", "zone": "Europe/Berlin"},
    {"type": "datetime", "zone": "America/New_York"},
    {"type": "duration"},
    {"type": "duration", "min": "PT1H", "max": "P3D"},
    {"type": "yes_no"},
    {"type": "yes_no", "ask": "question"},
    {"type": "rating", "max": 4},
)
ODD = (
    "1,280.5", "１２．５", "0.125", "0.135", "-0.004", "1234567890123456", "1e5", "+7", "00012",
    "2026/1/5", "2026年11月21日", "20261121", "2026-02-30", "8:05", "8时30分", "24:00", "12:30:59",
    "2026-03-29T02:30", "2026-10-25T02:30", "2026-11-01T01:30", "2026-07-01 12:00:30",
    "P1DT2H3M4S", "PT0S", "P0D", "-P1D", "12%", "12 %", "\u3000 7 ", "a\x07b", "1 000",
)  # fmt: skip


def field_of(**spec: Any) -> Field:
    kinds = field_types()
    full = {"id": "it", "label": "它", **spec}
    return msgspec.convert(full, kinds[spec["type"]], strict=False)


class Browser:
    """The page's modules in Node."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def answers(self, questions: list[dict[str, Any]]) -> list[dict[str, Any]]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(questions) + "\n")
        self._process.stdin.flush()
        answers: list[dict[str, Any]] = json.loads(self._process.stdout.readline())
        return answers


@pytest.fixture(scope="module")
def browser_values(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    source = Path(__file__).with_name("live_values.ts")
    made = bundled(source, tmp_path_factory.mktemp("values"), "--platform=node", "--target=node18")
    node = install_packages(everything=False)
    with subprocess.Popen(
        [*node, str(made[0])], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        encoding="utf-8",
    ) as process:  # fmt: skip
        yield Browser(process)
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: "-".join(map(str, spec.values())))
def test_a_text_stands_for_the_same_value(browser_values: Browser, spec: dict[str, Any]) -> None:
    field = field_of(**spec)
    every = dict.fromkeys([*(one for kind in TEXTS.values() for one in kind), *ODD])
    # What the page's own modules send of these two is always one of few kinds of text.
    only = {"yes_no": r"|true|false", "duration": r"|P.*"}.get(field.type, r"(?s).*")
    texts = [text for text in every if re.fullmatch(only, text)]
    asked = [{"act": "read", "spec": reading(field), "texts": [text]} for text in texts]

    answers = browser_values.answers(asked)

    assert not any(answer.get("asked") for answer in answers)
    assert {t: a["value"] for t, a in zip(texts, answers, strict=True)} == {
        text: said(field, text) for text in texts
    }


@pytest.mark.parametrize(
    "pattern", [r"\s+", r"(?i)a", r"\pL+", r"[[:alpha:]]", r"a\zb", "a{b", r"[\w-.]"]
)
def test_a_pattern_that_browsers_read_in_another_way_is_asked(pattern: str) -> None:
    assert reading(field_of(type="text", pattern=pattern)) == {"as": "asked"}


def said(field: Field, text: str) -> str | None:
    try:
        value = field.parse_all((text,))
    except NotAcceptable:
        return None
    return None if value is None else shown(value)


@pytest.mark.parametrize("locale", ["zh", "en"])
@pytest.mark.parametrize("result", RESULTS)
def test_a_result_is_kept_and_shown_the_same(
    browser_values: Browser, result: str, locale: str
) -> None:
    chance = Random(f"{result} {locale}")
    formulas = [
        formula(result, places, currency=currency, unit=unit)
        for places in (0, 2, 5)
        for currency, unit in (("CNY", None), ("CHF", {"zh": "千克", "en": "kg"}))
    ]
    values = [*FIXED, *(random_value(chance) for _ in range(150))]
    pairs = [(one, value) for one in formulas for value in values]

    answers = browser_values.answers(
        [
            {"act": "shown", "spec": showing(one, locale), "value": wired(value), "locale": locale}
            for one, value in pairs
        ]
    )

    theirs = [one.show(kept, locale) if (kept := one.kept(value)) is not None else ""
              for one, value in pairs]  # fmt: skip
    ours = [answer["text"] for answer in answers]
    assert [(v, o, t) for (_, v), o, t in zip(pairs, ours, theirs, strict=True) if o != t] == []


@pytest.mark.parametrize(
    "spec", [one for one in SPECS if one["type"] != "duration"],
    ids=lambda spec: "-".join(map(str, spec.values())),
)  # fmt: skip
def test_a_default_fills_its_input_with_the_same(
    browser_values: Browser, spec: dict[str, Any]
) -> None:
    field = field_of(**spec)
    chance = Random(str(spec))
    values = [*FIXED, *(random_value(chance) for _ in range(300))]
    # A default of another type is no app that loads.
    values = [one for one in values if one is None or kind_of(one) is field.feel_type().kind]

    answers = browser_values.answers(
        [{"act": "fitted", "spec": reading(field), "value": wired(value)} for value in values]
    )

    pairs = zip(values, (answer["text"] for answer in answers), strict=True)
    assert [(v, o, filled(field, v)) for v, o in pairs if o != filled(field, v)] == []


def filled(field: Field, value: Any) -> str:
    try:
        fit = fitting(field, value)
    except NotAcceptable:
        return ""
    return next(iter(written(field, fit)), "")


def formula(result: str, places: int, currency: str, unit: Any) -> Formula:
    spec = {"result": result, "places": places, "currency": currency, "unit": unit, "feel": "1"}
    found = field_of(type="formula", **spec)
    assert isinstance(found, Formula)
    return found


FIXED: tuple[Any, ...] = (
    None, True, False, "", "文字", "x" * 600, 0, 5, -5, 1234567, Decimal("0.5"), Decimal("-0.005"),
    Decimal("1.00005"), Decimal("2.50015"), Decimal("999999999999999.99"), Decimal("1E+15"),
    Decimal("1E+3"), date(2026, 2, 28), date(1000, 1, 1), time(8, 30), time(8, 30, 15),
    datetime(2026, 7, 1, 16, 30, 59, tzinfo=UTC), datetime(1986, 6, 1, 1, 2, 3, tzinfo=UTC),
    timedelta(), timedelta(days=3, hours=4), -timedelta(seconds=61),
)  # fmt: skip


def random_value(chance: Random) -> Any:
    digits = Decimal(chance.randrange(-(10**9), 10**9))
    made: tuple[Any, ...] = (
        digits.scaleb(-chance.randrange(0, 8)),
        chance.randrange(-(10**6), 10**6),
        date.fromordinal(chance.randrange(370_000, 3_000_000)),
        datetime.fromtimestamp(chance.randrange(-(10**9), 4 * 10**9), UTC),
        time(chance.randrange(24), chance.randrange(60), chance.randrange(60)),
        timedelta(seconds=chance.randrange(-(10**7), 10**8)),
        chance.choice(["a", "混合 text", "12"]),
    )
    return chance.choice(made)

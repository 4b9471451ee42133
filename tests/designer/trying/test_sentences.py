"""A step is told with the values that stand on pages, not with what files hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest

from designer.trying.sentences import Sentences
from tests.builders import app_of, form_spec

APP = app_of(
    form_spec(
        "ticket",
        [
            {"id": "name", "type": "text", "label": "标题"},
            {"id": "called_at", "type": "datetime", "label": "来电时间"},
            {"id": "phone", "type": "phone", "label": "手机"},
            {"id": "cost", "type": "money", "label": "费用"},
        ],
    )
)
NOBODY: Mapping[str, str] = {}


def _say(locale: str = "zh") -> Sentences:
    return Sentences(app=APP, locale=locale, people=NOBODY, records={})


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("called_at", "2026-11-23T01:00:00Z", "2026-11-23 09:00"),
        ("phone", "+8613900001234", "139 0000 1234"),
        ("cost", "1200.5", "¥1,200.50"),
        ("phone", "139****1234", "139****1234"),
        ("name", "打印机", "打印机"),
    ],
)
def test_a_value_is_told_as_it_stands_on_a_page(field: str, value: str, said: str) -> None:
    assert _say().value(APP.forms["ticket"], field, value) == said


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        (timedelta(days=1, minutes=59), "1 天 59 分钟", "1 day 59 minutes"),
        (timedelta(hours=48), "2 天", "2 days"),
        (timedelta(hours=30), "1 天 6 小时", "1 day 6 hours"),
    ],
)
def test_a_length_of_time_is_told_in_words(length: timedelta, zh: str, en: str) -> None:
    assert (_say().span(length), _say("en").span(length)) == (zh, en)

"""Do the apps bring demo records that their own rules accept and that a person believes?"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from engine.app import App
from engine.loading.load import load_app
from engine.loading.texts import missing_texts

APPS = Path(__file__).parents[2] / "apps"
LEAST = {
    "sales_crm": {
        "customer": 40,
        "contact": 100,
        "lead": 30,
        "opportunity": 80,
        "followup": 150,
        "quotation": 25,
        "contract": 15,
        "payment_plan": 30,
        "visit": 20,
    },
    "store_sales": {"store": 12, "visit": 30},
}


@pytest.fixture(scope="module", params=sorted(LEAST))
def app(request: pytest.FixtureRequest) -> App:
    return load_app(APPS / str(request.param))


def test_there_is_enough_of_everything(app: App) -> None:
    few = {form: len(app.data.get(form, ())) for form in LEAST[app.id]}
    assert {form: count for form, count in few.items() if count < LEAST[app.id][form]} == {}


def test_every_stage_of_every_path_has_records() -> None:
    app = load_app(APPS / "sales_crm")
    seen = Counter(row.stage for row in app.data["opportunity"])
    assert [stage for stage in app.forms["opportunity"].stages if not seen[stage]] == []


def test_no_sentence_of_a_customer_is_heard_more_than_twice_over() -> None:
    app = load_app(APPS / "sales_crm")
    heard = Counter(row.values["customer_words"] for row in app.data["followup"])
    assert max(heard.values()) <= 3


def test_english_is_complete(app: App) -> None:
    assert missing_texts(app, "en") == ()

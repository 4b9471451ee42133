"""Whatever comes in, a field answers with a sound value or with words."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.catalog import FIELD_TYPES
from engine.field import Field, NotAcceptable
from engine.record import Value
from tests.engine.fields.samples import SAMPLES

LETTERS = st.characters(exclude_categories=())
DIGITS = st.sampled_from('0123456789０１２３４５６７８９.,，-+:/ %T年月日PDHMS@#{}[]"')
TEXTS = st.one_of(st.text(LETTERS, max_size=40), st.text(DIGITS, max_size=24))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.decimals() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)

quick = settings(
    max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


def _is_sound(field: Field, value: Value) -> None:
    assert value not in ("", ())
    if value is None:
        return
    assert field.read(msgspec.json.decode(msgspec.json.encode(field.data(value)))) == value
    if field.settable:
        assert field.parse_all(field.write_all(value)) == value
    assert isinstance(field.show(value), str)


@pytest.mark.parametrize("type_", sorted(FIELD_TYPES))
@quick
@given(text=TEXTS)
def test_of_any_text(type_: str, text: str) -> None:
    for sample in SAMPLES[type_]:
        field = sample.field(type_)
        for read in (field.parse, field.read, lambda one, of=field: of.parse_all((one,))):
            try:
                value = read(text)
            except NotAcceptable as refused:
                str(refused.message).encode()
            else:
                _is_sound(field, value)


@pytest.mark.parametrize("type_", sorted(FIELD_TYPES))
@quick
@given(data=JSON)
def test_of_any_json(type_: str, data: Any) -> None:
    for sample in SAMPLES[type_]:
        field = sample.field(type_)
        try:
            value = field.read(data)
        except NotAcceptable as refused:
            str(refused.message).encode()
        else:
            _is_sound(field, value)

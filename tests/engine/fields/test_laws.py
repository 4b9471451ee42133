"""Every field type reads, writes and shows its values, and refuses all others in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from engine.catalog import FIELD_TYPES
from engine.field import Field, NotAcceptable, Storage
from engine.record import Value
from tests.engine.fields.nasty import NASTY_DATA, NASTY_TEXTS
from tests.engine.fields.samples import CASES, NEEDED, SAMPLES, Sample

cases = pytest.mark.parametrize(("type_", "sample"), CASES, ids=lambda part: str(part)[:60])
types = pytest.mark.parametrize("type_", sorted(FIELD_TYPES))


def test_every_type_has_samples() -> None:
    assert sorted(SAMPLES) == sorted(FIELD_TYPES)


@cases
def test_json_comes_back_as_it_was(type_: str, sample: Sample) -> None:
    field = sample.field(type_)

    value = field.read(sample.data)

    assert field.data(value) == sample.canonical
    assert field.read(field.data(value)) == value
    assert msgspec.json.decode(msgspec.json.encode(field.data(value))) == sample.canonical


@cases
def test_what_stands_in_the_input_is_read_back(type_: str, sample: Sample) -> None:
    field = sample.field(type_)
    value = field.read(sample.data)

    if type_ != "lookup":
        assert field.parse(field.write(value)) == value
        assert field.parse_all(field.write_all(value)) == value


@cases
def test_a_person_reads_it(type_: str, sample: Sample) -> None:
    field = sample.field(type_)
    value = field.read(sample.data)

    assert field.show(value) == sample.shown
    assert field.show(value, "en")
    assert field.show(None) == field.show(None, "en") == ""


@cases
def test_it_may_be_typed_in_several_ways(type_: str, sample: Sample) -> None:
    field = sample.field(type_)
    value = field.read(sample.data)

    assert [field.parse(text) for text in sample.typed] == [value] * len(sample.typed)


@types
def test_nothing_is_none(type_: str) -> None:
    field = SAMPLES[type_][0].field(type_)

    assert field.read(None) is None
    assert field.write(None) == ""
    assert field.write_all(None) == ()
    assert field.data(None) is None
    if type_ != "yes_no":
        assert field.parse("") is None
        assert field.parse(" \u3000\n") is None
        assert field.parse_all(()) is None


@types
def test_hostile_texts_end_in_words_or_in_a_sound_value(type_: str) -> None:
    for sample in SAMPLES[type_][:3]:
        field = sample.field(type_)
        for text in NASTY_TEXTS:
            _survives(field, field.parse, text)
            _survives(field, field.parse_all, (text, text))
            _survives(field, field.read, text)


@types
def test_hostile_json_ends_in_words_or_in_a_sound_value(type_: str) -> None:
    for sample in SAMPLES[type_][:3]:
        field = sample.field(type_)
        for data in NASTY_DATA:
            _survives(field, field.read, data)


def _survives(field: Field, attempt: Callable[[Any], Value], given: Any) -> None:
    try:
        value = attempt(given)
    except NotAcceptable as refused:
        said = str(refused.message)
        said.encode()
        assert len(said) < 600, (field.type, said)
        value = None
    else:
        _is_sound(field, value)


def _is_sound(field: Field, value: Value) -> None:
    """It can be stored, sent, shown and read back."""
    assert value not in ("", ())
    encoded = msgspec.json.encode(field.data(value))
    if value is not None:
        assert field.read(field.data(value)) == value, (field.type, value)
    assert b"\\u0000" not in encoded
    field.show(value).encode()
    field.write(value).encode()


@types
def test_a_list_is_not_a_text(type_: str) -> None:
    field = SAMPLES[type_][0].field(type_)
    if field.storage not in (Storage.JSON, Storage.LINKS, Storage.LINES, Storage.NONE):
        for wrong in ([field.data(field.read(SAMPLES[type_][0].data))], {"a": 1}):
            with pytest.raises(NotAcceptable):
                field.read(wrong)


@types
def test_kinds_are_never_bent(type_: str) -> None:
    field = SAMPLES[type_][0].field(type_)
    wrong: dict[Storage, list[Any]] = {
        Storage.TEXT: [5, True, 1.5],
        Storage.LONG_TEXT: [5, False],
        Storage.DECIMAL: [True, "1,000", "abc", " 1"],
        Storage.INTEGER: [False, 1.5, "1.5", "1,000"],
        Storage.YES_NO: ["true", 1, 0],
        Storage.DATE: [20261121, True],
        Storage.DATETIME: [0, True],
        Storage.TIME: [8, True],
        Storage.DURATION: [3, True],
        Storage.LINK: [5, True],
        Storage.LINKS: ["a1", 5],
        Storage.LINES: ["[]", 5, [5]],
    }
    for data in wrong.get(field.storage, []):
        with pytest.raises(NotAcceptable):
            field.read(data)


@types
def test_it_has_a_type_for_expressions(type_: str) -> None:
    field = SAMPLES[type_][0].field(type_)

    assert str(field.feel_type())


@types
def test_a_default_of_the_right_kind_is_taken_and_a_wrong_one_is_reported(type_: str) -> None:
    sample = SAMPLES[type_][0]
    right = Sample(sample.data, "", options={**sample.options, "default": sample.data})
    wrong = Sample(sample.data, "", options={**sample.options, "default": object})

    if type_ != "lines":
        assert right.field(type_).fixed_default == right.field(type_).read(sample.data)
        assert not list(right.field(type_).mistakes())
        assert right.field(type_).computed_default is None
    if right.field(type_).settable:
        assert [option for option, _, _ in wrong.field(type_).mistakes()] == ["default"]


def test_needed_options_are_needed() -> None:
    for type_ in NEEDED:
        with pytest.raises(msgspec.ValidationError):
            Sample(None, "", options={}).field(type_) if not NEEDED[type_] else msgspec.convert(
                {"id": "a", "label": "b"}, FIELD_TYPES[type_]
            )

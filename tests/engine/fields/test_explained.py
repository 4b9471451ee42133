"""Every type and every option says what it is, in each language."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from msgspec.inspect import Metadata, StructType, type_info

import engine.fields
from engine.catalog import FIELD_TYPES, AnyField
from engine.field import Computed, Field, Unique, When
from engine.typed.options import Option
from engine.wording import LOCALES

GROUPS = ("basic", "number", "time", "choice", "people", "link", "media", "computed", "other")
EXPLAINED: list[type[msgspec.Struct]] = [*FIELD_TYPES.values(), When, Unique, Computed, Option]

types = pytest.mark.parametrize("type_", sorted(FIELD_TYPES))


def _explained(struct: type[msgspec.Struct]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    info = type_info(struct)
    assert isinstance(info, StructType)
    for one in info.fields:
        extra = one.type.extra_json_schema if isinstance(one.type, Metadata) else None
        yield one.name, extra or {}


def _has(words: Mapping[str, str]) -> bool:
    texts = [words.get(locale, "") for locale in LOCALES]
    return all(texts) and texts[0] != texts[1] and texts[1].isascii()


@types
def test_the_word_in_the_yaml_is_the_name_of_the_file(type_: str) -> None:
    found = FIELD_TYPES[type_]

    assert found.__struct_config__.tag == type_
    assert Path(inspect.getfile(found)).stem == type_


def test_no_file_is_without_a_type() -> None:
    files = {path.stem for path in Path(engine.fields.__path__[0]).glob("*.py")}

    assert files - {"__init__"} == set(FIELD_TYPES)


@types
def test_a_type_says_what_it_is_for(type_: str) -> None:
    found = FIELD_TYPES[type_]

    assert _has(found.title) or type_ == "json"
    assert _has(found.about)
    assert found.about["zh"].endswith("。")
    assert found.about["en"].endswith(".")
    assert found.group in GROUPS
    assert found.widget == "readonly" if not found.settable else found.widget == type_


@pytest.mark.parametrize("struct", EXPLAINED, ids=lambda struct: struct.__name__)
def test_every_option_says_what_it_does(struct: type[msgspec.Struct]) -> None:
    silent = [
        name
        for name, extra in _explained(struct)
        if not _has(extra.get("x-title", {})) or not _has(extra.get("x-help", {}))
    ]

    assert silent == []


def test_the_schema_of_all_types_can_be_made() -> None:
    schema = msgspec.json.schema(AnyField)

    assert len(get_args(AnyField)) == len(FIELD_TYPES)
    assert schema["discriminator"]["propertyName"] == "type"


@types
def test_unknown_options_are_refused(type_: str) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"id": "a", "label": "b", "type": type_, "bogus": 1}, AnyField)


def test_ids_are_small_words() -> None:
    for wrong in ("A", "1a", "a-b", "", "a" * 49, "名称"):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert({"id": wrong, "label": "b", "type": "text"}, AnyField)


def test_options_that_are_not_said_have_a_value() -> None:
    plain = msgspec.convert({"id": "a", "label": "b", "type": "text"}, AnyField)

    assert isinstance(plain, Field)
    assert (plain.required, plain.unique, plain.default, plain.visible) == (
        False,
        False,
        None,
        None,
    )

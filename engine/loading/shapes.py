"""What may stand in each kind of file, as JSON Schema?"""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

from engine.catalog import FIELD_TYPES
from engine.definition.app import AppDef
from engine.definition.connector import ConnectorDef
from engine.definition.data import DemoFile, DemoRow, LocaleFile
from engine.definition.decision import DecisionDef
from engine.definition.document import DocumentDef
from engine.definition.form import FormDef
from engine.definition.own_type import OwnTypeDef
from engine.definition.public import PublicDef
from engine.definition.rule import RuleDef
from engine.definition.scenario import GivenRow, ScenarioDef
from engine.definition.titles import Titles, titles_of
from engine.definition.workflow import WorkflowDef
from engine.loading.shape_docs import key_docs
from engine.loading.shape_unions import LABEL_REF, plain_unions
from engine.wording import LOCALES

Schema = dict[str, Any]

KINDS: dict[str, type] = {
    "app": AppDef,
    "form": FormDef,
    "type": OwnTypeDef,
    "workflow": WorkflowDef,
    "data": DemoFile,
    "locale": LocaleFile,
    "rule": RuleDef,
    "decision": DecisionDef,
    "document": DocumentDef,
    "connector": ConnectorDef,
    "public": PublicDef,
    "scenario": ScenarioDef,
}
"""The struct behind each kind of file."""

NAMES = ("id", "label", "formerly")
_OPEN_ROWS = (DemoRow, GivenRow)
_LABEL: Schema = {
    "description": "A text for people: plain Chinese, or one text per language.",
    "minLength": 1,
    "properties": {locale: {"type": "string", "minLength": 1} for locale in LOCALES},
    "required": [LOCALES[0]],
    "additionalProperties": False,
}
_LABEL_BRANCHES = (
    {"type": "string"},
    {"type": "object", "additionalProperties": {"type": "string"}},
)


@cache
def schema_of(kind: str) -> Schema:
    """Return the JSON Schema (2020-12) of a kind of file."""
    struct = KINDS[kind]
    _, parts = msgspec.json.schema_components((struct,), ref_template="#/$defs/{name}")
    structs = {part.__name__: part for part in _structs_within(struct)}
    definitions = {
        name: _finished(kind, part, structs.get(name), parts)
        for name, part in sorted(parts.items())
    }
    definitions["Label"] = _LABEL
    root = definitions.pop(struct.__name__)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **root,
        "$defs": definitions,
    }


def _finished(kind: str, part: Schema, struct: type | None, parts: dict[str, Schema]) -> Schema:
    named = _with_texts(part, struct) if struct else part
    if struct in _OPEN_ROWS:
        named = _open_row(named)
    if kind == "type" and struct in FIELD_TYPES.values():
        named = _nameless(named)
    finished: Schema = plain_unions(_with_label_refs(named), parts)
    return {key: value for key, value in finished.items() if value != []}


def _with_texts(part: Schema, struct: type) -> Schema:
    docs, titles = key_docs(struct), titles_of(struct)
    properties = {
        key: {**_documented(docs.get(key)), **_titled(titles.get(key)), **schema}
        for key, schema in part["properties"].items()
    }
    return {**part, **_named(struct), "properties": properties}


def _documented(text: str | None) -> Schema:
    return {"description": text} if text else {}


def _titled(titles: Titles | None) -> Schema:
    """Say what the key is called to whoever draws a panel from the schema."""
    return {"x-title": titles.title, "x-help": titles.help} if titles else {}


def _named(struct: type) -> Schema:
    """Field types say in both languages what they are and what they are for."""
    titles, about = getattr(struct, "title", None), getattr(struct, "about", None)
    if not isinstance(titles, dict) or not isinstance(about, dict) or not titles:
        return {}
    zh = LOCALES[0]
    return {"title": titles[zh], "description": about[zh], "x-title": titles, "x-help": about}


def _open_row(part: Schema) -> Schema:
    """Let the form's fields stand beside the row's own keys."""
    properties = {key: value for key, value in part["properties"].items() if key != "values"}
    return {**part, "properties": properties, "additionalProperties": True}


def _nameless(part: Schema) -> Schema:
    """What a type is like has no name: the fields made of it have."""
    kept = {key: value for key, value in part["properties"].items() if key not in NAMES}
    needed = [key for key in part.get("required", ()) if key not in NAMES]
    return {**part, "properties": kept, "required": needed}


def _with_label_refs(part: Any) -> Any:
    if isinstance(part, list):
        return [_with_label_refs(item) for item in part]
    if not isinstance(part, dict):
        return part
    branches = part.get("anyOf", ())
    if all(branch in branches for branch in _LABEL_BRANCHES):
        others = [branch for branch in branches if branch not in _LABEL_BRANCHES]
        return {**part, "anyOf": [{"$ref": LABEL_REF}, *map(_with_label_refs, others)]}
    return {key: _with_label_refs(value) for key, value in part.items()}


def _structs_within(struct: type) -> set[type]:
    """Return a struct and all structs that its annotations point to."""
    found: set[type] = set()
    waiting = [msgspec.inspect.type_info(struct)]
    while waiting:
        info = waiting.pop()
        if isinstance(info, msgspec.inspect.StructType):
            if info.cls in found:
                continue
            found.add(info.cls)
            waiting += [field.type for field in info.fields]
        waiting += _inside(info)
    return found | set(FIELD_TYPES.values())


def _inside(info: Any) -> list[Any]:
    inside = [getattr(info, name, None) for name in ("type", "item_type", "key_type", "value_type")]
    several = [*getattr(info, "types", ()), *getattr(info, "item_types", ())]
    return [part for part in [*inside, *several] if isinstance(part, msgspec.inspect.Type)]

"""How does a choice between shapes become a schema whose errors point at the exact key?"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

DURATION = r"^P(?=[0-9T])([0-9]{1,5}D)?(T(?=[0-9])([0-9]{1,6}H)?([0-9]{1,6}M)?([0-9]{1,6}S)?)?$"
"""Days, hours, minutes, seconds: months and weeks are not lengths of working time."""

ID_PATTERN = "^[a-z][a-z0-9_]{0,47}$"
"""The pattern of ids; its format tells which words a wrong one gets."""

_FORMATS: dict[str, Schema] = {
    "duration": {"type": "string", "format": "duration", "pattern": DURATION},
    "decimal": {"type": ["number", "string"], "pattern": r"^-?[0-9]{1,15}(\.[0-9]{1,12})?$"},
}
LABEL_REF = "#/$defs/Label"
_TYPES = ("object", "array", "string", "number", "integer", "boolean", "null")


def plain_unions(part: Any, parts: dict[str, Schema]) -> Any:
    """Rewrite every `anyOf` into types and if/then: `anyOf` itself only says that nothing fits."""
    if isinstance(part, list):
        return [plain_unions(item, parts) for item in part]
    return _plain(part, parts) if isinstance(part, dict) else part


def _plain(part: Schema, parts: dict[str, Schema]) -> Schema:
    done = {key: _under(key, value, parts) for key, value in part.items()}
    if "discriminator" in done:
        return _by_word(done)
    if "anyOf" in done:
        return _by_type(done, parts)
    if done.get("pattern") == ID_PATTERN:
        return {**done, "format": "id"}
    return {**done, **_FORMATS.get(str(done.get("format")), {})}


def _under(key: str, value: Any, parts: dict[str, Schema]) -> Any:
    if key in ("default", "enum", "x-title", "x-help"):
        return value
    if key == "properties":
        # A field may be called as a word of JSON Schema is.
        return {name: plain_unions(field, parts) for name, field in value.items()}
    return plain_unions(value, parts)


def _by_word(part: Schema) -> Schema:
    """Choose among structs by the word in their tag field."""
    key = part["discriminator"]["propertyName"]
    mapping: dict[str, str] = part["discriminator"]["mapping"]
    rest = {name: value for name, value in part.items() if name not in ("anyOf", "discriminator")}
    return {
        **rest,
        "type": "object",
        "required": [key],
        "properties": {key: {"enum": sorted(mapping)}},
        "allOf": [
            {"if": {"properties": {key: {"const": word}}, "required": [key]}, "then": {"$ref": ref}}
            for word, ref in sorted(mapping.items())
        ],
    }


def _by_type(part: Schema, parts: dict[str, Schema]) -> Schema:
    """Choose among shapes by their JSON types."""
    rest = {name: value for name, value in part.items() if name != "anyOf"}
    branches = [branch for branch in part["anyOf"] if branch]
    if len(branches) < len(part["anyOf"]):
        return {**rest, **_with_extra_shape(branches)}
    chosen: dict[str, Schema] = {}
    for branch in branches:
        for word in _types(branch, parts):
            chosen[word] = _wider(chosen[word], branch) if word in chosen else branch
    if "integer" in chosen and "number" in chosen:
        del chosen["integer"]
    return {**rest, **_joined([(word, chosen[word]) for word in _TYPES if word in chosen])}


def _joined(cases: list[tuple[str, Schema]]) -> Schema:
    if len(cases) == 1:
        return cases[0][1]
    joined: Schema = {"type": [word for word, _ in cases]}
    conditions = []
    for word, branch in cases:
        if _speaks_of_its_type_only(branch):
            joined.update({key: value for key, value in branch.items() if key != "type"})
        else:
            conditions.append({"if": {"type": word}, "then": branch})
    return {**joined, **({"allOf": conditions} if conditions else {})}


def _speaks_of_its_type_only(branch: Schema) -> bool:
    """A keyword such as `minLength` is silent about other types, a list of words is not."""
    if "enum" in branch or "allOf" in branch:
        return False
    return "$ref" not in branch or branch["$ref"] == LABEL_REF


def _with_extra_shape(branches: list[Schema]) -> Schema:
    """Anything goes, but a mapping that looks like the named struct must be one."""
    cases = [
        {"if": {"type": "object", "required": ["feel"]}, "then": branch} for branch in branches
    ]
    return {"allOf": cases} if cases else {}


def _wider(one: Schema, other: Schema) -> Schema:
    """Of two shapes of one type: words out of a list give way to free text."""
    free, words = (other, one) if "enum" in one else (one, other)
    return {**free, "examples": words["enum"]} if "enum" in words else free


def _types(branch: Schema, parts: dict[str, Schema]) -> list[str]:
    if branch.get("$ref") == LABEL_REF:
        return ["string", "object"]
    if "$ref" in branch:
        return _types(parts[branch["$ref"].rpartition("/")[2]], parts)
    if "type" in branch:
        return branch["type"] if isinstance(branch["type"], list) else [branch["type"]]
    return sorted({_type_of(value) for value in branch.get("enum", ())})


def _type_of(value: object) -> str:
    if isinstance(value, bool):
        return "boolean"
    if value is None:
        return "null"
    return "integer" if isinstance(value, int) else "string"

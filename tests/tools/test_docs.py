from __future__ import annotations

from tools.docs import kind_of, page, pages


def test_a_key_is_shown_with_what_it_may_be_and_what_holds_without_it() -> None:
    schema = {
        "title": "GateDef",
        "required": ["id"],
        "properties": {
            "id": {"type": "string", "title": "Its name"},
            "that": {"type": "array", "items": {"$ref": "#/$defs/Condition"}},
            "fresh": {"type": "boolean", "default": False},
        },
    }

    text = page("gate", schema)

    assert text.startswith("# gate\n")
    assert "| `id` | text | **required** | Its name |" in text
    assert "| `that` | list of [Condition](#condition) |  |  |" in text
    assert "| `fresh` | true or false | `false` |  |" in text


def test_both_languages_of_an_option_are_shown() -> None:
    option = {"x-title": {"zh": "必填", "en": "Required"}, "x-help": {"zh": "始终", "en": "always"}}

    text = page("field", {"properties": {"required": {"type": "boolean", **option}}})

    assert "必填: 始终 · Required: always" in text


def test_alternatives_are_told_apart_and_null_is_not_one() -> None:
    alternatives = {
        "anyOf": [{"type": "boolean"}, {"type": "string", "format": "feel"}, {"type": "null"}]
    }

    assert kind_of(alternatives) == "true or false or FEEL"
    assert kind_of({"enum": ["red", "green"]}) == '`"red"` or `"green"`'


def test_each_of_several_types_is_told_with_what_it_demands() -> None:
    several = {
        "type": ["object", "string", "boolean"],
        "format": "feel",
        "allOf": [{"if": {"type": "object"}, "then": {"$ref": "#/$defs/When"}}],
    }

    assert kind_of(several) == "[When](#when) or FEEL or true or false"


def test_a_bar_in_a_text_does_not_break_the_table() -> None:
    text = page("x", {"properties": {"a": {"type": "string", "description": "one | two"}}})

    assert r"one \| two" in text


def test_there_is_a_page_for_each_schema() -> None:
    made = {path.name for path in pages()}

    assert "README.md" in made
    assert len(made) > 1


def test_a_key_that_types_share_is_said_in_each_table() -> None:
    shared = {"key_label": {"type": "string", "title": "名称"}}
    types = {"Text": {"properties": {"label": {"$ref": "#/$defs/key_label"}}}}

    text = page("form", {"$defs": shared | types})

    assert "| `label` | text |  | 名称 |" in text
    assert "## key_label" not in text

"""Which fields may stand in a text, and by which names do people know them there?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from designer.speech import Speech
from engine.definition.document import DocumentDef
from engine.documents.texts import CAPITALS
from engine.loading.link_document_blocks import AMOUNTS
from engine.rules.action import Action
from engine.wording import Message

SYSTEM = ("owner", "created_by", "updated_by", "department", "stage")
"""What every record has besides its fields."""
MAKING: Mapping[str, Message] = {
    "maker": Message("制作人"),
    "maker_no": Message("制作人编号"),
    "made_at": Message("制作时间"),
    "made_on": Message("制作日期"),
}
"""What a document can tell of its making."""
IN_ACTIONS = ("text", "way_on")


def in_action(owner: Any, key: str) -> bool:
    """Tell if a text is what a rule says."""
    return isinstance(owner, type) and issubclass(owner, Action) and key in IN_ACTIONS


def in_document(file: str, owner: Any, key: str) -> bool:
    """Tell if a text stands on a document; its name in the menu does not."""
    return file.startswith("documents/") and not (owner is DocumentDef and key == "label")


def blanks_of_rule(speech: Speech) -> dict[str, str]:
    """Return the names that a rule's texts can hold, by what stands in the file."""
    ids = dict.fromkeys((*speech.form.fields, *SYSTEM))
    return _told_apart({id_: speech.field(id_) for id_ in ids})


def blanks_of_document(speech: Speech) -> dict[str, str]:
    """Return the names that a document's texts can hold, money in capitals and the making too."""
    named = blanks_of_rule(speech)
    money = [one.id for one in speech.form.fields.values() if one.type in AMOUNTS]
    capitals = {
        f"{id_}:{CAPITALS}": speech.say("{field}大写", field=named[id_])
        for id_ in money
        if id_ in named
    }
    made = {id_: speech.fill(told) for id_, told in MAKING.items()}
    return _told_apart({**made, **named, **capitals})


def _told_apart(names: Mapping[str, str]) -> dict[str, str]:
    """Leave out what has the name of something before it: it could not be read back."""
    first: dict[str, str] = {}
    for id_, name in names.items():
        first.setdefault(name, id_)
    return {id_: name for name, id_ in first.items()}


def with_names(text: str, names: Mapping[str, str]) -> str:
    """Return a text with names in brackets instead of ids in braces."""
    for id_, name in names.items():
        text = text.replace(f"{{{id_}}}", f"【{name}】")
    return text

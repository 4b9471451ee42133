"""How does a story become a scenario in a file of the draft?"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from designer.drafts.editing import Edited, Overtaken, edit_draft, open_held
from designer.trying.naming import made_by, wish_of
from designer.trying.scratch import Scratch
from designer.trying.story import Story
from engine.editing.apply import Refused
from engine.editing.edits import AddFile
from engine.problems import Location, Problem
from engine.record import Actor
from engine.wording import Message
from runtime.services import Services

FOLDER = "scenarios"
LONGEST_SENTENCE = 120


def save_story(
    services: Services, actor: Actor, scratch: Scratch, sentence: str
) -> Edited | Refused | Overtaken:
    """Put what was done in a sandbox into the draft as a scenario, as one step to undo."""
    said = sentence.strip()[:LONGEST_SENTENCE]
    held = open_held(services, scratch.story.app)
    refused = _unfit(scratch, held.draft.documents, said)
    if refused is not None:
        return Refused((refused,))
    path = free_path(held.draft.files, said)
    value = scenario_of(scratch.story, said)
    added = AddFile(path=path, value=value)
    return edit_draft(services, actor, scratch.story.app, held.head.rev, (added,))


def scenario_of(story: Story, sentence: str) -> dict[str, Any]:
    """Return a story as a scenario's file says it."""
    given: dict[str, Any] = {"now": f"{story.start:%Y-%m-%d %H:%M}"}
    if story.kind == "demo":
        given["demo"] = True
    steps = [plain(told.step) for told in story.told]
    return {"scenario": sentence, "given": given, "steps": steps}


def plain(struct: Any) -> Any:
    """Return what a definition says as plain data, without what need not be said."""
    if isinstance(struct, msgspec.Struct):
        return {
            field.encode_name: plain(value)
            for field in msgspec.structs.fields(struct)
            if (value := getattr(struct, field.name)) != field.default
            and not _empty_default(field, value)
        }
    if isinstance(struct, dict):
        return {key: plain(value) for key, value in struct.items()}
    if isinstance(struct, list | tuple):
        return [plain(value) for value in struct]
    return msgspec.to_builtins(struct)


def _empty_default(field: msgspec.structs.FieldInfo, value: Any) -> bool:
    made = field.default_factory
    return made is not msgspec.NODEFAULT and value == made()


def free_path(files: Mapping[str, str], sentence: str) -> str:
    """Return a path for a new scenario that no file has yet."""
    word = re.sub(r"[^a-z0-9]+", "_", sentence.lower()).strip("_")[:32]
    base = word if word[:1].isalpha() else "recorded"
    names = [base, *(f"{base}_{n}" for n in range(2, len(files) + 3))]
    return next(path for name in names if (path := f"{FOLDER}/{name}.yaml") not in files)


def _unfit(scratch: Scratch, documents: Mapping[str, Any], sentence: str) -> Problem | None:
    here = Location(f"{FOLDER}/")
    if not sentence:
        return Problem(here, "scenario.sentence", Message("请用一句话说出这个场景要证明什么"))
    if not scratch.story.told:
        return Problem(here, "scenario.steps", Message("还没有录下任何一步"))
    told = {
        one.data.get("scenario")
        for path, sources in documents.items()
        if path.startswith(f"{FOLDER}/")
        for one in sources
    }
    if sentence in told:
        return Problem(
            here, "scenario.repeated", Message("已经有一个场景叫“{name}”", name=sentence)
        )
    nameless = _nameless(scratch)
    if nameless is not None:
        said = Message(
            "第 {n} 步用到了自动生成的记录，场景里叫不出它的名字，请撤回", n=nameless + 1
        )
        return Problem(here, "scenario.row", said)
    return None


def _nameless(scratch: Scratch) -> int | None:
    """Return the first step about a record that no scenario can name."""
    known = set(scratch.beginning())
    for at, told in enumerate(scratch.story.told):
        name = getattr(wish_of(told.step), "record", None)
        if name is not None and name not in known:
            return at
        known |= {name for name, _ in made_by(scratch.app, told.step)}
    return None

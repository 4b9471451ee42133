"""Copies of what a shipped app has: they load, with ids of their own, and stand where put."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from designer.twins import WIDE, Twin, twin_of
from engine.editing.apply import Applied, Refused, apply
from engine.editing.draft import Draft, open_draft
from engine.editing.edits import Target
from engine.loading.folder import kind_of
from engine.wording import Message

ROOT = Path(__file__).parents[2]
APPS = ("sales_crm",)


def say(message: Message, **blanks: str) -> str:
    return Message(message.text, **blanks).fill(lambda text: text, "zh")


@pytest.fixture(scope="module", params=APPS)
def draft(request: pytest.FixtureRequest) -> Draft:
    return draft_of(request.param)


def draft_of(app: str) -> Draft:
    return read(ROOT / "apps" / app)


def read(folder: Path) -> Draft:
    return open_draft({
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in sorted(folder.rglob("*.yaml"))
    })  # fmt: skip


def copied(draft: Draft, target: Target, beside: Target | None = None) -> tuple[Draft, Twin]:
    twin = twin_of(draft, target, beside or target, say)
    assert twin is not None, target
    done = apply(draft, twin.edits)
    assert isinstance(done, Applied), (target, _why(done))
    return done.draft, twin


def _why(done: Any) -> list[str]:
    return [str(problem) for problem in done.problems] if isinstance(done, Refused) else []


def things(draft: Draft) -> Iterator[Target]:
    """Yield everything of an app that has a button for copying."""
    for path, (source, *_) in draft.documents.items():
        if kind_of(path) in ("rule", "workflow", "decision"):
            yield (path,)
        if kind_of(path) in ("form", "workflow"):
            yield from _inside(source.data, (path,))


def _inside(value: Any, at: Target) -> Iterator[Target]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _inside(one, (*at, key))
    elif isinstance(value, list) and at[-1] in {*WIDE, "that", "checks"}:
        for one in value:
            if isinstance(one, dict) and "id" in one:
                yield (*at, one["id"])
                yield from _inside(one, (*at, one["id"]))


def test_whatever_has_a_button_for_it_is_copied(draft: Draft) -> None:
    told, seen = [], set()
    for target in things(draft):
        kind = target[-2] if len(target) > 1 else kind_of(str(target[0]))
        if kind in seen:
            continue
        seen.add(kind)
        done, twin = copied(draft, target)
        if not done.exists(twin.chosen):
            told.append(target)

    assert told == []
    assert {"rule", "workflow", "sections", "fields", "stages", "evidence", "that"} <= seen


def test_what_a_copied_section_says_of_its_own_fields_is_about_the_copies() -> None:
    draft = sound()
    section = ("forms/ticket.yaml", "sections", "basics")

    after, twin = copied(draft, section)

    assert twin.chosen == (*section[:2], "basics_2")
    copy = after.value(twin.chosen)
    fields = {field["id"]: field for field in copy["fields"]}
    assert copy["label"] == "基本信息（副本）"
    assert fields["engineer_2"]["visible"] == 'kind_2 = "fault"'
    assert fields["site_level_2"]["by"] == "site_2"
    # What is not copied along is still read where it stands.
    assert after.value(section) == draft.value(section)
    assert [one["id"] for one in after.value(section[:2])][:2] == ["basics", "basics_2"]


def test_a_thing_is_put_behind_what_is_chosen_or_where_such_things_stand() -> None:
    draft = sound()
    field = ("forms/ticket.yaml", "sections", "basics", "fields", "kind")
    parts = ("forms/ticket.yaml", "sections", "parts")

    behind, one = copied(draft, field, (*parts, "fields", "items"))
    inside, other = copied(draft, field, parts)

    ids = [each["id"] for each in behind.value((*parts, "fields"))]
    assert ids == ["items", "kind_2", "total"]
    assert one.chosen == (*parts, "fields", "kind_2")
    assert [each["id"] for each in inside.value((*parts, "fields"))][-1] == "kind_2"
    assert other.chosen == one.chosen


def test_the_copy_of_a_last_stage_stands_before_it_and_ends_nothing() -> None:
    draft = sound()
    done = ("forms/ticket.yaml", "stages", "done")

    after, twin = copied(draft, done)

    assert "outcome" not in after.value(twin.chosen)
    assert [one["id"] for one in after.value(done[:2])][-2:] == ["done_2", "done"]


def test_what_is_a_word_or_the_whole_app_is_not_copied() -> None:
    draft = sound()

    assert twin_of(draft, ("app.yaml",), (), say) is None
    assert twin_of(draft, ("forms/ticket.yaml", "list", "columns", "name"), (), say) is None
    assert twin_of(draft, ("forms/ticket.yaml", "no", "such"), (), say) is None


def sound() -> Draft:
    return read(ROOT / "tests" / "engine" / "loading" / "sound")

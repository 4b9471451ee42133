"""What is different between two versions of an app, and what does it break?"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from designer.drafts.telling import Told, ToldFile, tell
from engine.editing.differences import differences
from engine.editing.draft import Draft, open_draft
from engine.packages.breaking import Breaking, breaking
from engine.packages.package import open_package
from engine.wording import Message
from runtime.commands.speaking import say, told
from runtime.language import translate
from runtime.packages.blocking import count_met
from runtime.packages.folder import read_package
from runtime.settings import Settings
from runtime.workspace.open import open_workspace
from runtime.workspace.packages import files_of

Met = Sequence[tuple[Breaking, int | None]]
"""What breaks, and how many records that meets; None: not counted."""


def tell_difference(old: Path, new: Path, *, workspace: bool, as_json: bool, lang: str) -> bool:
    """Print what is different in business words, then what breaks; False if something does."""
    with told(lang):
        before, after = _draft(old), _draft(new)
    files = tell(before, after, differences(before, after), lang)
    met = _met(before, breaking(before.app, after.app), workspace)
    if as_json:
        click.echo(json.dumps(_data(files, met, lang), ensure_ascii=False, indent=2))
    else:
        _print(files, met, lang)
    return not met


def _draft(place: Path) -> Draft:
    if place.is_dir():
        return open_draft(files_of(place))
    files = open_package(read_package(place)).files
    return open_draft({name: it for name, it in files.items() if name.endswith(".yaml")})


def _met(before: Draft, found: Sequence[Breaking], workspace: bool) -> Met:
    if not workspace:
        return [(one, None) for one in found]
    services = open_workspace(Settings.from_environment())
    try:
        return [(one, count_met(services, before.app.id, one)) for one in found]
    finally:
        services.store.close()


def _print(files: Sequence[ToldFile], met: Met, lang: str) -> None:
    for file in files:
        click.echo(file.name)
        for line in file.lines:
            where = f"{line.where} › {line.what}" if line.where else line.what
            became = (
                f"：{line.before or '—'} → {line.after or '—'}" if line.before or line.after else ""
            )
            click.echo(f"  {line.said} {where}{became}")
    if not files:
        say(Message("没有不同"), lang)
    say(Message("破坏性变更 {count} 处", count=len(met)), lang)
    for one, count in met:
        words = one.message.fill(translate(lang), lang)
        counted = Message("（涉及 {count} 条）", count=count).fill(translate(lang), lang)
        click.echo(f"  ! {words}{counted if count is not None else ''} [{one.code}]")


def _data(files: Sequence[ToldFile], met: Met, lang: str) -> dict[str, object]:
    return {
        "changes": [
            {"file": file.name, **_line(line)} for file in files for line in file.lines
        ],
        "breaking": [
            {"code": one.code, "text": one.message.fill(translate(lang), lang), "form": one.form,
             "count": count}
            for one, count in met
        ],
    }  # fmt: skip


def _line(line: Told) -> dict[str, object]:
    names = ("kind", "where", "what", "before", "after")
    return {name: getattr(line, name) for name in names}

"""What is said of an upgrade that is rehearsed from the command line?"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from designer.publishing.rehearsal import NotRehearsed, Wish, rehearse
from engine.packages.package import open_package
from engine.record import Actor
from engine.wording import Message
from runtime.commands.speaking import complain, say, told
from runtime.language import translate
from runtime.packages.folder import read_package
from runtime.packages.plan import served
from runtime.settings import Settings
from runtime.store.told import message_of
from runtime.workspace.copied import NoRoom
from runtime.workspace.open import open_workspace
from runtime.workspace.packages import files_of

NOBODY = Actor(id="-", name="", admin=True)


def rehearse_upgrade(source: Path, *, scenarios: bool, as_json: bool, lang: str) -> bool:
    """Rehearse an upgrade to a package or a folder and print what it met; False if a scenario no
    longer comes out, or if values or records would be held up."""
    with told(lang):
        files = files_of(source) if source.is_dir() else _packed(source)
        services = open_workspace(Settings.from_environment())
        try:
            wish = Wish(files=files, choices={}, scenarios=scenarios)
            found = rehearse(services, NOBODY, wish, lambda _done, _total: None)
        except NotRehearsed:
            complain(Message("本地修改和新版本合不到一起，要先在设计器里选择"), lang)
            sys.exit(1)
        except NoRoom:
            complain(Message("磁盘空间不够，放不下一份数据副本"), lang)
            sys.exit(1)
        finally:
            services.store.close()
    if as_json:
        click.echo(json.dumps(_plain(found, lang), ensure_ascii=False, indent=2))
    else:
        _print(found, lang)
    return sound(found)


def sound(found: Mapping[str, Any]) -> bool:
    """Tell if nothing that was rehearsed came out worse than before."""
    worse = [one for one in found.get("scenarios", {}).get("failed", ()) if one["new"]]
    return not (worse or found["migration"]["leftovers"] or found["met"])


def _packed(source: Path) -> dict[str, bytes]:
    return served(open_package(read_package(source)).files)


def _print(found: Mapping[str, Any], lang: str) -> None:
    versions = {"before": found["before"], "version": found["version"]}
    say(Message("在数据副本上从 {before} 升级到 {version}", **versions), lang)
    if found["open"]:
        n = found["open"]
        say(Message("有 {n} 处还没选，演练时按我们的来", n=n), lang)
    for form in found["forms"]:
        rows = {name: "—" if form[name] is None else form[name] for name in ("before", "after")}
        name = message_of(form["label"])
        say(Message("  · {form}：{before} → {after} 条", form=name, **rows), lang)
    _lines(Message("数据迁移"), found["migration"]["changes"], lang)
    for left in found["migration"]["leftovers"]:
        what = message_of(left["what"])
        message = Message(
            "  ! {what} 有 {n} 个值换不过去，会作为文字另存", what=what, n=left["count"]
        )
        say(message, lang)
    _lines(Message("会碰到什么"), [one["message"] for one in found["met"]], lang)
    _lines(Message("破坏性变更 {count} 处", count=len(found["breaking"])),
           [one["what"] for one in found["breaking"]], lang)  # fmt: skip
    _scenarios(found.get("scenarios"), lang)


def _lines(title: Message, lines: list[Any], lang: str) -> None:
    if lines:
        say(title, lang)
    for line in lines:
        click.echo(f"  · {message_of(line).fill(translate(lang), lang)}")


def _scenarios(found: Mapping[str, Any] | None, lang: str) -> None:
    if found is None:
        return
    for title, name in (
        (Message("升级前"), "before"),
        (Message("升级后"), "after"),
        (Message("只有旧版本讲的场景，放到升级后"), "former"),
    ):
        message = Message("{title}：场景 {passed}/{total} 通过", title=title, **found[name])
        say(message, lang)
    for one in (*found["failed"], *found["former_failed"]):
        click.echo(f"  ! {one['sentence']}")
        for words in one["words"]:
            click.echo(f"      {message_of(words).fill(translate(lang), lang)}")


def _plain(value: Any, lang: str) -> Any:
    """Return what was found with its messages said in a language."""
    if isinstance(value, Mapping):
        if "said" in value or {"text", "args"} == value.keys():
            return message_of(value).fill(translate(lang), lang)
        return {key: _plain(each, lang) for key, each in value.items()}
    return [_plain(each, lang) for each in value] if isinstance(value, list) else value

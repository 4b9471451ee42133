"""Which files make up an app, and what does each hold?"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from engine.loading.read import MAX_BYTES, read_bytes, read_text
from engine.loading.source import Source
from engine.problems import Location, Problem, did_you_mean
from engine.wording import Message

MANIFEST = "app.yaml"
FOLDERS = {
    "types": "type",
    "forms": "form",
    "workflows": "workflow",
    "data": "data",
    "locales": "locale",
    "scenarios": "scenario",
    "rules": "rule",
    "decisions": "decision",
    "documents": "document",
    "connectors": "connector",
    "public": "public",
}
"""The folders of an app, and the kind of file in each."""

MAX_FILES = 2_000

Texts: TypeAlias = Path | Mapping[str, str] | Mapping[str, bytes]
"""An app's folder, or the content of its files by relative path."""


def no_manifest() -> Problem:
    """Return what is wrong with files that are no app."""
    message = Message("这里没有 {file}，不是一个应用", file=MANIFEST)
    return Problem(Location(MANIFEST), "folder.manifest", message)


def read_app(source: Texts) -> tuple[list[Source], list[Problem]]:
    """Read all files of an app, from a folder or from texts by relative path."""
    sources: list[Source] = []
    problems: list[Problem] = []
    named, strange = _files(source)
    problems += strange
    if MANIFEST not in named:
        problems.append(no_manifest())
    for file, content in named.items():
        read, wrong = _read(file, content)
        sources += read
        problems += wrong
    return sources, problems


def _read(file: str, content: Path | str | bytes) -> tuple[list[Source], list[Problem]]:
    kind = kind_of(file)
    assert kind is not None
    if isinstance(content, str):
        sources, problems = read_text(file, kind, content)
    elif isinstance(content, bytes):
        sources, problems = read_bytes(file, kind, content)
    else:
        with content.open("rb") as opened:
            sources, problems = read_bytes(file, kind, opened.read(MAX_BYTES + 1))
    if len(sources) > 1 and kind != "scenario":
        message = Message("一个文件里只写一份内容，不要用 --- 分开")
        problems = [*problems, Problem(sources[1].at(()), "folder.documents", message)]
        sources = sources[:1]
    return sources, problems


def kind_of(file: str) -> str | None:
    """Return the kind of file that a relative path holds, or None if apps have no such file."""
    if file == MANIFEST:
        return "app"
    folder, _, name = file.partition("/")
    return FOLDERS.get(folder) if name.endswith(".yaml") and "/" not in name else None


def _files(source: Texts) -> tuple[dict[str, Path | str | bytes], list[Problem]]:
    found: dict[str, Path | str | bytes] = dict(source) if isinstance(source, Mapping) else {}
    problems: list[Problem] = []
    if isinstance(source, Path):
        for path in _walk(source):
            file = path.relative_to(source).as_posix()
            if path.is_symlink():
                message = Message("不允许符号链接")
                problems.append(Problem(Location(file), "folder.link", message))
            else:
                found[file] = path
    if len(found) > MAX_FILES:
        message = Message("文件太多，最多 {limit} 个", limit=MAX_FILES)
        return {}, [Problem(Location(MANIFEST), "folder.files", message)]
    named = {file: found[file] for file in sorted(found) if kind_of(file)}
    problems += [_strange(file) for file in sorted(found) if _looks_meant(file)]
    return named, problems


def _walk(folder: Path) -> Iterator[Path]:
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)


def _looks_meant(file: str) -> bool:
    """A YAML file that no kind knows would do nothing, and its author would wonder why."""
    return kind_of(file) is None and file.lower().endswith((".yaml", ".yml"))


def _strange(file: str) -> Problem:
    places = [MANIFEST, *(f"{folder}/*.yaml" for folder in FOLDERS)]
    folder, _, name = file.partition("/")
    if file.lower().endswith(".yml") or not file.endswith(".yaml"):
        message = Message("文件名应以 .yaml 结尾")
    elif folder in FOLDERS:
        message = Message("文件要直接放在“{folder}”里", folder=folder)
    elif near := did_you_mean(folder, FOLDERS) if name else None:
        message = Message(
            "应用里没有“{folder}”这个文件夹，是否想写“{near}”？", folder=folder, near=near
        )
    else:
        message = Message("应用里没有这样的文件；可用：{places}", places=places)
    return Problem(Location(file), "folder.file", message)

"""What does an app hold while it is being designed?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engine.app import App
from engine.editing.edits import Target
from engine.editing.targets import document_at, path_of
from engine.loading.files import Looked, linked, look
from engine.loading.source import Path, Source
from engine.problems import BrokenApp


@dataclass(frozen=True, eq=False)
class Draft:
    """The files of an app that loads."""

    looked: Mapping[str, Looked]
    app: App

    @cached_property
    def files(self) -> Mapping[str, str]:
        """The text of every file by its path, as it would be exported."""
        return {path: one.text for path, one in self.looked.items()}

    @cached_property
    def documents(self) -> Mapping[str, tuple[Source, ...]]:
        """The documents of every file by its path."""
        return {path: one.sources for path, one in self.looked.items()}

    def value(self, target: Target) -> Any:
        """Return what is at a target, as plain data; None if there is nothing."""
        place = self.place(target)
        if place is None:
            return None
        value = place[0].data
        for step in place[1]:
            value = value[step]
        return value

    def exists(self, target: Target) -> bool:
        """Tell if there is something at a target."""
        return self.place(target) is not None

    def place(self, target: Target) -> tuple[Source, Path] | None:
        """Return the document and the path behind a target; None if it points nowhere."""
        found = document_at(self.documents, target)
        if found is None:
            return None
        path = path_of(found[0].data, found[1])
        return None if path is None else (found[0], path)


def open_draft(
    files: Mapping[str, str] | Mapping[str, bytes], like: Mapping[str, Looked] | None = None
) -> Draft:
    """Return the draft of an app's files; those that are as another draft has them, `like`, are
    not read again. Raises BrokenApp if it does not load."""
    known = like or {}
    looked = {path: _looked(path, _text(files[path]), known.get(path)) for path in sorted(files)}
    app, problems = linked(looked)
    if app is None:
        raise BrokenApp(problems)
    return Draft(looked, app)


def _looked(path: str, text: str, known: Looked | None) -> Looked:
    return known if known is not None and known.text == text else look(path, text)


def _text(content: str | bytes) -> str:
    return content if isinstance(content, str) else content.decode("utf-8-sig")

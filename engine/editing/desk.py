"""How is one edit after the other made in the texts of the files?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.editing.draft import Draft
from engine.editing.edits import (
    Add,
    AddFile,
    AnyEdit,
    Move,
    Remove,
    RemoveFile,
    Set,
    Splice,
    Step,
    Target,
)
from engine.editing.targets import document_at, key_in, path_of, target_of
from engine.loading.files import Looked, look, look_again, read_file
from engine.loading.folder import MANIFEST, kind_of
from engine.loading.source import Path, Source
from engine.loading.writing.files import file_text
from engine.loading.writing.regions import document_lines, value_at
from engine.loading.writing.rewriting import (
    Rewritten,
    as_written,
    left_without,
    with_entry,
    with_item,
    with_value,
    without,
    without_many,
)
from engine.problems import Location, Problem
from engine.wording import Message


class Refusal(Exception):
    """An edit that can't be made."""

    def __init__(self, file: str, message: Message) -> None:
        self.problem = Problem(Location(file), "edit.refused", message)


class Desk:
    """The files of a draft while edits are made in them."""

    def __init__(self, draft: Draft) -> None:
        self._before = draft.looked
        self._texts = dict(draft.files)
        self._documents: dict[str, tuple[Source, ...]] = dict(draft.documents)
        self.splices: list[Splice] = []
        self.touched: list[Target] = []

    def looked(self) -> Mapping[str, Looked]:
        """Return all files, those that changed looked at anew."""
        return {path: self._look(path) for path in sorted(self._texts)}

    def look_at(self, path: str) -> Looked | None:
        """Return one file as it is now; None if it is gone."""
        return self._look(path) if path in self._texts else None

    def _look(self, path: str) -> Looked:
        known = self._before.get(path)
        text = self._texts[path]
        if known is None:
            return look(path, text)
        return known if known.text == text else look_again(known, self._documents[path])

    def make(self, edit: AnyEdit | Splice) -> None:
        """Make one edit. Raises Refusal."""
        match edit:
            case Set():
                self._set(edit)
            case Add():
                self._add(edit)
            case Remove():
                self._remove(edit)
            case Move():
                self._move(edit)
            case AddFile():
                self._add_file(edit)
            case RemoveFile():
                self._remove_file(edit)
            case Splice():
                self._splice(edit)

    def _set(self, edit: Set) -> None:
        target, value = self._folded(edit.target, edit.value)
        source, path = self._place(target, missing=True)
        if not path and not isinstance(value, dict):
            raise Refusal(source.file, Message("这里不能改成这样"))
        self._keep(source, with_value(source, path, value))
        self.touched.append(edit.target)

    def _folded(self, target: Target, value: Any) -> tuple[Target, Any]:
        """Return a target that can be set, its value inside the maps that are lacking on the way
        to where it was meant to go."""
        while len(target) > 2 and not self._reaches(target[:-1]):
            target, value = target[:-1], {str(target[-1]): value}
        return target, value

    def _reaches(self, target: Target) -> bool:
        found = document_at(self._documents, target)
        return found is None or path_of(found[0].data, found[1]) is not None

    def _add(self, edit: Add) -> None:
        if edit.key is None and not self._reaches(edit.target):
            self._set(Set(target=edit.target, value=[edit.value]))
            self.touched[-1] = (*edit.target, _name(edit.value, 0))
            return
        source, path = self._place(edit.target)
        inside = value_at(source, path)
        if isinstance(inside, dict) and edit.key is not None:
            self._add_key(edit, source, path, inside)
        elif isinstance(inside, list) and edit.key is None:
            at = self._index(source, inside, edit.before)
            self._keep(source, with_item(source, path, at, edit.value))
            self.touched.append((*edit.target, _name(edit.value, at)))
        else:
            raise Refusal(source.file, Message("这里不能添加"))

    def _add_key(self, edit: Add, source: Source, path: Path, inside: dict[str, Any]) -> None:
        assert edit.key is not None
        if edit.key in inside:
            raise Refusal(source.file, Message("这里已经有“{name}”", name=edit.key))
        before = None if edit.before is None else str(edit.before)
        self._keep(source, with_entry(source, path, edit.key, edit.value, before))
        self.touched.append((*edit.target, edit.key))

    def _remove(self, edit: Remove) -> None:
        source, path = self._place(edit.target)
        if not path:
            self._remove_document(source)
        else:
            self._keep(source, without(source, path))
        self.touched.append(edit.target)

    def _remove_document(self, source: Source) -> None:
        """Take one of several documents out of their file, or the file of the only one."""
        documents = self._documents[source.file]
        if source.kind != "scenario":
            raise Refusal(source.file, Message("这里不能删除"))
        if len(documents) == 1:
            self._remove_file(RemoveFile(path=source.file))
            return
        at = next(n for n, one in enumerate(documents) if one is source)
        start, end = document_lines(self._texts[source.file], [*documents], at)
        removed = self._texts[source.file][start:end]
        self._splice(Splice(path=source.file, at=start, removed=removed, added=""))
        if len(self._documents[source.file]) != len(documents) - 1:
            raise Refusal(source.file, Message("这里不能删除"))

    def remove_all(self, targets: Iterable[Target]) -> None:
        """Take many values away at once. Raises Refusal."""
        files: dict[str, list[Target]] = {}
        for target in targets:
            if len(target) == 1:
                self._remove_file(RemoveFile(path=str(target[0])))
            else:
                files.setdefault(str(target[0]), []).append(target)
        for path, inside in files.items():
            self._remove_within(path, inside)

    def _remove_within(self, file: str, targets: Sequence[Target]) -> None:
        places = [self._place(target) for target in targets if target[0] in self._texts]
        if len({id(source) for source, _ in places}) != 1 or not all(path for _, path in places):
            for target in targets:
                self._remove(Remove(target=target))
            return
        source, paths = places[0][0], [path for _, path in places]
        text = without_many(source, paths, left_without(source.data, paths))
        self._splice(Splice(path=file, at=0, removed=self._texts[file], added=text))
        self.touched[-1:] = targets

    def _move(self, edit: Move) -> None:
        source, path = self._place(edit.target)
        there, into = self._place(edit.into, missing=True)
        inside_itself = source is there and into[: len(path)] == path
        if not path or not isinstance(path[-1], int) or inside_itself:
            raise Refusal(source.file, Message("不能移到这里"))
        value = value_at(source, path)
        lines = as_written(source, path, there, into) if _is_there(there, into) else None
        self._keep(source, without(source, path))
        there, into = self._place(edit.into, missing=True)
        if not _is_there(there, into):
            self._keep(there, with_value(there, into, [value]))
        else:
            items = value_at(there, into)
            if not isinstance(items, list):
                raise Refusal(there.file, Message("不能移到这里"))
            at = self._index(there, items, edit.before)
            self._keep(there, with_item(there, into, at, value, lines))
        self.touched += [edit.target[:-1], edit.into, (*edit.into, edit.target[-1])]

    def _add_file(self, edit: AddFile) -> None:
        if edit.path in self._texts:
            raise Refusal(edit.path, Message("已经有文件“{file}”", file=edit.path))
        if kind_of(edit.path) is None or not isinstance(edit.value, dict):
            raise Refusal(edit.path, Message("应用里没有这样的文件"))
        text = file_text(edit.path, edit.value)
        self._splice(Splice(path=edit.path, at=0, removed=None, added=text))

    def _remove_file(self, edit: RemoveFile) -> None:
        if edit.path not in self._texts or edit.path == MANIFEST:
            raise Refusal(edit.path, Message("这里不能删除"))
        text = self._texts[edit.path]
        self._splice(Splice(path=edit.path, at=0, removed=text, added=None))

    def _splice(self, splice: Splice) -> None:
        text = self._texts.get(splice.path)
        if splice.removed is None or splice.added is None:
            fits = text == splice.removed
            new = splice.added
        else:
            end = splice.at + len(splice.removed)
            fits = text is not None and text[splice.at : end] == splice.removed
            new = (text or "")[: splice.at] + splice.added + (text or "")[end:]
        if not fits:
            raise Refusal(splice.path, Message("这里后来又改过"))
        self.splices.append(splice)
        self.touched.append((splice.path,))
        self._put(splice.path, new)

    def _put(self, path: str, text: str | None) -> None:
        if text is None:
            del self._texts[path], self._documents[path]
            return
        self._texts[path] = text
        sources, problems = read_file(path, text)
        if problems:
            raise Refusal(path, problems[0].message)
        self._documents[path] = tuple(sources)

    def _keep(self, source: Source, made: Rewritten) -> None:
        for cut in made.cuts:
            removed = source.text[cut.start : cut.end]
            self.splices.append(
                Splice(path=source.file, at=cut.start, removed=removed, added=cut.text)
            )
        if not made.cuts:
            return
        self._texts[source.file] = made.source.text
        documents = self._documents[source.file]
        if len(documents) == 1:
            self._documents[source.file] = (made.source,)
        else:
            sources, _ = read_file(source.file, made.source.text)
            self._documents[source.file] = tuple(sources)

    def _place(self, target: Target, missing: bool = False) -> tuple[Source, Path]:
        """Return the document and path of a target; with `missing`, the last key may be new."""
        found = document_at(self._documents, target)
        if found is None:
            raise _gone(target)
        source, steps = found
        path = path_of(source.data, steps)
        if path is not None:
            return source, path
        above = path_of(source.data, steps[:-1]) if missing and steps else None
        if above is None or not isinstance(value_at(source, above), dict):
            raise _gone(target)
        return source, (*above, str(steps[-1]))

    def _index(self, source: Source, items: list[Any], before: Step | None) -> int:
        if before is None:
            return len(items)
        at = key_in(items, before)
        if at is None:
            raise _gone((source.file, before))
        return int(at)


def _gone(target: Target) -> Refusal:
    name = target[-1] if target else ""
    message = Message("找不到“{name}”，可能刚被别人删掉了", name=name)
    return Refusal(str(target[0]) if target else MANIFEST, message)


def _is_there(source: Source, path: Path) -> bool:
    return path_of(source.data, path) is not None


def _name(value: Any, at: int) -> Step:
    return target_of([value], (0,))[0] or at

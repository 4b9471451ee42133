"""What does a YAML file say, as plain data with places, and is it harmless?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml
from yaml import events as ev

from engine.loading.scalars import TooLong, scalar
from engine.loading.source import FLOW, Path, Place, Source
from engine.loading.yaml_words import closes_late, syntax_message
from engine.problems import Location, Problem
from engine.wording import Message

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 40
MAX_NODES = 100_000

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_LONE_HALF = re.compile("[\ud800-\udfff]")

Places = dict[Path, Place]


class _Stop(Exception):
    """Reading can't go on after this problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem


def read_bytes(file: str, kind: str, content: bytes) -> tuple[list[Source], list[Problem]]:
    """Read a file as it lies on the disk."""
    if len(content) > MAX_BYTES:
        return [], [_too_big(file)]
    try:
        return read_text(file, kind, content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return [], [
            Problem(
                Location(file, line, column),
                "yaml.encoding",
                Message("文件不是 UTF-8 编码，请另存为 UTF-8"),
            )
        ]


def read_text(file: str, kind: str, text: str) -> tuple[list[Source], list[Problem]]:
    """Read every document of a file; a mistake in the YAML itself ends the reading of it."""
    text = text.removeprefix("\ufeff")
    if len(text) > MAX_BYTES or len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return [], [_too_big(file)]
    strange = _FORBIDDEN.search(text) or _LONE_HALF.search(text)
    if strange:
        code = f"U+{ord(strange[0]):04X}"
        message = Message("文件里有看不见的控制字符 {code}，请删除", code=code)
        return [], [Problem(_location(file, text, strange.start()), "yaml.control", message)]
    return _Reading(file, kind, text).all()


def _too_big(file: str) -> Problem:
    message = Message("文件太大，最多 {limit} KiB；请拆成几个文件", limit=MAX_BYTES // 1024)
    return Problem(Location(file), "yaml.size", message)


def _location(file: str, text: str, index: int) -> Location:
    line_start = text.rfind("\n", 0, index) + 1
    return Location(file, text.count("\n", 0, index) + 1, index - line_start + 1)


class _Reading:
    """The reading of one text, event by event."""

    def __init__(self, file: str, kind: str, text: str) -> None:
        self.file, self.kind, self.text = file, kind, text
        self.problems: list[Problem] = []
        self.nodes = 0
        self.places: Places = {}
        self.keys: Places = {}

    def all(self) -> tuple[list[Source], list[Problem]]:
        """Return the documents and what is wrong with them."""
        sources: list[Source] = []
        events: Iterator[Any] = iter(yaml.parse(self.text, Loader=yaml.CSafeLoader))
        try:
            for event in events:
                if isinstance(event, ev.DocumentStartEvent):
                    sources.append(self.document(events))
        except _Stop as stop:
            self.problems.append(stop.problem)
        except yaml.MarkedYAMLError as error:
            self.problems.append(self.syntax(error))
        if not sources and not self.problems:
            self.problems.append(
                Problem(Location(self.file), "yaml.empty", Message("文件里没有内容"))
            )
        return sources, self.problems

    def document(self, events: Iterator[Any]) -> Source:
        self.places, self.keys = {}, {}
        data = self.value(next(events), events, ())
        return Source(self.file, self.kind, data, self.text, self.places, self.keys)

    def value(self, event: Any, events: Iterator[Any], path: Path) -> Any:
        """Return one value with all that is inside."""
        self.admit(event, path)
        start, end = event.start_mark, event.end_mark
        scalar = isinstance(event, ev.ScalarEvent)
        style = event.style if scalar else FLOW if event.flow_style else ""
        place = Place(start.line + 1, start.column + 1, start.index, end.index, style)
        self.places[path] = place
        if scalar:
            return self.scalar(event)
        inside = self.sequence if isinstance(event, ev.SequenceStartEvent) else self.mapping
        value, last = inside(events, path)
        self.places[path] = place._replace(end=last)
        return value

    def sequence(self, events: Iterator[Any], path: Path) -> tuple[list[Any], int]:
        """Return the items, and where they end."""
        items: list[Any] = []
        last: Path = path
        while not isinstance(event := next(events), ev.SequenceEndEvent):
            last = (*path, len(items))
            items.append(self.value(event, events, last))
        return items, self.ending(event, path, last)

    def ending(self, event: Any, path: Path, last: Path) -> int:
        """A bracket closes where it stands; without brackets the last thing inside is the end."""
        flow = self.places[path].style == FLOW
        return int(event.end_mark.index) if flow else self.places[last].end

    def mapping(self, events: Iterator[Any], path: Path) -> tuple[dict[str, Any], int]:
        """Return the entries by key, and where they end."""
        entries: dict[str, Any] = {}
        last: Path = path
        while not isinstance(event := next(events), ev.MappingEndEvent):
            key = self.key(event, entries)
            start, end = event.start_mark, event.end_mark
            last = (*path, key)
            self.keys[last] = Place(start.line + 1, start.column + 1, start.index, end.index)
            entries[key] = self.value(next(events), events, last)
        return entries, self.ending(event, path, last)

    def key(self, event: Any, entries: dict[str, Any]) -> str:
        self.admit(event, ())
        if not isinstance(event, ev.ScalarEvent):
            raise self.stop(event, "yaml.key", Message("键应为文字，不能是列表或映射"))
        if event.style == "" and event.value == "<<":
            raise self.stop(event, "yaml.merge", Message("不允许合并键（<<），请把内容写全"))
        key = event.value if event.style else self.scalar(event)
        if not isinstance(key, str):
            message = Message("键应为文字；“{key}”请加引号", key=event.value)
            raise self.stop(event, "yaml.key", message)
        if key in entries:
            message = Message("键“{key}”写了两次", key=key)
            self.problems.append(self.stop(event, "yaml.duplicate_key", message).problem)
        return key

    def scalar(self, event: Any) -> Any:
        if event.style:
            return event.value
        try:
            return scalar(event.value)
        except TooLong:
            message = Message("数字“{number}”太长；编号请加引号", number=event.value[:40])
            self.problems.append(self.stop(event, "yaml.number", message).problem)
            return event.value

    def admit(self, event: Any, path: Path) -> None:
        """Stop at what a harmless file does not have."""
        self.nodes += 1
        if isinstance(event, ev.AliasEvent):
            raise self.stop(event, "yaml.alias", Message("不允许引用（*），请把内容写全"))
        if event.anchor is not None:
            raise self.stop(event, "yaml.anchor", Message("不允许锚点（&），请把内容写全"))
        if event.tag is not None:
            raise self.stop(event, "yaml.tag", Message("不允许写标签（!）"))
        if len(path) >= MAX_DEPTH and isinstance(event, ev.CollectionStartEvent):
            message = Message("嵌套太深，最多 {limit} 层", limit=MAX_DEPTH)
            raise self.stop(event, "yaml.depth", message)
        if self.nodes > MAX_NODES:
            message = Message("内容太多，一个文件最多 {limit} 个值", limit=MAX_NODES)
            raise self.stop(event, "yaml.nodes", message)

    def stop(self, event: Any, code: str, message: Message) -> _Stop:
        mark = event.start_mark
        return _Stop(Problem(Location(self.file, mark.line + 1, mark.column + 1), code, message))

    def syntax(self, error: yaml.MarkedYAMLError) -> Problem:
        problem, mark = error.problem or "", error.problem_mark or error.context_mark
        start = error.context_mark
        if start and mark and start.line != mark.line and closes_late(problem):
            mark = start  # the mark that stays open, not where the reader gave up
        elif "expected ','" in problem:
            problem = "torn"
        line, column, index = (mark.line, mark.column, mark.index) if mark else (0, 0, 0)
        message = syntax_message(problem, self.text[index : index + 1])
        return Problem(Location(self.file, line + 1, column + 1), "yaml.syntax", message)

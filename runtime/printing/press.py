"""How does a document become pages, without any harm that it could do?"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

import structlog

from engine.documents.pieces import Source
from engine.wording import Message
from runtime.printing.child import TEXT

CHILD = Path(__file__).with_name("child.py")
SECONDS = 30.0
LARGEST = 20 * 1024 * 1024
"""Bytes of all pages together."""

Format = Literal["pdf", "svg", "png"]
log = structlog.get_logger()


@dataclass(frozen=True)
class Printed:
    """The pages: a PDF is one file, pictures are one a page."""

    pages: tuple[bytes, ...]


@dataclass(frozen=True)
class Unprinted:
    """There are no pages; the words say why."""

    message: Message


def print_pages(source: Source, at: datetime, format_: Format = "pdf") -> Printed | Unprinted:
    """Set a document in a process of its own, which sees nothing but the document and has little
    time and memory. The same document at the same moment gives the very same bytes."""
    with tempfile.TemporaryDirectory(prefix="dougong-print-") as place:
        folder = Path(place)
        (folder / TEXT).write_text(source.text, encoding="utf-8")
        for name, data in source.pictures.items():
            (folder / name).write_bytes(data)
        wrong = _run(folder, format_, int(at.timestamp()))
        return wrong or _taken(folder)


def _run(folder: Path, format_: Format, at: int) -> Unprinted | None:
    command = [sys.executable, "-I", str(CHILD), str(folder), format_, str(at)]
    try:
        done = subprocess.run(  # noqa: S603 - our own file, with arguments that we made
            command, cwd=folder, env={}, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return Unprinted(Message("文档太大，没能在 {n} 秒内排好版", n=int(SECONDS)))
    if done.returncode == 0:
        return None
    log.warning("document not set", code=done.returncode, said=done.stderr.decode()[-2000:])
    if done.returncode < 0:
        return Unprinted(Message("文档太大，排版用的时间或内存超过了限制"))
    return Unprinted(Message("文档没能排版，请检查其中的图片"))


def _taken(folder: Path) -> Printed | Unprinted:
    files = sorted(folder.glob("page-*.out"))
    if sum(file.stat().st_size for file in files) > LARGEST:
        return Unprinted(Message("生成的文件太大，最大 {n} MB", n=LARGEST // 1024**2))
    return Printed(tuple(file.read_bytes() for file in files))

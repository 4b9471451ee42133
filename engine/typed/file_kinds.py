"""Is a stored file of an accepted type and size?"""

from __future__ import annotations

from engine.record import StoredFile
from engine.wording import Message

IMAGES = ("jpg", "png", "webp", "gif", "heic", "bmp", "tif")
_SAME = {"jpeg": "jpg", "tiff": "tif", "htm": "html"}


def refusal(file: StoredFile, types: tuple[str, ...], megabytes: int) -> Message | None:
    """Return why a file is not taken: its type, which was sniffed, or its size."""
    accepted = {plain_type(one) for one in types}
    if accepted and plain_type(file.type) not in accepted:
        return Message(
            "不接受 {type} 文件，可用：{types}", type=file.type or "?", types=list(types)
        )
    if file.size > megabytes * 1024 * 1024:
        return Message("文件不能超过 {most} MB", most=megabytes)
    return None


def plain_type(ending: str) -> str:
    """Return one ending for each type of file, in small letters without a dot."""
    small = ending.lower().lstrip(".")
    return _SAME.get(small, small)


def counted(count: int, locale: str) -> str:
    """Return how many files there are, in words."""
    if not count:
        return ""
    if locale == "zh":
        return f"{count} 个文件"
    return f"{count} file" if count == 1 else f"{count} files"

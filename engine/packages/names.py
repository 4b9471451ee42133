"""Which files may stand in a package, under which names?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from engine.loading.folder import kind_of
from engine.packages.broken import BrokenPackage
from engine.wording import Message

MANIFEST = "manifest.json"
SIGNATURE = "signature"
ABOUT = ("README.md", "CHANGELOG.md", "LICENSE")
"""What may be read before an app is installed."""
ICON = "icon.png"
PICTURE = re.compile(r"pictures/[^/]+\.(png|jpg|webp)")

LONGEST_NAME = 200
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:")
_MARKS = frozenset("_-.")


def belongs(name: str) -> bool:
    """Tell whether a file of an app's folder goes into its package."""
    return kind_of(name) is not None or name in ABOUT or is_picture(name)


def is_picture(name: str) -> bool:
    """Tell whether a file is something to look at."""
    return name == ICON or PICTURE.fullmatch(name) is not None


def check_names(names: Iterable[str]) -> None:
    """Pass only names that mean the same file on every machine. Raises BrokenPackage."""
    known: dict[str, str] = {}
    for name in names:
        check_name(name)
        alike = known.setdefault(name.casefold(), name)
        if alike != name:
            message = Message("“{one}”和“{other}”只有大小写不同", one=alike, other=name)
            raise BrokenPackage("package.case", message)
        if name not in (MANIFEST, SIGNATURE) and not belongs(name):
            message = Message("应用包里不能有“{name}”这样的文件", name=name)
            raise BrokenPackage("package.stranger", message)


def check_name(name: str) -> None:
    """Pass only the name of a file inside the package's own folder. Raises BrokenPackage."""
    if "\\" in name:
        raise _bad(name, "package.backslash", Message("文件名里不能有反斜杠"))
    if name.startswith("/") or _DRIVE.match(name):
        raise _bad(name, "package.absolute", Message("文件名不能是绝对路径"))
    parts = name.split("/")
    if ".." in parts or "." in parts:
        raise _bad(name, "package.outside", Message("文件名指向应用包之外"))
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST_NAME:
        raise _bad(name[:40], "package.long_name", Message("文件名太长"))
    if unicodedata.normalize("NFC", name) != name or not all(map(_plain, parts)):
        raise _bad(name, "package.name", Message("文件名里有不允许的字符，或以点号、空格结尾"))
    if any(map(_RESERVED.fullmatch, parts)):
        raise _bad(name, "package.reserved", Message("文件名是某些系统的保留字"))


def _plain(part: str) -> bool:
    fit = all(sign.isalnum() or sign in _MARKS for sign in part)
    return fit and bool(part) and part[0] not in ".-" and part[-1] != "."


def _bad(name: str, code: str, why: Message) -> BrokenPackage:
    return BrokenPackage(code, Message("{why}：{name}", why=why, name=ascii(name)[1:-1]))

"""Which packages has this process looked at in full already?"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock

from engine.packages.broken import BrokenPackage
from engine.packages.package import Package, open_package
from engine.wording import Message

MOST = 4
"""To check a large app takes seconds, to keep it some megabytes."""

_KNOWN: OrderedDict[str, Package] = OrderedDict()
_LOCK = Lock()


def opened(digest: str, read: Callable[[], bytes]) -> Package:
    """Return the package of these very bytes, checked in full the first time. Raises
    BrokenPackage or BrokenApp, also if the bytes are others."""
    with _LOCK:
        known = _KNOWN.get(digest)
        if known is not None:
            _KNOWN.move_to_end(digest)
            return known
    content = read()
    if hashlib.sha256(content).hexdigest() != digest:
        raise BrokenPackage("shelf.package", Message("应用包和目录不符，可能被改动过"))
    package = open_package(content)
    with _LOCK:
        _KNOWN[digest] = package
        while len(_KNOWN) > MOST:
            _KNOWN.popitem(last=False)
    return package

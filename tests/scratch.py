"""Where do tests keep what nobody reads after them?"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108  # nothing there has a name that can be foreseen
ROOM = 6 * 2**30
"""How many bytes must be free there: a whole run needs less than half of them."""


def work_in_memory() -> None:
    """Keep temporary files in memory, where the machine has room and nobody named another place.

    A database that is made for one test costs a twentieth there. What tests prove by killing
    processes holds in any file system; what needs a power cut to show they can't prove in either.
    """
    if "TMPDIR" not in os.environ and _roomy():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _roomy() -> bool:
    if not (os.access(MEMORY, os.W_OK) and MEMORY.is_mount()):
        return False
    place = os.statvfs(MEMORY)
    return min(place.f_bavail * place.f_frsize, _unused()) > ROOM


def _unused() -> int:
    """Return how many bytes of memory could be had."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    said = dict(line.split(":", 1) for line in lines)
    return int(said["MemAvailable"].split()[0]) * 1024

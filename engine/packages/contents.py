"""How much of what is in an app, counted by its files?"""

from __future__ import annotations

import re
from collections.abc import Mapping

from engine.loading.folder import kind_of

TOLD = re.compile(rb"^scenario:", re.MULTILINE)
COUNTED = ("form", "workflow", "rule", "decision", "document", "connector")


def contents_of(files: Mapping[str, bytes]) -> Mapping[str, int]:
    """Return how many things of each kind the files of an app hold, kinds without any left out."""
    found = dict.fromkeys((*COUNTED, "scenario"), 0)
    for name, content in files.items():
        kind = kind_of(name)
        if kind == "scenario":
            found[kind] += len(TOLD.findall(content))
        elif kind in found:
            found[kind] += 1
    return {kind: count for kind, count in found.items() if count}

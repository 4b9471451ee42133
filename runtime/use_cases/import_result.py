"""What is told of work on an import once it is done?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from runtime.services import Services
from runtime.use_cases.import_report import phase_of


def result_of(services: Services, id_: str) -> Mapping[str, Any]:
    """Return how many records were created, changed and refused, and where to read more."""
    with services.store.reading() as unit:
        run = unit.imports.one(id_)
        if run is None:
            return {}
        counts = unit.imports.counts(id_, phase_of(run))
        undone = unit.imports.undo_counts(id_)
    counts |= {"undone": undone.get("done", 0), "kept": undone.get("kept", 0)}
    return {**counts, "run": id_, "link": f"/a/{run.app}/{run.form}/import/{id_}"}

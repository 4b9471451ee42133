"""How is an export done in the background?"""

from __future__ import annotations

from functools import partial

from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.sheets.new_book import ENDINGS
from runtime.use_cases.export_records import Written, note_export, write_export
from runtime.use_cases.exporting import read_export


def export(task: Task) -> Ended:
    """Write the file of one attempt; what it is called is only told when it is whole."""
    wish = read_export(task.arguments)
    path = task.file(ENDINGS[wish.format])
    act = task.act(wish.door)
    outcome = write_export(task.services, act, wish, path, task.progress)
    if not isinstance(outcome, Written):
        path.unlink(missing_ok=True)
        return GaveUp(outcome.message)
    result = {
        "file": path.name,
        "name": outcome.name,
        "size": path.stat().st_size,
        "count": outcome.count,
    }
    noted = partial(note_export, services=task.services, act=act, export=wish, count=outcome.count)
    return Finished(result, also=noted)


KIND = Kind(work=export, tries=4)

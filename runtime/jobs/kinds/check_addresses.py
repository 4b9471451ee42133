"""How is a provider asked whether it knows everybody by their phone number?"""

from __future__ import annotations

from runtime.effects.addressing import look_up
from runtime.effects.channel import Failed
from runtime.effects.channels import channels
from runtime.effects.opening import doors_of, opened
from runtime.effects.telling import NOT_THEIRS, trouble
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task


def work(task: Task) -> Ended:
    """Ask for each active person; who is asked for twice is no harm."""
    services, id_ = task.services, str(task.arguments["channel"])
    with services.store.reading() as unit:
        kept = unit.notices.channels.one(id_)
        people = unit.people.list()
    found = opened(services.settings, kept) if kept and id_ in channels() else None
    if found is None:
        return Finished()
    for number, person in enumerate(people, 1):
        answer = look_up(services, doors_of(services.settings), found, person)
        why = trouble(answer) if isinstance(answer, Failed) else None
        if isinstance(answer, Failed) and answer.code not in NOT_THEIRS and why:
            return GaveUp(why)
        task.progress(number, len(people))
    return Finished({"count": len(people)})


KIND = Kind(work=work)

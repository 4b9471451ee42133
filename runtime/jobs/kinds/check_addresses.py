"""How is a provider asked whether it knows everybody by their phone number?"""

from __future__ import annotations

from runtime.effects.addressing import look_up
from runtime.effects.channel import Failed, Set
from runtime.effects.channels import channel_label, channels
from runtime.effects.opening import doors_of, opened
from runtime.effects.telling import NOT_THEIRS, trouble
from runtime.jobs.kind import Again, Ended, Finished, GaveUp, Kind, Task
from runtime.use_cases.watch_identities import watch_identities

DAY = 86_400.0


def work(task: Task) -> Ended:
    """Ask for each active person, and let somebody see to those whom it does not know; who is
    asked for twice is no harm. `since` names the setting up after which it is asked every day."""
    id_, since = str(task.arguments["channel"]), task.arguments.get("since")
    with task.services.store.reading() as unit:
        kept = unit.notices.channels.one(id_)
    if kept is None or id_ not in channels():
        return Finished()
    if since is not None and (not kept.active or kept.changed_at.isoformat() != since):
        return Finished()
    found = opened(task.services.settings, kept)
    ended = _asked(task, found) if found is not None else Finished()
    if isinstance(ended, Finished) and found is not None:
        strangers = watch_identities(task.services, id_, channel_label(id_))
        ended = Finished({**ended.result, "strangers": strangers})
    return ended if since is None else Again(DAY)


def _asked(task: Task, found: Set) -> Finished | GaveUp:
    services = task.services
    with services.store.reading() as unit:
        people = unit.people.list()
    for number, person in enumerate(people, 1):
        answer = look_up(services, doors_of(services.settings), found, person)
        why = trouble(answer) if isinstance(answer, Failed) else None
        if isinstance(answer, Failed) and answer.code not in NOT_THEIRS and why:
            return GaveUp(why)
        task.progress(number, len(people))
    return Finished({"count": len(people)})


KIND = Kind(work=work, outward=True)

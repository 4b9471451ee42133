"""At which steps would an approval of a draft find nobody, by the people there are today?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from designer.flows.staff import staff_of
from designer.speech import Speech
from engine.app import Workflow
from engine.approvals.radar import radar
from engine.wording import Message
from runtime.services import Services


def troubles_of(
    services: Services, speech: Speech, workflow: Workflow
) -> Mapping[str, Sequence[str]]:
    """Return by step what the radar says of it; of the whole under the empty name."""
    with services.store.reading() as unit:
        stalls = radar(workflow, staff_of(services, unit, workflow.app))
    labels = {role.id: role.label for role in speech.app.definition.roles}
    found: dict[str, list[str]] = defaultdict(list)
    for stall in stalls:
        args = dict(stall.message.args)
        if args.get("role") in labels:
            args["role"] = labels[str(args["role"])]
        found[stall.step].append(speech.fill(Message(stall.message.text, **args)))
    return found


def names_of(services: Services, workflow: Workflow) -> Mapping[str, str]:
    """Return what the people are called that a workflow names by their login."""
    logins = _logins(workflow.definition)
    with services.store.reading() as unit:
        people = {login: unit.people.by_login(login) for login in logins}
    return {login: person.name for login, person in people.items() if person}


def _logins(part: object) -> set[str]:
    """Return every login in a part of a definition."""
    if isinstance(part, tuple):
        return {login for one in part for login in _logins(one)}
    keys = getattr(part, "__struct_fields__", ())
    inside = {login for key in keys if key != "person" for login in _logins(getattr(part, key))}
    login = getattr(part, "person", None) if "person" in keys else None
    return inside | {login} if isinstance(login, str) else inside

"""How is an app installed in the background, as somebody wished?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from engine.record import Actor
from engine.wording import Message
from runtime.market.catalogue import Offering
from runtime.market.chosen import chosen
from runtime.packages.installing import Waits, Wishes, bring
from runtime.services import Services

JOB = "install_package"


def start_install(services: Services, actor: Actor, found: Offering, wishes: Wishes) -> str:
    """Install the newest version of an app in the background, and return the job."""
    given = {
        "package": found.entry.app,
        "label": found.entry.label,
        "source": found.source.id,
        "digest": found.latest.sha256,
        "wishes": msgspec.to_builtins(wishes),
    }
    with services.store.unit() as unit:
        # Twice the same at the same time is once: a double click is no second installation.
        waiting = unit.jobs.of_person(actor.id, (JOB,), states=("waiting", "running"))
        same = next((one for one in waiting if one.arguments["digest"] == given["digest"]), None)
        return same.id if same else unit.jobs.save(JOB, given, services.now(), person=actor.id)


def install_wished(
    services: Services, given: Mapping[str, Any], person: str
) -> tuple[Message, ...] | Waits:
    """Install what was wished, or say why not. Raises BrokenPackage or BrokenApp."""
    found = chosen(services, given)
    wishes = msgspec.convert(given["wishes"], Wishes)
    return bring(services, found.package(), wishes, person)

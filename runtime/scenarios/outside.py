"""What do other systems answer in a scenario, where nothing leaves the workspace?"""

from __future__ import annotations

from functools import partial

import msgspec

from runtime.effects.net.http import Answer
from runtime.effects.preparing import Prepared, sealed
from runtime.jobs.kind import Ended, Finished, Task
from runtime.jobs.kinds import call_connector
from runtime.scenarios.world import World
from runtime.services import Services
from runtime.store.connectors import ConnectorSetup
from runtime.use_cases.connectors.going_on import connector_of

NOWHERE = "https://system.example"
"""Where systems are that only a story tells of."""


def answer_call(world: World, task: Task) -> Ended:
    """Let the story answer a question; one that it says nothing of is left unanswered."""
    with world.services.store.reading() as unit:
        call = unit.connectors.call(str(task.arguments["call"]))
    if call is None or (call.connector, call.operation) not in world.answers:
        return Finished()
    _make_ready(world.services, call.app, call.connector)
    return call_connector.work(task, ask=partial(_said, world))


def _said(world: World, _: Services, prepared: Prepared) -> Answer:
    told = world.answers[prepared.connector.id, prepared.operation.id]
    one = told.pop(0) if len(told) > 1 else told[0]
    return Answer(status=one.status, body=msgspec.json.encode(one.body), milliseconds=0)


def _make_ready(services: Services, app: str, id_: str) -> None:
    """Give a connector an address and secrets, which nobody in a story has to know."""
    connector = connector_of(services, app, id_)
    with services.store.unit() as unit:
        if connector is None or unit.connectors.setup(app, id_) is not None:
            return
        secrets = {one.id: "-" * 8 for one in connector.definition.secrets}
        kept = sealed(services, app, id_, secrets) if secrets else None
        ready = ConnectorSetup(
            app=app, connector=id_, url=NOWHERE, secrets=kept, changed_at=services.now()
        )
        unit.connectors.set_up(ready)

"""How does an administrator set up another system, try it, and see to calls that went wrong?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from engine.app import Connector
from engine.connectors.answering import LONGEST, answered
from engine.definition.connector import OperationDef
from engine.wording import Message
from runtime.effects.calling import WHY, ask
from runtime.effects.net.http import NoAnswer
from runtime.effects.preparing import is_allowed, opened, prepared, sealed
from runtime.services import Services
from runtime.store import Event, Unit
from runtime.store.connectors import Call, ConnectorSetup
from runtime.store.ids import new_id
from runtime.use_cases.act import Act
from runtime.use_cases.connectors.going_on import ask_once_more
from runtime.use_cases.connectors.waiting_run import fails, waits_again

LONGEST_VALUE = 4000
LATELY = timedelta(days=7)
URL = "url"
"""What the address is called beside the secrets."""


@dataclass(frozen=True, kw_only=True)
class Connected:
    """A connector as the pages show it: which secrets are there, never what they are."""

    connector: Connector
    url: str | None
    """The one that was set; without it, the one that the app names holds."""
    secrets: frozenset[str]
    missing: tuple[str, ...]
    """The secrets that are still to be set."""
    broken: bool
    """Its secrets can't be opened any more; they have to be typed anew."""
    counts: Mapping[str, int]
    """How many calls of the last days ended how."""

    @property
    def ready(self) -> bool:
        """Whether it can be asked."""
        address = self.url or self.connector.definition.url
        return not self.missing and not self.broken and bool(address)


def connectors_known(services: Services) -> tuple[Connected, ...]:
    """Return the connectors of all apps, as they are set up."""
    with services.store.reading() as unit:
        counts = unit.connectors.counts(services.now() - LATELY)
    return tuple(
        connected(services, connector, counts)
        for app in list(services.apps.values())
        for connector in app.connectors.values()
    )


def connected(
    services: Services,
    connector: Connector,
    counts: Mapping[tuple[str, str, str], int] | None = None,
) -> Connected:
    """Return one connector as it is set up."""
    with services.store.reading() as unit:
        kept = unit.connectors.setup(connector.app, connector.id)
        if counts is None:
            counts = unit.connectors.counts(services.now() - LATELY)
    there = opened(services, kept)
    asked = [one.id for one in connector.definition.secrets]
    mine = (connector.app, connector.id)
    return Connected(
        connector=connector,
        url=kept.url if kept else None,
        secrets=frozenset(name for name in asked if there and there.get(name)),
        missing=tuple(name for name in asked if not (there and there.get(name))),
        broken=there is None,
        counts={state: n for (app, id_, state), n in counts.items() if (app, id_) == mine},
    )


def set_up(
    services: Services, act: Act, connector: Connector, typed: Mapping[str, str]
) -> Mapping[str, Message]:
    """Set the address and the secrets of a connector, or return what is wrong by name. A secret
    that is left empty stays as it is."""
    url = typed.get(URL, "").strip()[:LONGEST_VALUE] or None
    if url and not is_allowed(services, url):
        return {URL: Message("地址要以 https:// 开头；内网地址由运维在 INSIDE 里放行")}
    now = services.now()
    with services.store.unit() as unit:
        before = opened(services, unit.connectors.setup(connector.app, connector.id)) or {}
        secrets = {
            one.id: text
            for one in connector.definition.secrets
            if (text := typed.get(one.id, "").strip()[:LONGEST_VALUE] or before.get(one.id, ""))
        }
        kept = sealed(services, connector.app, connector.id, secrets) if secrets else None
        unit.connectors.set_up(
            ConnectorSetup(
                app=connector.app,
                connector=connector.id,
                url=url,
                secrets=kept,
                changed_at=now,
                changed_by=act.actor.id,
            )
        )
        unit.events.add(_event(services, act, "connector_set_up", connector))
    return {}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """What came of trying a connector."""

    worked: bool
    message: Message
    words: str = ""
    """What the other system said."""


def try_out(services: Services, connector: Connector) -> Tried:
    """Ask the other system for what does no harm, and return what it says."""
    operation = connector.operation(connector.definition.test) or LOOK
    inputs: dict[str, Any] = {one.id: None for one in operation.ask}
    found = prepared(services, connector, operation, inputs, new_id(services.now()))
    if isinstance(found, Message):
        return Tried(worked=False, message=found)
    came = ask(services, found)
    if isinstance(came, NoAnswer):
        problem = Message("{why}（{code}）", why=WHY[came.code], code=came.code)
        return Tried(worked=False, message=problem)
    words = found.hidden(came.text())[:LONGEST]
    read = answered(connector, operation, came.status, came.body, found.env, services.calendar.zone)
    if read.problem is not None:
        return Tried(worked=False, message=read.problem, words=words)
    good = Message(
        "连接正常，状态码 {status}，用时 {n} 毫秒", status=came.status, n=came.milliseconds
    )
    return Tried(worked=True, message=good, words=words)


LOOK = OperationDef(id="look", label="", method="GET", repeatable=True)
"""Asks for nothing but the address itself."""


def calls_of(services: Services, connector: Connector) -> tuple[Call, ...]:
    """Return what was asked lately, latest first; what waits for a person comes before all."""
    with services.store.reading() as unit:
        unknown = unit.connectors.calls(connector.app, connector.id, states=("unknown",))
        latest = unit.connectors.calls(connector.app, connector.id)
    return (*unknown, *(call for call in latest if call.state != "unknown"))


def ask_again(services: Services, act: Act, connector: Connector, id_: str) -> bool:
    """Let a call go on that failed, or whose outcome a person looked up: an answer that is there
    is put in, anything else is asked once more under the same key. False if there is none."""
    with services.store.unit() as unit:
        call = unit.connectors.call(id_, hold=True)
        if call is None or not _waits(connector, call) or not _is_latest(unit, call):
            return False
        ask_once_more(unit, call, services.now())
        waits_again(unit, call)
        unit.events.add(_event(services, act, "connector_asked_again", connector, call=id_))
    return True


def leave_it(services: Services, act: Act, connector: Connector, id_: str) -> bool:
    """Say that a call whose outcome was not known needs nothing more; False if there is none."""
    with services.store.unit() as unit:
        call = unit.connectors.call(id_, hold=True)
        if call is None or call.state != "unknown" or not _waits(connector, call):
            return False
        seen = Message("{who}核对后不再发送", who=act.actor.name)
        after = replace(call, state="failed", problem=seen, ended_at=services.now())
        unit.connectors.change(call, after)
        fails(unit, after)
        unit.events.add(_event(services, act, "connector_left", connector, call=id_))
    return True


def _waits(connector: Connector, call: Call) -> bool:
    mine = (call.app, call.connector) == (connector.app, connector.id)
    return mine and call.state in ("failed", "unknown")


def _is_latest(unit: Unit, call: Call) -> bool:
    """Tell whether the rule has not asked anew since, with something else."""
    return unit.connectors.of_run(call.run)[call.number].id == call.id


def _event(services: Services, act: Act, kind: str, connector: Connector, **more: str) -> Event:
    now = services.now()
    return Event(
        id=new_id(now),
        at=now,
        kind=kind,
        actor=act.actor.id,
        door=act.door,
        data={"app": connector.app, "connector": connector.id, **more},
    )

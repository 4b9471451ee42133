"""What does it take to ask another system: its address, its secrets, what is sent?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from engine.app import Connector
from engine.connectors.asking import Wanted, wanted
from engine.definition.connector import OperationDef
from engine.expressions import Env
from engine.typed.exchanged import value_in
from engine.wording import Message
from runtime.sealing import Broken, Seal
from runtime.services import Services
from runtime.store.connectors import Call, ConnectorSetup
from runtime.use_cases.connectors.going_on import connector_of

SHORTEST_SECRET = 4
"""Shorter ones hide in any text."""


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """All that it takes to ask."""

    connector: Connector
    operation: OperationDef
    url: str
    secrets: Mapping[str, str]
    env: Env
    request: Wanted
    key: str

    @property
    def repeatable(self) -> bool:
        """Whether asking twice does no harm."""
        return self.operation.repeatable or self.operation.method == "GET"

    def hidden(self, text: str) -> str:
        """Return a text in which no secret can be read."""
        for secret in self.secrets.values():
            if len(secret) >= SHORTEST_SECRET:
                text = text.replace(secret, "***")
        return text


def prepared_call(services: Services, call: Call) -> Prepared | Message:
    """Return what it takes to make a call, or why it can't be made."""
    connector = connector_of(services, call.app, call.connector)
    operation = connector.operation(call.operation) if connector else None
    if connector is None or operation is None:
        return Message("应用里没有这个连接器或操作了")
    zone = services.calendar.zone
    inputs = {one.id: value_in(one.type, call.inputs.get(one.id), zone) for one in operation.ask}
    return prepared(services, connector, operation, inputs, call.key)


def prepared(
    services: Services,
    connector: Connector,
    operation: OperationDef,
    inputs: Mapping[str, object],
    key: str,
) -> Prepared | Message:
    """Return what it takes to ask for something, or what is missing."""
    with services.store.reading() as unit:
        kept = unit.connectors.setup(connector.app, connector.id)
    secrets = opened(services, kept)
    url = (kept.url if kept else None) or connector.definition.url
    missing = [one.label for one in connector.definition.secrets if not (secrets or {}).get(one.id)]
    if secrets is None:
        return Message("工作区的密钥换过，连接器的密钥已打不开，请重新填写")
    if missing:
        return Message("连接器还缺密钥：{names}", names=missing)
    if url is None:
        return Message("还没有设置连接器的地址")
    if not is_allowed(services, url):
        return Message("地址要以 https:// 开头；内网地址由运维在 INSIDE 里放行")
    now = services.now()
    env = Env(today=services.today(now), now=services.local(now))
    return Prepared(
        connector=connector,
        operation=operation,
        url=url,
        secrets=secrets,
        env=env,
        request=wanted(connector, operation, inputs, secrets, env),
        key=key,
    )


def is_allowed(services: Services, url: str) -> bool:
    """Tell whether an address is safe on the way, or one that the operator opened."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    place = (parts.hostname or "", port or 80)
    return parts.scheme == "https" or (parts.scheme == "http" and place in services.settings.inside)


def opened(services: Services, kept: ConnectorSetup | None) -> dict[str, str] | None:
    """Return the secrets of a connector; None if the key of the workspace does not open them."""
    if kept is None or kept.secrets is None:
        return {}
    try:
        content = Seal(services.settings.secret_key).open(kept.secrets, whose(kept))
    except Broken:
        return None
    return msgspec.json.decode(content, type=dict[str, str])


def sealed(services: Services, app: str, connector: str, secrets: Mapping[str, str]) -> bytes:
    """Return secrets as they are kept."""
    content = msgspec.json.encode(dict(secrets))
    return Seal(services.settings.secret_key).close(content, f"connector:{app}.{connector}")


def whose(kept: ConnectorSetup) -> str:
    """Return to whom the seal of a connector belongs."""
    return f"connector:{kept.app}.{kept.connector}"

"""Since when has each rule been there, so that a new one lets rest what is long past?"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from engine.app import App, Rule
from runtime.store.rule_tables import rule_life

if TYPE_CHECKING:
    from runtime.store.unit import Unit


def meet_rules(unit: Unit, app: App, now: datetime) -> None:
    """Note which rules of an app are new, or wait for something else than before: from now on
    they count. The others keep their age; those that are gone are forgotten."""
    gone = delete(rule_life).where(
        rule_life.c.app == app.id, rule_life.c.rule.not_in(tuple(app.rules))
    )
    unit.connection.execute(gone)
    insert = sqlite.insert if unit.store.dialect == "sqlite" else postgresql.insert
    for rule in app.rules.values():
        trigger = _digest(rule)
        row = {"app": app.id, "rule": rule.id, "trigger": trigger, "since": now}
        unit.connection.execute(
            insert(rule_life)
            .values(row)
            .on_conflict_do_update(
                index_elements=["app", "rule"],
                set_={"trigger": trigger, "since": now},
                where=rule_life.c.trigger != trigger,
            )
        )


def there_since(unit: Unit, app: str, rule: str) -> datetime | None:
    """Return since when a rule has waited for what it waits for; None if that was always so."""
    asked = select(rule_life.c.since).where(rule_life.c.app == app, rule_life.c.rule == rule)
    return unit.connection.execute(asked).scalar()


def _digest(rule: Rule) -> str:
    """Tell what a rule waits for from everything else; what it leaves unsaid is not in it."""
    on = rule.definition.on
    fields = {one.name: one.default for one in msgspec.structs.fields(on)}
    said = {name: getattr(on, name) for name in fields if getattr(on, name) != fields[name]}
    told = msgspec.json.encode([on.type, said, rule.definition.only_if])
    return sha256(told).hexdigest()

"""A store with some devices, and what one asks of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from engine.access.sight import SEES_ALL, Sight
from engine.app import Form
from engine.expressions import Compiled, Slot, compile_expression
from engine.filter import FilterDef
from engine.filters import where_to_feel
from engine.record import Record
from runtime.store import Store
from runtime.store.query import Query
from tests.runtime.store.building import NOW, actor_of, app_of, env_of, form_text, later, record_of

SITE = form_text(
    "site",
    """
    {id: name, type: text, label: 名称}
    {id: level, type: select, label: 级别, options: [{id: low, label: 低}, {id: high, label: 高}]}
    {id: secret, type: text, label: 代号}
    """,
)
DEVICE = form_text(
    "device",
    """
    {id: name, type: text, label: 名称}
    {id: price, type: money, label: 价格}
    {id: pieces, type: integer, label: 数量}
    {id: bought, type: date, label: 购买日}
    {id: seen, type: datetime, label: 检查}
    {id: active, type: yes_no, label: 在用}
    {id: grade, type: select, label: 等级, options: [{id: z, label: 优}, {id: a, label: 良}]}
    {id: kinds, type: tags, label: 标签}
    {id: site, type: reference, to: site, label: 站点}
    {id: sites, type: reference_list, to: site, label: 相关站点}
    {id: keeper, type: person, label: 保管人}
    {id: phone, type: phone, label: 电话}
    {id: site_secret, type: lookup, label: 站点代号, by: site, field: secret}
    {id: place, type: address, label: 地址}
    {id: parts, type: lines, label: 部件, fields: [{id: part, type: text, label: 部件}]}
    """,
    "search: [name, phone]\naccess:\n  worker: {rows: owner.department = user.department}\n",
)
ZONE = ZoneInfo("Asia/Shanghai")
Asked = FilterDef | str


def IS(field: str, op: Any, value: Any = None) -> FilterDef:  # noqa: N802 - reads as a word
    """Make one condition of a list."""
    return FilterDef(field=field, op=op, value=value)


class World:
    """A store with some devices, and what one asks of it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        store.install(app_of(SITE, DEVICE), {}, NOW)
        self.site = store.apps["plant"].forms["site"]
        self.device = store.apps["plant"].forms["device"]
        self.sight: Sight = SEES_ALL
        self.site_sight: Sight = SEES_ALL
        self.actor = actor_of()

    def add(self, form: Form | None = None, **values: Any) -> Record:
        system = {k: values.pop(k) for k in ("owner", "department", "at", "stage") if k in values}
        record = record_of(form or self.device, values, **system)
        with self.store.unit() as unit:
            unit.records.add(form or self.device, record)
        return record

    def where(self, *asked: Asked) -> tuple[Compiled, ...]:
        """Compile conditions, each of the list form or in FEEL."""
        app, scope = self.store.apps["plant"], self.device.scope
        texts = (
            where_to_feel(app, self.device, one if isinstance(one, str) else (one,))
            for one in asked
        )
        return tuple(compile_expression(text, scope, Slot.ROWS) for text in texts)

    def query(self, **more: Any) -> Query:
        env = env_of(self.actor)
        return Query(
            **{
                "form": self.device,
                "sight": self.sight,
                "actor": self.actor,
                "env": replace(env, now=env.now.astimezone(ZONE)),
                "sort": ("name",),
                "sight_of": lambda form: self.site_sight if form.id == "site" else self.sight,
                **more,
            }
        )

    def names(self, *asked: Asked, **more: Any) -> list[str]:
        with self.store.reading() as unit:
            page = unit.query.page(self.query(where=self.where(*asked), limit=200, **more))
        return [str(record.values["name"]) for record in page.records]

    def delete(self, record: Record) -> None:
        gone = replace(record, version=record.version + 1, deleted_at=later(1))
        with self.store.unit() as unit:
            assert unit.records.save(self.device, record, gone)

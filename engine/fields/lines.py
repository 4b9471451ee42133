"""The `lines` field type."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Union

import msgspec
from msgspec import Meta

from engine.expressions.feel_types import TEXT, Type, context_of, list_of
from engine.field import Field, Id, NotAcceptable, Storage, option
from engine.fields import field_types
from engine.record import Value
from engine.typed.ids import sent_id
from engine.typed.json_values import json_in
from engine.typed.lists import counted
from engine.wording import Label, Message

if TYPE_CHECKING:
    Cell = Field
else:
    _NOT_IN_ROWS = frozenset({"lines", "reference_list", "rollup", "auto_number"})
    Cell = Union[tuple(field_types(without=_NOT_IN_ROWS).values())]  # noqa: UP007 - from what is there


class Lines(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="lines"):
    """Rows of a table inside the record, with fields of their own."""

    storage: ClassVar = Storage.LINES
    widget: ClassVar = "lines"
    group: ClassVar = "link"
    title: ClassVar = {"zh": "子表", "en": "Lines"}
    about: ClassVar = {
        "zh": "记录里的明细表，每行有自己的字段。",
        "en": "A table inside the record; each row has fields of its own.",
    }
    sortable: ClassVar = False
    filterable: ClassVar = False

    fields: Annotated[
        Annotated[tuple[Cell, ...], Meta(min_length=1, max_length=40)],
        option("列", "Fields", "每行要填的字段", "What each row asks for"),
    ]
    min_rows: Annotated[
        Annotated[int, Meta(ge=0, le=1000)],
        option("最少行数", "Least rows", "少于它不能保存", "Fewer are refused"),
    ] = 0
    max_rows: Annotated[
        Annotated[int, Meta(ge=1, le=1000)],
        option("最多行数", "Greatest rows", "超过它不能保存", "More are refused"),
    ] = 200
    totals: Annotated[
        tuple[Id, ...],
        option("合计", "Totals", "在末行求和的列", "Columns that are added up below"),
    ] = ()
    row_label: Annotated[
        Label | None, option("行的名称", "A row is called", "如 物料", "As item")
    ] = None

    @cached_property
    def cells(self) -> Mapping[str, Field]:
        """The fields of a row by id."""
        return {cell.id: cell for cell in self.fields}

    def feel_type(self) -> Type:
        columns = {cell.id: cell.feel_type() for cell in self.fields}
        return list_of(context_of({"id": TEXT, **columns}))

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        if self.min_rows > self.max_rows:
            yield "min_rows", "field.range", Message("最小值不能大于最大值")
        for total in self.totals:
            cell = self.cells.get(total)
            if cell is None or cell.storage not in (Storage.DECIMAL, Storage.INTEGER):
                yield "totals", "field.totals", Message("“{id}”不是数字列，不能合计", id=total)
        if self.default is not None:
            yield "default", "field.default", Message("子表不能有默认值")

    def sums(self, value: Value) -> dict[str, Decimal | int]:
        """Return the total of each column that is added up, whole numbers as such."""
        rows: Any = value if isinstance(value, tuple) else ()
        sums: dict[str, Decimal | int] = {}
        for total in self.totals:
            column = [row[total] for row in rows if row.get(total) is not None]
            whole = self.cells[total].storage is Storage.INTEGER
            sums[total] = sum(column) if whole else sum(map(Decimal, column), Decimal(0))
        return sums

    def rows_complaint(self, count: int) -> Message | None:
        """Return the complaint about too few or too many rows."""
        if count < self.min_rows:
            return Message("最少 {least} 行", least=self.min_rows)
        if count > self.max_rows:
            return Message("最多 {most} 行", most=self.max_rows)
        return None

    def parse(self, text: str) -> Value:
        return self.read(json_in(text, 1_000_000)) if text.strip() else None

    def read(self, data: Any) -> Value:
        if data is None:
            return None
        if not isinstance(data, list | tuple):
            raise NotAcceptable(Message("应为列表"))
        complaint = counted(len(data), None, self.max_rows)
        if complaint:
            raise NotAcceptable(complaint)
        return tuple(self._row(place, row) for place, row in enumerate(data)) or None

    def write(self, value: Value) -> str:
        return msgspec.json.encode(self.data(value)).decode() if value else ""

    def data(self, value: Value) -> list[dict[str, Any]] | None:
        if not isinstance(value, tuple):
            return None
        return [self._row_data(row) for row in value if isinstance(row, Mapping)]

    def show(self, value: Value, locale: str = "zh") -> str:
        if not isinstance(value, tuple):
            return ""
        return f"{len(value)} 行" if locale == "zh" else f"{len(value)} rows"

    def _row(self, place: int, row: Any) -> dict[str, Any]:
        if not isinstance(row, dict):
            raise NotAcceptable(Message("第 {row} 行应为对象", row=place + 1))
        found: dict[str, Any] = {"id": sent_id(row.get("id"))}
        for name, data in row.items():
            if name == "id":
                continue
            cell = self.cells.get(name)
            if cell is None:
                message = "第 {row} 行没有“{name}”这一列，可有：{known}"
                known = list(self.cells)
                raise NotAcceptable(
                    Message(message, row=place + 1, name=str(name)[:40], known=known)
                )
            try:
                found[name] = cell.read(data)
            except NotAcceptable as refused:
                message = "第 {row} 行“{cell}”：{problem}"
                raise NotAcceptable(
                    Message(message, row=place + 1, cell=cell.label, problem=refused.message)
                ) from None
        return found

    def _row_data(self, row: Mapping[str, Any]) -> dict[str, Any]:
        read = {name: cell.data(row[name]) for name, cell in self.cells.items() if name in row}
        return {"id": row.get("id"), **read}

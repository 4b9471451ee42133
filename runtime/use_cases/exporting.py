"""What is an export of records, and which of it may a person ask for?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field
from engine.outcomes import Denied
from engine.wording import Message
from runtime.sheets.writing import Format
from runtime.store.query import Query
from runtime.use_cases.act import Door
from runtime.use_cases.list_records import Wanted, query_of
from runtime.use_cases.reach import Work
from runtime.use_cases.seen_fields import fields_of

KIND = "export_records"
BATCH = 1000
AT_ONCE = 100
"""Ids in one condition."""
USUAL = ("stage", "owner", "department", "created_at", "created_by", "updated_at")


class Export(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be written, and how."""

    app: str
    form: str
    wanted: Wanted
    """Which records in which order, as the list asks for them; its `columns` are the sheet's, None
    for everything that the person sees."""
    format: Format = "xlsx"
    lines: bool = False
    """The rows of sub-tables too, each on a sheet of its own."""
    locale: str = "zh"
    door: Door = "form"


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Export).decode


def among(wanted: Wanted, ids: Sequence[str]) -> Wanted:
    """Return the wish for only those of its records that have one of these ids; without ids, for
    all of them."""
    if not ids:
        return wanted
    parts = [ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE)]
    picked = {"any": [{"field": "id", "op": "in", "value": list(part)} for part in parts]}
    both = picked if wanted.filter is None else {"all": [wanted.filter, picked]}
    return replace(wanted, filter=both)


def left_export(export: Export) -> dict[str, str]:
    """Return the arguments of the job."""
    return {"app": export.app, "form": export.form, "export": _encode(export).decode()}


def read_export(arguments: Mapping[str, Any]) -> Export:
    """Read back what was left as the arguments of the job."""
    return _decode(arguments["export"])


def columns_of(work: Work) -> tuple[str, ...]:
    """Return every column that the person sees, in the order of the form."""
    form, hidden = work.form, work.sight.hidden
    usual = [name for name in USUAL if name != "stage" or form.pipelines]
    return (*fields_of(work), *(name for name in usual if name not in hidden))


def sub_tables(form: Form, sight: Sight) -> tuple[Field, ...]:
    """Return the sub-tables whose rows the person sees."""
    shut = sight.hidden | sight.masked
    return tuple(
        field for name, field in form.fields.items() if field.type == "lines" and name not in shut
    )


def refused(work: Work) -> Denied | None:
    """Return the no to somebody who may not take records out."""
    if work.sight.export and not work.sight.rows.none:
        return None
    return Denied(Message("您没有导出“{form}”的权限", form=work.form.definition.label))


def query_for(work: Work, export: Export) -> Query:
    """Return the one question of an export. Raises BadFilter."""
    columns = columns_wanted(work, export)
    more = [field.id for field in tables_wanted(work, export)]
    title = work.form.definition.title
    if more and title not in work.sight.hidden:
        more.append(title)
    wanted = replace(
        export.wanted, columns=tuple(dict.fromkeys((*columns, *more))), limit=1, total=False
    )
    return query_of(work, wanted)


def columns_wanted(work: Work, export: Export) -> tuple[str, ...]:
    """Return the columns of the sheet of records."""
    chosen = export.wanted.columns or columns_of(work)
    return ("id", *chosen) if tables_wanted(work, export) and "id" not in chosen else chosen


def tables_wanted(work: Work, export: Export) -> tuple[Field, ...]:
    """Return the sub-tables that get a sheet."""
    return sub_tables(work.form, work.sight) if export.lines and export.format == "xlsx" else ()

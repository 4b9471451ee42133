"""Which documents can be made of the records of a form, and what stands in them?"""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from engine.documents.catalog import AnyBlock
from engine.field import Feel, Id
from engine.wording import Label


class PageDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The paper, and what stands around each page."""

    size: Literal["a4", "a5", "a3", "us-letter"] = "a4"
    landscape: bool = False
    margin: Annotated[int, Meta(ge=5, le=50)] = 20
    """In millimetres, on all sides."""
    header: Label | None = None
    footer: Label | None = None
    numbers: bool = True
    """Pages are numbered."""


class DocumentDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One document of an app, a file of `documents/`."""

    document: Id
    label: Label
    form: Id
    """The form whose records it is made of."""
    roles: tuple[Id, ...] = ()
    """Who may make it; without any, all who see the record."""
    only_if: Feel | None = msgspec.field(default=None, name="if")
    """It can be made only while this holds for the record."""
    file_name: Label | None = None
    """What the file is called, as `Offer {number}`; its label and the record's title without."""
    language: Literal["zh", "en"] = "zh"
    page: PageDef = PageDef()
    logo: str | None = None
    """A PNG picture, as `data:image/png;base64,…`."""
    watermark: Label | None = None
    """A pale text across each page, as `{maker} {maker_no} {made_at}`."""
    blocks: Annotated[tuple[AnyBlock, ...], Meta(min_length=1, max_length=100)]
    """What stands in it, from top to bottom."""
    note: str | None = None

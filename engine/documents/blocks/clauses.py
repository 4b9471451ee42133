"""The `clauses` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.documents.block import Block
from engine.documents.pieces import Clause, Clauses, Piece
from engine.documents.reader import Reader
from engine.field import Id
from engine.filter import Where


class ClausesBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="clauses"):
    """Texts of another form's records, word for word and always the latest."""

    title: ClassVar = {"zh": "条款", "en": "Clauses"}
    about: ClassVar = {
        "zh": "从条款库取最新有效的文字，一字不改。",
        "en": "Takes the latest texts of a library over, word for word.",
    }
    titles: ClassVar = {
        "form": ("条款库", "Library", "条款保存在哪张表单", "The form that holds the texts"),
        "where": ("取哪些", "Which", "如只取生效中的", "As only those in force"),
        "heading": ("标题字段", "Heading field"),
        "text": ("正文字段", "Text field"),
        "version": ("版本字段", "Version field", "印在标题后面", "Printed beside the heading"),
        "per": ("同一条款", "One of each", "这个字段相同时只取最新的", "Of equals here the newest"),
        "newest": ("新旧按", "Newest by", "日期或编号字段", "A date or a number"),
        "sort": ("排序", "Sort", "前面加减号为倒序", "A leading minus sorts downwards"),
    }
    icon: ClassVar = "gavel"

    form: Id
    where: Where = ()
    """Which of its records: those that are in force."""
    heading: Id
    text: Id
    version: Id | None = None
    per: Id | None = None
    """Of records that are equal here only the newest is taken."""
    newest: str = "updated_at"
    """What tells which one is newer."""
    sort: Annotated[tuple[str, ...], Meta(min_length=1)] = ("created_at",)
    """Field ids; a leading minus sorts downwards."""

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        found = reader.clauses(self)
        yield Clauses(tuple(Clause(one["title"], one["text"], one["version"]) for one in found))

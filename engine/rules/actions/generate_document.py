"""The `generate_document` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.field import Id
from engine.rules.action import Action
from engine.rules.consequence import Consequence
from engine.wording import Message


class GenerateDocument(
    Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="generate_document"
):
    """Make a document of the record and put it there."""

    title: ClassVar = {"zh": "生成文档", "en": "Generate a document"}
    about: ClassVar = {
        "zh": "用记录生成 PDF，放进文件字段、凭证或动态。",
        "en": "Makes a PDF of the record and puts it into a field, evidence or the timeline.",
    }
    titles: ClassVar = {
        "document": ("哪个文档", "Document"),
        "into": ("放进文件字段", "Into the field", "不填就放在动态里", "The timeline without it"),
        "evidence": ("作为凭证", "As evidence", "阶段关卡要求的材料", "What a gate asks for"),
    }

    document: Id
    into: Id | None = None
    """The file field that it is added to; when that is full, the oldest goes."""
    evidence: Id | None = None
    """The item of a gate that it is handed in for."""

    def brings_about(self, form: str) -> Iterator[Consequence]:
        if self.into is not None:
            yield Consequence("changed", form, self.into)

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if self.into is not None and self.evidence is not None:
            yield "evidence", Message("文档只能放一处：字段或凭证，选一个")

"""The `file` field type."""

from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import option
from engine.record import StoredFile, Value
from engine.typed.file_kinds import counted, refusal
from engine.typed.ids import some_ids
from engine.typed.several import Several
from engine.wording import Message

Ending = Annotated[str, Meta(pattern="^[a-z0-9]{1,10}$")]


class File(Several, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="file"):
    """Files of any type."""

    widget: ClassVar = "file"
    group: ClassVar = "media"
    title: ClassVar = {"zh": "附件", "en": "Files"}
    about: ClassVar = {"zh": "一个或多个文件。", "en": "One file or several."}

    types: Annotated[
        tuple[Ending, ...],
        option("文件类型", "Types", "如 pdf、docx；不填则不限", "As pdf, docx; any without them"),
    ] = ()
    max_files: Annotated[
        Annotated[int, Meta(ge=1, le=50)],
        option("最多几个", "At most", "更多不能保存", "More are refused"),
    ] = 10
    megabytes: Annotated[
        Annotated[int, Meta(ge=1, le=200)],
        option("每个最大（MB）", "Greatest size in MB", "更大的不接受", "Larger ones are refused"),
    ] = 20

    def parse_all(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        return some_ids(tuple(text for text in texts if text), self.max_files)

    def show(self, value: Value, locale: str = "zh") -> str:
        return counted(len(value), locale) if isinstance(value, tuple) else ""

    def refusal_of(self, file: StoredFile) -> Message | None:
        return refusal(file, self.types, self.megabytes)

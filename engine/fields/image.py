"""The `image` field type."""

from typing import Annotated, ClassVar, Literal

from msgspec import Meta

from engine.field import option
from engine.record import StoredFile, Value
from engine.typed.file_kinds import IMAGES, counted, refusal
from engine.typed.ids import some_ids
from engine.typed.several import Several
from engine.wording import Message


class Image(Several, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="image"):
    """Pictures, chosen or taken with the camera."""

    widget: ClassVar = "image"
    group: ClassVar = "media"
    title: ClassVar = {"zh": "图片", "en": "Images"}
    about: ClassVar = {
        "zh": "上传或拍摄的照片，显示缩略图。",
        "en": "Pictures that are uploaded or taken, shown small.",
    }

    types: Annotated[
        tuple[Literal["jpg", "png", "webp", "gif", "heic", "bmp", "tif"], ...],
        option("图片类型", "Types", "不填则常见类型都可", "All common ones without any"),
    ] = ()
    max_files: Annotated[
        Annotated[int, Meta(ge=1, le=50)],
        option("最多几张", "At most", "更多不能保存", "More are refused"),
    ] = 9
    megabytes: Annotated[
        Annotated[int, Meta(ge=1, le=50)],
        option("每张最大（MB）", "Greatest size in MB", "更大的不接受", "Larger ones are refused"),
    ] = 20
    camera_only: Annotated[
        bool, option("仅拍摄", "Camera only", "手机上直接打开相机", "Phones open the camera")
    ] = False

    def parse_all(self, texts: tuple[str, ...]) -> tuple[str, ...] | None:
        return some_ids(tuple(text for text in texts if text), self.max_files)

    def show(self, value: Value, locale: str = "zh") -> str:
        return counted(len(value), locale) if isinstance(value, tuple) else ""

    def refusal_of(self, file: StoredFile) -> Message | None:
        return refusal(file, self.types or IMAGES, self.megabytes)

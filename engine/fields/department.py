"""The `department` field type."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from engine.expressions.env import Env
from engine.expressions.feel_types import Type, reference
from engine.field import Field, Storage, option
from engine.record import Value
from engine.typed.ids import one_id, sent_id
from engine.wording import Message


class Department(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="department"):
    """A department of the organisation."""

    storage: ClassVar = Storage.LINK
    widget: ClassVar = "department"
    group: ClassVar = "people"
    title: ClassVar = {"zh": "部门", "en": "Department"}
    about: ClassVar = {"zh": "组织里的一个部门。", "en": "A department of the organisation."}

    within: Annotated[
        Literal["all", "tree"],
        option(
            "可选范围",
            "Within",
            "全部，或本部门及下级部门",
            "All, or the own department and those below it",
        ),
    ] = "all"

    @property
    def contextual(self) -> bool:
        return self.within != "all"

    def feel_type(self) -> Type:
        return reference("department")

    def parse(self, text: str) -> str | None:
        return one_id(text)

    def read(self, data: Any) -> str | None:
        return sent_id(data)

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        below = env.user.get("departments")
        if value in (None, before) or (isinstance(below, tuple | list) and value in below):
            return None
        return Message("只能选本部门或下级部门")

"""The `person` field type."""

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from engine.expressions.env import Env
from engine.expressions.feel_types import Type, reference
from engine.field import Field, Storage, option
from engine.record import Value
from engine.typed.ids import one_id, sent_id
from engine.wording import Message


class Person(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="person"):
    """Somebody who signs in here."""

    storage: ClassVar = Storage.LINK
    widget: ClassVar = "person"
    group: ClassVar = "people"
    title: ClassVar = {"zh": "人员", "en": "Person"}
    about: ClassVar = {"zh": "系统里的一位同事。", "en": "A colleague who signs in here."}

    within: Annotated[
        Literal["all", "department", "tree"],
        option(
            "可选范围",
            "Within",
            "全部、本部门，或本部门及下级部门",
            "Everybody, the own department, or it and all below it",
        ),
    ] = "all"

    @property
    def contextual(self) -> bool:
        return self.within != "all"

    def feel_type(self) -> Type:
        return reference("person")

    def follows(self) -> tuple[str, ...]:
        return ("department",) if self.within != "all" else ()

    def parse(self, text: str) -> str | None:
        return one_id(text)

    def read(self, data: Any) -> str | None:
        return sent_id(data)

    def objection(
        self, value: Value, row: Mapping[str, Any], env: Env, before: Value
    ) -> Message | None:
        if value is None or value == before:
            return None
        person = row.get(f"{self.id}.") or {}
        own, below = env.user.get("department"), env.user.get("departments")
        allowed = (own,) if self.within == "department" else below
        known = isinstance(allowed, tuple | list) and person.get("department") in allowed
        return None if known else Message("只能选本部门的人员")

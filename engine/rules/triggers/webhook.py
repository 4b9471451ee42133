"""The `webhook` trigger."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from engine.field import Feel, Id
from engine.rules.happened import Happened
from engine.rules.trigger import Trigger
from engine.typed.exchanged import Kind
from engine.wording import Message


class CalledIn(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="webhook"):
    """Another program tells something, at an address of the rule's own."""

    title: ClassVar = {"zh": "收到外部消息", "en": "Webhook"}
    about: ClassVar = {
        "zh": "另一个程序把消息发到这条规则的地址时触发，签名和时间都要对；同一条消息只算一次。",
        "en": "Goes off when another program posts to its address, signed and lately; once each.",
    }
    titles: ClassVar = {
        "takes": ("消息里有哪些值", "Takes", "规则里写作 body.名称", "Read as body.name"),
        "required": ("必须有", "Required"),
        "find": (
            "找哪条记录", "Finds",
            "字段等于消息里的值；不设就没有对应的记录", "By a field that equals a value; else none",
        ),
    }  # fmt: skip
    replays: ClassVar = False

    takes: Annotated[dict[Id, Kind], Meta(min_length=1, max_length=50)]
    """By name, of which type each value is; whatever else comes is not looked at."""
    required: tuple[Id, ...] = ()
    """What has to be there."""
    find: Annotated[dict[Id, Feel], Meta(max_length=3)] = {}
    """By field of the form, an expression over `body`: the one record for which all agree."""

    @property
    def of_a_record(self) -> bool:
        return bool(self.find)

    def hears(self, happened: Happened) -> bool:
        return happened.kind == "webhook"

    def mistakes(self) -> Iterator[tuple[str, Message]]:
        if any(name not in self.takes for name in self.required):
            yield "required", Message("required 里的每个名称都要写在 takes 里")

"""The `call_connector` action."""

from collections.abc import Iterator
from typing import ClassVar

from engine.field import Feel, Id
from engine.rules.action import Action
from engine.rules.consequence import Consequence


class CallConnector(
    Action, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="call_connector"
):
    """Ask another system for something, and put what it answers into the record."""

    title: ClassVar = {"zh": "调用连接器", "en": "Call connector"}
    about: ClassVar = {
        "zh": "请另一个系统办一件事，收到回答后按表达式填写本记录，校验照常。",
        "en": "Asks another system; when it answers, puts what it said into the record.",
    }
    titles: ClassVar = {
        "connector": ("哪个系统", "Connector"),
        "operation": ("办什么事", "Operation"),
        "send": ("发送哪些值", "Sends"),
        "set": ("收到回答后填写", "Sets", "回答写作 answer.名称", "The answer is answer.name"),
    }

    connector: Id
    operation: Id
    send: dict[Id, Feel] = {}
    """By input of the operation, an expression over the record."""
    set: dict[Id, Feel] = {}
    """By field, an expression over the record and `answer`."""

    def brings_about(self, form: str) -> Iterator[Consequence]:
        yield from (Consequence("changed", form, id_) for id_ in self.set)

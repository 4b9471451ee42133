"""The `email` field type."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.typed.text import as_text, cut, narrow
from engine.wording import Message

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")


class Email(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="email"):
    """An electronic mail address."""

    widget: ClassVar = "email"
    group: ClassVar = "people"
    title: ClassVar = {"zh": "邮箱", "en": "Email"}
    about: ClassVar = {"zh": "电子邮件地址。", "en": "An electronic mail address."}
    searchable: ClassVar = True

    domains: Annotated[
        tuple[str, ...],
        option("限定域名", "Domains", "只接受这些域名，如 example.com", "Only these are taken"),
    ] = ()

    def feel_type(self) -> Type:
        return TEXT

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        for domain in self.domains:
            if not _DOMAIN.fullmatch(domain):
                yield "domains", "field.domain", Message("“{text}”不是域名", text=domain)
                return
        yield from super().mistakes()

    def parse(self, text: str) -> str | None:
        typed = narrow(text, 254)
        if not typed:
            return None
        local, _, domain = typed.rpartition("@")
        domain = domain.lower()
        if not (len(local) <= 64 and _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
            message = "“{text}”不是邮箱地址，请填如 name@example.com"
            raise NotAcceptable(Message(message, text=cut(text)))
        if self.domains and domain not in self.domains:
            domains = list(self.domains)
            raise NotAcceptable(Message("只接受这些域名的邮箱：{domains}", domains=domains))
        return f"{local}@{domain}"

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))

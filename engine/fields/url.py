"""The `url` field type."""

import re
from collections.abc import Iterator
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit

from engine.expressions.feel_types import TEXT, Type
from engine.field import Field, NotAcceptable, option
from engine.record import Value
from engine.typed.text import as_text, cut, tidy
from engine.wording import Message

_HOST = re.compile(r"(?:[\w](?:[\w-]{0,61}[\w])?\.)*[\w](?:[\w-]{0,61}[\w])?|\[[0-9a-fA-F:.]+\]")
_FORBIDDEN = re.compile(r"[\s<>\"\\^`{|}\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_NAME = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


class Url(Field, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="url"):
    """The address of a web page."""

    widget: ClassVar = "url"
    title: ClassVar = {"zh": "网址", "en": "Link"}
    about: ClassVar = {"zh": "网页地址，点开即达。", "en": "The address of a web page."}
    searchable: ClassVar = True

    https_only: Annotated[
        bool, option("仅 https", "https only", "不接受 http 网址", "http is refused")
    ] = False
    domains: Annotated[
        tuple[str, ...],
        option("限定域名", "Domains", "只接受这些域名及其子域名", "These and those below them"),
    ] = ()

    def feel_type(self) -> Type:
        return TEXT

    def mistakes(self) -> Iterator[tuple[str, str, Message]]:
        for domain in self.domains:
            if not _NAME.fullmatch(domain):
                yield "domains", "field.domain", Message("“{text}”不是域名", text=domain)
                return
        yield from super().mistakes()

    def parse(self, text: str) -> str | None:
        typed = tidy(text, 2000)
        if not typed:
            return None
        if "://" not in typed and not typed.lower().startswith(("javascript:", "data:")):
            typed = f"https://{typed}"
        host = self._host(typed, text)
        if self.domains and not any(
            host == domain or host.endswith(f".{domain}") for domain in self.domains
        ):
            message = Message("只接受这些域名的网址：{domains}", domains=list(self.domains))
            raise NotAcceptable(message)
        return typed

    def read(self, data: Any) -> str | None:
        return None if data is None else self.parse(as_text(data))

    def show(self, value: Value, locale: str = "zh") -> str:
        shown = str(value or "")
        return shown.removeprefix("https://").removeprefix("http://").removesuffix("/")

    def _host(self, typed: str, text: str) -> str:
        try:
            parts = urlsplit(typed)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            raise NotAcceptable(_refused(text)) from None
        if _FORBIDDEN.search(typed) or parts.username is not None or not _is_host(parts.netloc):
            raise NotAcceptable(_refused(text))
        if parts.scheme not in ("http", "https"):
            raise NotAcceptable(_refused(text))
        if self.https_only and parts.scheme != "https":
            raise NotAcceptable(Message("只接受 https:// 开头的网址"))
        return host


def _is_host(netloc: str) -> bool:
    host, _, port = netloc.rpartition(":") if not netloc.endswith("]") else (netloc, "", "")
    if not port.isdigit():
        host = netloc
    return len(host) <= 253 and bool(_HOST.fullmatch(host))


def _refused(text: str) -> Message:
    return Message("“{text}”不是网址，请填如 https://www.example.com", text=cut(text))

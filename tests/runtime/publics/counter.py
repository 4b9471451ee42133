"""The desk with a page where people outside report something, and links to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.app import Public
from engine.forms.submission import read_typed
from engine.record import Record
from runtime.store.public_links import PublicLink
from runtime.use_cases.publics.links import Wish, make_links
from runtime.use_cases.publics.opening import Opened, open_public, token_of
from runtime.use_cases.publics.sending import Sending, Sent, send_in
from tests.desk import FILES, SITE, TICKET, Desk, open_desk

REPORT = """
public: report
label: {zh: 扫码报修, en: Report a fault}
form: ticket
intro: {zh: 写一句就好, en: One line will do}
thanks: {zh: 马上有人来, en: Somebody is coming}
fields:
  - {field: name, help: {zh: 什么坏了, en: What is broken}}
  - {field: phone}
  - {field: due}
  - {field: cause}
consent: {zh: 我同意记录以上内容, en: I agree to this being kept}
consent_field: agreed
per: site
set: {cost: if site.name = "东站" then 10 else 20}
owner: site.owner
limits: {per_hour: 3, per_day: 4}
days: 30
"""
DETAIL = """
public: detail
label: {zh: 拍照报修, en: Report with a photo}
form: ticket
fields:
  - {field: name}
  - {field: photos, help: {zh: 拍清楚坏在哪里, en: Show what is broken}}
  - {field: parts, cells: [part, quantity, label]}
  - {field: sign}
consent: 我同意记录以上内容和照片
limits: {per_hour: 3}
"""
OPEN_TICKET = (
    TICKET.replace(
        "{id: phone, type: phone, label: {zh: 电话, en: Phone}}",
        "{id: phone, type: phone, label: {zh: 电话, en: Phone},"
        " unique: {within: [site], message: {zh: 来过了, en: Was here}}}\n"
        "      - {id: agreed, type: yes_no, label: {zh: 同意, en: Agreed}}\n"
        "      - {id: photos, type: image, label: {zh: 照片, en: Photos}, max_files: 3}\n"
        "      - {id: sign, type: signature, label: {zh: 签名, en: Signature}}",
    )
    .replace(
        "          - {id: quantity, type: integer, label: {zh: 数量, en: Quantity}}",
        "          - {id: quantity, type: integer, label: {zh: 数量, en: Quantity}}\n"
        "          - {id: label, type: image, label: {zh: 铭牌, en: Label}, max_files: 1}\n"
        "          - {id: keeper, type: person, label: {zh: 保管人, en: Keeper}}\n"
        "          - {id: shelf, type: text, label: {zh: 货架, en: Shelf}, default: A1}",
    )
    .replace(
        "{id: cause, type: text, label: {zh: 原因, en: Cause}}",
        "{id: cause, type: text, label: {zh: 原因, en: Cause}, visible: phone != null}",
    )
    .replace("    import: true\n  auditor", "    import: true\n    links: true\n  auditor")
)
HEARD = """
rule: heard
label: {zh: 收到报修, en: Heard}
form: ticket
on: {type: created}
if: agreed
do:
  - {type: set_fields, set: {begun: today()}}
"""
COUNTER_FILES: Mapping[str, bytes] = {
    **FILES,
    "forms/site.yaml": SITE.encode(),
    "forms/ticket.yaml": OPEN_TICKET.encode(),
    "public/report.yaml": REPORT.encode(),
    "public/detail.yaml": DETAIL.encode(),
    "rules/heard.yaml": HEARD.encode(),
}


@dataclass(frozen=True)
class Counter:
    """The desk, and what is done at its page for people outside."""

    desk: Desk

    @property
    def public(self) -> Public:
        return self.desk.services.apps["desk"].publics["report"]

    def site(self, name: str = "东站") -> Record:
        return self.desk.made("site", "ann", name=name)

    def links(self, login: str = "chief_north", **wish: Any) -> tuple[PublicLink, ...]:
        made = make_links(self.desk.services, self.desk.act(login), self.public, Wish(**wish))
        assert isinstance(made, tuple), made
        return made

    def link(self, site: Record | None = None) -> PublicLink:
        return self.links(record=(site or self.site()).id)[0]

    def detail(self) -> PublicLink:
        """A link to the page that asks for photos and parts."""
        public = self.desk.services.apps["desk"].publics["detail"]
        made = make_links(
            self.desk.services, self.desk.act("chief_north"), public, Wish(label="门")
        )
        assert isinstance(made, tuple), made
        return made[0]

    def token(self, link: PublicLink) -> str:
        return token_of(self.desk.services, link.id)

    def opened(self, link: PublicLink) -> Opened:
        opened = open_public(self.desk.services, self.token(link))
        assert isinstance(opened, Opened), opened
        return opened

    def send(
        self, link: PublicLink, *, agreed: bool = True, key: str | None = None, **typed: str
    ) -> Sent:
        opened = self.opened(link)
        given = read_typed(opened.form, {name: [text] for name, text in typed.items()})
        sending = Sending(given=given, agreed=agreed, key=key)
        return send_in(self.desk.services, opened, sending)

    def kept(self, link: PublicLink) -> PublicLink:
        with self.desk.services.store.reading() as unit:
            found = unit.public_links.one(link.id)
        assert found is not None
        return found


@contextmanager
def open_counter(folder: Path, database_url: str | None = None) -> Iterator[Counter]:
    with open_desk(folder, database_url, COUNTER_FILES) as desk:
        yield Counter(desk)

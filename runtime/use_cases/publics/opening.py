"""What lies behind a link for people outside, and as whom do they come?"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from engine.app import Form, Public
from engine.outcomes import Missing
from engine.record import Actor, Entrusted, Outside
from runtime.services import Services
from runtime.store import Unit
from runtime.store.public_links import PublicLink
from runtime.use_cases.act import Act
from runtime.use_cases.name_values import target_of

BYTES = 32


@dataclass(frozen=True, kw_only=True)
class Opened:
    """A page that somebody outside may fill in now."""

    link: PublicLink
    public: Public
    form: Form
    visitor: str | None = None
    """Whose visit it is, as far as the page said so."""

    def act(self, locale: str = "zh", key: str | None = None) -> Act:
        """Return what they do, as nobody of the workspace."""
        outside = Outside(
            app=self.form.app,
            form=self.form.id,
            asked=frozenset(self.public.asked),
            visitor=self.visitor,
        )
        actor = Actor(
            id=self.link.actor,
            name=self.link.label,
            locale=locale,
            entrusted=self._known(),
            outside=outside,
        )
        return Act(actor=actor, door="public", key=key)

    def _known(self) -> Mapping[tuple[str, str], Entrusted]:
        if self.link.record is None or self.public.definition.per is None:
            return {}
        place = target_of(self.form, self.form.fields[self.public.definition.per])
        return {place: Entrusted(ids=frozenset({self.link.record}))}

    @property
    def given(self) -> Mapping[str, Any]:
        """What the link itself fills in."""
        per = self.public.definition.per
        return {per: self.link.record} if per else {}


def token_of(services: Services, id_: str) -> str:
    """Return the token of a link. It follows from the key of the workspace, so that a code can be
    printed again though the token is kept nowhere."""
    info = f"public link {id_}".encode()
    derive = HKDF(algorithm=SHA256(), length=BYTES, salt=None, info=info)
    made = derive.derive(services.settings.secret_key.encode())
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()


def key_of(token: str) -> str:
    """Return under which key a link is kept."""
    return sha256(token.encode()).hexdigest()


def open_public(services: Services, token: str) -> Opened | Missing | None:
    """Return what a link opens; nothing changes by it. Missing: no such link was ever made,
    somebody may be guessing. None: there was one, which opens nothing now."""
    with services.store.reading() as unit:
        return opened_in(services, unit, key_of(token))


def opened_in(services: Services, unit: Unit, key: str) -> Opened | Missing | None:
    """Do the same inside a transaction that is open already."""
    link = unit.public_links.by_key(key)
    if link is None:
        return Missing()
    app = services.app(link.app)
    public = app.publics.get(link.public) if app else None
    if app is None or public is None or not link.alive(services.now()):
        return None
    opened = Opened(link=link, public=public, form=app.forms[public.form])
    return opened if _has_its_place(services, unit, opened) else None


def _has_its_place(services: Services, unit: Unit, opened: Opened) -> bool:
    per = opened.public.definition.per
    if per is None:
        return True
    app, name = target_of(opened.form, opened.form.fields[per])
    form = services.form(app, name)
    if form is None or opened.link.record is None:
        return False
    return unit.records.one(form, opened.link.record) is not None

"""Does what the manifest names exist?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.definition.app import AppDef
from engine.definition.page import Card
from engine.loading.build import Built
from engine.loading.link_filters import filter_problems
from engine.loading.link_pages import number_field_problems, sort_problems
from engine.loading.links import all_missing, filed, missing, repeated
from engine.loading.nouns import APP_CARD, FORM, LEDGER, MENU_GROUP, ROLE
from engine.loading.outline import Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

MAX_FORMS = 200

_RANGE = re.compile(r"(>=|==|~=)?\d+(\.\d+){0,2}(,<\d+(\.\d+){0,2})?")


def app_problems(names: Outlines, built: Built) -> Iterator[Problem]:
    """Yield what is wrong with the manifest and with the set of forms."""
    app, spot = names.app, names.spot
    yield from _form_files(built)
    roles = [(role.id, spot / "roles" / at / "id") for at, role in enumerate(app.roles)]
    yield from repeated(ROLE, roles)
    yield from _requirements(app, spot)
    for part in built.type:
        yield from _origin(app, part.definition.taken_from, part.spot / "taken_from")
    yield from _menu(names)
    yield from _ledgers(names)
    for at, card in enumerate(app.home):
        yield from _card(names, card, spot / "home" / at)
    cards = [(card.id, spot / "home" / at / "id") for at, card in enumerate(app.home)]
    yield from repeated(APP_CARD, cards)


def _form_files(built: Built) -> Iterator[Problem]:
    named = [(part.definition.form, part.spot / "form") for part in built.form]
    yield from filed(FORM, "forms", named)
    if len(named) > MAX_FORMS:
        message = Message("表单太多，一个应用最多 {limit} 个", limit=MAX_FORMS)
        yield named[MAX_FORMS][1].problem("limit.forms", message)


def _requirements(app: AppDef, spot: Spot) -> Iterator[Problem]:
    for name, wanted in app.requires.items():
        if not _RANGE.fullmatch(wanted.replace(" ", "")):
            message = Message("“{range}”不是版本范围，应如 >=1.0 或 >=1.0,<2", range=wanted)
            yield (spot / "requires" / name).problem("app.range", message)
    for name in {app.app} & set(app.requires):
        message = Message("应用不能依赖自己")
        yield (spot / "requires" / name).key_problem("app.requires", message)


def _origin(app: AppDef, origin: str | None, spot: Spot) -> Iterator[Problem]:
    if origin is not None and origin not in app.requires:
        yield spot.problem("link.app", Message("应用“{app}”不在 requires 里", app=origin))


def _menu(names: Outlines) -> Iterator[Problem]:
    groups = []
    for at, group in enumerate(names.app.menu):
        spot = names.spot / "menu" / at
        yield from all_missing(spot / "forms", FORM, group.forms, names.forms, "form")
        yield from all_missing(spot / "roles", ROLE, group.roles, names.roles, "role")
        groups.append((group.id or group.forms[0], spot / "id" if group.id else spot))
    yield from repeated(MENU_GROUP, groups)


def _ledgers(names: Outlines) -> Iterator[Problem]:
    spot = names.spot / "ledgers"
    for at, ledger in enumerate(names.app.ledgers):
        here = spot / at / "ranking"
        yield from all_missing(here, ROLE, ledger.ranking, names.roles, "role")
    ids = [(ledger.id, spot / at / "id") for at, ledger in enumerate(names.app.ledgers)]
    yield from repeated(LEDGER, ids)


def _card(names: Outlines, card: Card, spot: Spot) -> Iterator[Problem]:
    yield from missing(spot / "form", FORM, card.form, names.forms, "form")
    yield from all_missing(spot / "roles", ROLE, card.roles, names.roles, "role")
    form = names.of(card.form)
    if form is None:
        return
    yield from filter_problems(names, form, card.where, spot / "where")
    yield from sort_problems(names, form, card.sort, spot / "sort")
    if card.show == "sum" and card.of is None:
        yield spot.problem("shape.missing", Message("缺少“{key}”", key="of"))
    if card.show != "sum" and card.of is not None:
        message = Message("只有 show: sum 才用得到“of”")
        yield (spot / "of").key_problem("app.unused", message)
    elif card.of is not None:
        yield from number_field_problems(form, card.of, spot / "of")

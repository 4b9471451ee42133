"""Do grants speak of roles and fields that there are?"""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition.access import GrantDef
from engine.loading.links import all_missing, all_missing_keys
from engine.loading.nouns import FIELD, ROLE
from engine.loading.outline import LISTED_SYSTEM_FIELDS, Outline, Outlines
from engine.loading.source import Spot
from engine.problems import Problem
from engine.wording import Message

HIDEABLE = tuple(name for name in LISTED_SYSTEM_FIELDS if name not in ("id", "stage", "pipeline"))
"""System fields that a role can be kept from seeing."""


def access_problems(names: Outlines, form: Outline) -> Iterator[Problem]:
    """Yield what is wrong with the grants of a form."""
    access, spot = form.definition.access, form.spot / "access"
    yield from all_missing_keys(spot, ROLE, access, names.roles, "role")
    for role, grant in access.items():
        yield from _grant_problems(form, grant, spot / role)


def _grant_problems(form: Outline, grant: GrantDef, spot: Spot) -> Iterator[Problem]:
    own = tuple(form.fields)
    yield from all_missing(spot / "hide", FIELD, grant.hide, (*own, *HIDEABLE), "field")
    yield from all_missing(spot / "readonly", FIELD, grant.readonly, own, "field")
    yield from all_missing(spot / "mask", FIELD, grant.mask, own, "field")
    for at, id_ in enumerate(grant.hide):
        if id_ == form.definition.title:
            message = Message("标题字段“{field}”不能隐藏，请改用 mask", field=id_)
            yield (spot / "hide" / at).problem("access.title", message)
        if id_ in grant.mask or id_ in grant.readonly:
            message = Message("“{field}”已隐藏，不必再写在 mask 或 readonly 里", field=id_)
            yield (spot / "hide" / at).problem("access.twice", message)
    if grant.rows == "none":
        for key in ("edit", "delete", "advance", "transfer"):
            if getattr(grant, key) is True:
                message = Message("看不到任何记录，“{key}: true”不起作用；请写 rows", key=key)
                yield (spot / key).problem("access.no_rows", message)

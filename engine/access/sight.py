"""What may this person see and do with the records of a form?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.app import Form
from engine.definition.access import GrantDef
from engine.expressions import Compiled, Env
from engine.record import Actor, Outside

KEYWORDS = ("own", "department", "tree", "all")


@dataclass(frozen=True, kw_only=True)
class RowScope:
    """A set of records: the union of what is named. Nothing named is nothing."""

    all: bool = False
    own: bool = False
    department: bool = False
    tree: bool = False
    expressions: tuple[Compiled, ...] = ()
    ids: frozenset[str] = frozenset()
    """Single records, such as those that a person has a task about."""

    @property
    def none(self) -> bool:
        """True if no record can be in it."""
        named = self.all or self.own or self.department or self.tree
        return not (named or self.expressions or self.ids)


EVERYTHING = RowScope(all=True)
NOTHING = RowScope()


@dataclass(frozen=True, kw_only=True)
class Sight:
    """All rights of one person on one form, put together from the person's roles."""

    rows: RowScope = NOTHING
    edit: RowScope = NOTHING
    delete: RowScope = NOTHING
    advance: RowScope = NOTHING
    transfer: RowScope = NOTHING
    create: bool = False
    export: bool = False
    bring_in: bool = False
    """To import."""
    comment: bool = False
    links: bool = False
    """To let people outside fill the form in."""
    hidden: frozenset[str] = frozenset()
    masked: frozenset[str] = frozenset()
    readonly: frozenset[str] = frozenset()
    roles: frozenset[str] = field(default_factory=frozenset)


SEES_ALL = Sight(
    rows=EVERYTHING,
    edit=EVERYTHING,
    delete=EVERYTHING,
    advance=EVERYTHING,
    transfer=EVERYTHING,
    create=True,
    export=True,
    bring_in=True,
    comment=True,
    links=True,
)
"""For what the system itself does, and for administrators."""


def sight_of(form: Form, actor: Actor) -> Sight:
    """Put the grants of the actor's roles together, and add the records that the actor has a task
    about, to be seen only. Rows and rights add up; a field is hidden, masked or read-only only if
    it is so in every role that sees records at all."""
    if actor.outside is not None:
        return _of_outsider(form, actor, actor.outside)
    if actor.admin:
        return SEES_ALL
    return _with_entrusted(_by_roles(form, actor), form, actor)


def _of_outsider(form: Form, actor: Actor, outside: Outside) -> Sight:
    """Nothing but to fill in what the link asks; of other forms the link's own record is known
    to be there, with nothing of what stands in it."""
    if (form.app, form.id) == (outside.app, outside.form):
        closed = frozenset(form.fields) - outside.asked
        return Sight(create=True, hidden=closed)
    known = actor.entrusted.get((form.app, form.id))
    ids = known.ids if known is not None else frozenset()
    return Sight(rows=RowScope(ids=ids), hidden=frozenset(form.fields))


def _with_entrusted(sight: Sight, form: Form, actor: Actor) -> Sight:
    entrusted = actor.entrusted.get((form.app, form.id))
    if entrusted is None or sight.rows.all:
        return sight
    return replace(
        sight,
        rows=replace(sight.rows, ids=entrusted.ids),
        comment=sight.comment or not sight.roles,
        # Rights on fields are those of a form: what one task hides is hidden while it is open.
        hidden=sight.hidden | entrusted.hidden,
        masked=sight.masked - entrusted.hidden,
    )


def _by_roles(form: Form, actor: Actor) -> Sight:
    grants = {
        role: form.definition.access[role]
        for role in sorted(actor.roles_in(form.app))
        if role in form.definition.access
    }
    if not grants:
        return Sight()
    seeing = [grant for grant in grants.values() if grant.rows != "none"] or list(grants.values())
    hidden = _in_every(grant.hide for grant in seeing)
    return Sight(
        rows=scope_of(form, grants, "rows"),
        edit=scope_of(form, grants, "edit"),
        delete=scope_of(form, grants, "delete"),
        advance=scope_of(form, grants, "advance"),
        transfer=scope_of(form, grants, "transfer"),
        create=any(grant.create for grant in grants.values()),
        export=any(grant.export for grant in grants.values()),
        bring_in=any(grant.bring_in for grant in grants.values()),
        comment=any(grant.comment for grant in grants.values()),
        links=any(grant.links for grant in grants.values()),
        hidden=hidden,
        masked=_in_every((*grant.mask, *grant.hide) for grant in seeing) - hidden,
        readonly=_in_every((*grant.readonly, *grant.hide, *grant.mask) for grant in seeing),
        roles=frozenset(grants),
    )


def covers(scope: RowScope, row: Mapping[str, Any], actor: Actor, env: Env) -> bool:
    """Tell whether one record, as expressions see it, is in the set."""
    if scope.all:
        return True
    if (scope.own and row["owner"] == actor.id) or row.get("id") in scope.ids:
        return True
    department = row["department"]
    if department is not None:
        if scope.department and department == actor.department:
            return True
        if scope.tree and department in actor.departments:
            return True
    return any(expression.holds(row, env) for expression in scope.expressions)


def _in_every(lists: Iterable[Iterable[str]]) -> frozenset[str]:
    sets = [frozenset(names) for names in lists]
    return frozenset.intersection(*sets) if sets else frozenset()


def scope_of(form: Form, grants: Mapping[str, GrantDef], right: str) -> RowScope:
    """Return the records that grants, by role, cover with one right, such as `edit`."""
    named: set[str] = set()
    expressions: list[Compiled] = []
    for role, grant in grants.items():
        wanted = getattr(grant, right)
        if wanted is True:
            right_of_rows = f"{role}/rows"
            wanted = grant.rows
        else:
            right_of_rows = f"{role}/{right}"
        if wanted in KEYWORDS:
            named.add(wanted)
        elif right_of_rows in form.logic.grants:
            expressions.append(form.logic.grants[right_of_rows])
    return RowScope(
        all="all" in named,
        own="own" in named,
        department="department" in named,
        tree="tree" in named,
        expressions=tuple(expressions),
    )

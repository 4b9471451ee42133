"""What does a new version of an app take from those who use the old one?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from engine.app import App, Form
from engine.field import Field
from engine.packages.members import removed_members
from engine.packages.scopes import grown, needs_consent, scopes_of
from engine.wording import Message

WIDER = frozenset({
    ("text", "long_text"), ("text", "rich_text"), ("long_text", "rich_text"), ("integer", "number"),
    ("select", "multi_select"), ("date", "datetime"), ("reference", "reference_list"),
    ("email", "text"), ("phone", "text"), ("url", "text"), ("barcode", "text"),
    ("select", "text"), ("auto_number", "text"), ("image", "file"),
})  # fmt: skip
"""Changes of type by which no value is lost."""
UPPER = ("max", "max_length", "at_most", "most", "scale")
LOWER = ("min", "min_length", "at_least", "least")


@dataclass(frozen=True, kw_only=True)
class Breaking:
    """One thing that no longer holds."""

    code: str
    message: Message
    form: str | None = None
    where: str | None = None
    """Which records of the form it is about, in FEEL; None: it can't be counted so."""
    role: str | None = None
    workflow: str | None = None


def breaking(old: App, new: App) -> tuple[Breaking, ...]:
    """Return what a new version takes away, narrows or demands, in the order of the old one."""
    gone = (Breaking(code=f"{key}.removed", message=it) for key, it in removed_members(old, new))
    return (*_forms(old, new), *_roles(old, new), *_logic(old, new), *gone, *_powers(old, new))


def _forms(old: App, new: App) -> Iterator[Breaking]:
    heirs = {one.definition.formerly or id_: one for id_, one in new.forms.items()}
    for form in old.forms.values():
        former = form.definition.formerly or ""
        heir = new.forms.get(form.id) or heirs.get(form.id) or new.forms.get(former)
        if heir is None:
            message = Message("删除了表单“{form}”", form=form.definition.label)
            yield Breaking(code="form.removed", message=message, form=form.id, where="true")
            continue
        if heir.id != form.id:
            message = Message(
                "表单“{form}”的标识由 {old} 改为 {new}，接口和引用它的应用要跟着改",
                form=form.definition.label, old=form.id, new=heir.id,
            )  # fmt: skip
            yield Breaking(code="form.renamed", message=message)
        yield from _fields(form, heir)
        yield from _stages(form, heir)
        yield from _checks(form, heir)


def _fields(form: Form, heir: Form) -> Iterator[Breaking]:
    heirs = {field.formerly or id_: field for id_, field in heir.fields.items()}
    for field in form.fields.values():
        now = heir.fields.get(field.id) or heirs.get(field.id) or _before(heir, field)
        if now is None:
            yield _about(form, field, "field.removed", Message("删除了字段"), _filled(field))
            continue
        if now.id != field.id:
            message = Message("标识由 {old} 改为 {new}", old=field.id, new=now.id)
            yield _about(form, field, "field.renamed", message, None)
        yield from _narrowed(form, field, now)
        yield from _cells(form, field, now)
    for field in heir.fields.values():
        new = field.id not in form.fields and field.formerly not in form.fields
        new = new and field.id not in {one.formerly for one in form.fields.values()}
        if new and field.settable and field.required is True and field.default is None:
            message = Message("新增的必填字段，原有记录都没有它")
            yield _about(form, field, "field.required", message, "true")


def _before(former: Form, field: Field) -> Field | None:
    """On the way back to a former version, a field gets its former id again."""
    return former.fields.get(field.formerly) if field.formerly else None


def _narrowed(form: Form, old: Field, new: Field) -> Iterator[Breaking]:
    if old.type != new.type and (old.type, new.type) not in WIDER:
        message = Message(
            "类型由 {old} 改为 {new}，不合适的值会作为文字另存", old=_type(old), new=_type(new)
        )
        yield _about(form, old, "field.type", message, _filled(old))
    if new.settable and new.required is True and old.required is not True:
        yield _about(form, old, "field.required", Message("改为必填"), f"{old.id} = null")
    if new.unique and not old.unique:
        yield _about(form, old, "field.unique", Message("改为不可重复"), None)
    if _tighter(old, new):
        yield _about(form, old, "field.limits", Message("限制变严了"), None)
    yield from _options(form, old, new)
    if getattr(old, "to", None) != getattr(new, "to", None):
        yield _about(form, old, "field.to", Message("改为关联另一个表单"), _filled(old))


def _options(form: Form, old: Field, new: Field) -> Iterator[Breaking]:
    before, now = _choices(old), _choices(new)
    if not now:
        return
    for id_ in before:
        if id_ not in now:
            message = Message("删除了选项“{option}”", option=before[id_])
            where = f'{old.id} = "{id_}"' if old.type == "select" else None
            yield _about(form, old, "field.option", message, where)


def _cells(form: Form, old: Field, new: Field) -> Iterator[Breaking]:
    now = {cell.id: cell for cell in getattr(new, "fields", ())}
    for cell in getattr(old, "fields", ()) if now else ():
        if cell.id not in now and cell.id not in {one.formerly for one in now.values()}:
            message = Message("明细里删除了“{cell}”", cell=cell.label)
            yield _about(form, old, "field.cell", message, None)
        elif cell.id in now and (cell.type, now[cell.id].type) not in {*WIDER, (cell.type,) * 2}:
            message = Message("明细里“{cell}”的类型改了", cell=cell.label)
            yield _about(form, old, "field.cell", message, None)


def _stages(form: Form, heir: Form) -> Iterator[Breaking]:
    for stage in form.stages.values():
        now = heir.stage(stage.id)
        label = form.definition.label
        if now is None:
            message = Message("表单“{form}”删除了阶段“{stage}”", form=label, stage=stage.label)
            where = f'stage = "{stage.id}"'
            yield Breaking(code="stage.removed", message=message, form=form.id, where=where)
            continue
        more = [name for name in _needed(now) if name not in _needed(stage)]
        for name in more:
            wanted: object = heir.fields[name].label if name in heir.fields else name
            message = Message(
                "表单“{form}”离开阶段“{stage}”还要有“{wanted}”",
                form=label, stage=stage.label, wanted=wanted,
            )  # fmt: skip
            empty = f" and {name} = null" if name in form.fields else ""
            where = f'stage = "{stage.id}"{empty}'
            yield Breaking(code="stage.gate", message=message, form=form.id, where=where)


def _needed(stage: object) -> tuple[str, ...]:
    """Return what leaving a stage needs: fields, conditions and evidence by their ids."""
    gate = getattr(stage, "gate", None)
    if gate is None:
        return ()
    return (*gate.fields, *(one.id for one in gate.that), *(one.id for one in gate.evidence))


def _checks(form: Form, heir: Form) -> Iterator[Breaking]:
    known = {check.id for check in form.definition.checks}
    for check in heir.definition.checks:
        if check.id not in known:
            message = Message(
                "表单“{form}”新增校验：{check}", form=form.definition.label, check=check.message
            )
            yield Breaking(code="check.added", message=message, form=form.id)


def _roles(old: App, new: App) -> Iterator[Breaking]:
    there = {role.id for role in new.definition.roles}
    for role in old.definition.roles:
        if role.id not in there:
            message = Message("删除了角色“{role}”", role=role.label)
            yield Breaking(code="role.removed", message=message, role=role.id)


def _logic(old: App, new: App) -> Iterator[Breaking]:
    for workflow in old.workflows.values():
        if workflow.id not in new.workflows:
            label = workflow.definition.label
            message = Message("删除了审批“{workflow}”", workflow=label)
            yield Breaking(code="workflow.removed", message=message, workflow=workflow.id)
    kinds: tuple[tuple[str, Message, Mapping[str, object], Mapping[str, object]], ...] = (
        ("rule.removed", Message("规则"), old.rules, new.rules),
        ("decision.removed", Message("决策表"), old.decisions, new.decisions),
        ("document.removed", Message("文件模板"), old.documents, new.documents),
        ("connector.removed", Message("连接器"), old.connectors, new.connectors),
        ("public.removed", Message("公开页面"), old.publics, new.publics),
        ("type.removed", Message("字段类型"), old.types, new.types),
    )
    for code, kind, before, now in kinds:
        for id_ in (one for one in before if one not in now):
            message = Message("删除了{kind} {id}", kind=kind, id=id_)
            yield Breaking(code=code, message=message)


def _powers(old: App, new: App) -> Iterator[Breaking]:
    more = grown(scopes_of(old), scopes_of(new))
    if needs_consent(more):
        names = [*more.hosts, *more.connectors, *more.incoming, *more.public_pages]
        message = Message("要求新的权限：{names}", names=names)
        yield Breaking(code="scopes.grown", message=message)
    for name, wanted in new.definition.requires.items():
        if old.definition.requires.get(name) not in (None, wanted):
            message = Message("改为需要“{name}” {wanted}", name=name, wanted=wanted)
            yield Breaking(code="requires.changed", message=message)
        elif name not in old.definition.requires:
            message = Message("新增依赖“{name}” {wanted}", name=name, wanted=wanted)
            yield Breaking(code="requires.added", message=message)


def _about(form: Form, field: Field, code: str, what: Message, where: str | None) -> Breaking:
    message = Message(
        "表单“{form}”的“{field}”：{what}",
        form=form.definition.label, field=field.label, what=what,
    )  # fmt: skip
    return Breaking(code=code, message=message, form=form.id, where=where)


def _filled(field: Field) -> str | None:
    plain = field.filterable and not getattr(field, "fields", ())
    return f"{field.id} != null" if plain else None


def _type(field: Field) -> dict[str, str]:
    return dict(type(field).title)


def _choices(field: Field) -> dict[str, object]:
    options = getattr(field, "options", ())
    if not isinstance(options, tuple):
        return {}
    return {one.id: one.label for one in options if hasattr(one, "id") and hasattr(one, "label")}


def _tighter(old: Field, new: Field) -> bool:
    if old.type != new.type:
        return False
    for name in (*UPPER, *LOWER):
        before, now = getattr(old, name, None), getattr(new, name, None)
        if now is None or before == now or callable(now):
            continue
        if before is None or _beyond(before, now, upper=name in UPPER):
            return True
    patterns = (getattr(old, "pattern", None), getattr(new, "pattern", None))
    return old.type == "text" and patterns[1] is not None and patterns[0] != patterns[1]


def _beyond(before: object, now: object, *, upper: bool) -> bool:
    """Tell whether a limit takes in less than it did; limits may be written as texts."""
    try:
        step = Decimal(str(now)) - Decimal(str(before))
    except InvalidOperation:
        return (str(now) < str(before)) == upper and now != before
    return step < 0 if upper else step > 0

"""What do the pages of an import show, as their templates want it?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from werkzeug.datastructures import MultiDict

from engine.access.sight import sight_of
from engine.app import Form
from engine.fields.lines import Lines
from engine.imports.plan import ImportPlan, LinesPlan
from engine.imports.targets import Target
from engine.wording import Message, words
from runtime.language import translate
from runtime.services import Services
from runtime.store.imports import ImportLine, ImportRun
from runtime.use_cases.import_file import Inside, SheetHead
from runtime.use_cases.import_report import SHOWN, Report
from runtime.use_cases.name_values import name_people
from runtime.web.lists.pages import place_of
from runtime.web.showing import sayer
from runtime.web.visit import Visit

MODES = ("create", "update", "both")
GROUPS: tuple[tuple[tuple[str, ...], Message], ...] = (
    (("field",), Message("字段")),
    (("cell",), Message("明细")),
    (("key", "record"), Message("编号和阶段")),
    (("history",), Message("负责人和时间")),
)
STATES: Mapping[str, tuple[str, Message]] = {
    "new": ("grey", Message("未开始")),
    "checking": ("blue", Message("检查中")),
    "checked": ("amber", Message("待导入")),
    "running": ("blue", Message("导入中")),
    "done": ("green", Message("已完成")),
    "stopped": ("amber", Message("已停止")),
    "failed": ("red", Message("未成功")),
    "undoing": ("blue", Message("撤销中")),
    "undone": ("grey", Message("已撤销")),
}
BUSY = frozenset({"checking", "running", "undoing"})
STEPS = {"new": 1, "checking": 2, "checked": 2}
"""How far an import is; the rest has come to the end."""


def import_place(
    services: Services, visit: Visit, form: Form, run: ImportRun | None = None
) -> dict[str, Any]:
    """Return where one is."""
    sight = sight_of(form, visit.person)
    place = place_of(services, visit, form, sight)
    base = f"/a/{form.app}/{form.id}"
    here = f"{base}/import"
    label = words(form.definition.label, visit.locale)
    crumbs = [place["crumbs"][0], (label, f"{base}/")]
    text = sayer(visit.locale)("导入")
    crumbs += [(text, None)] if run is None else [(text, here), (run.name, None)]
    return {
        **place,
        "crumbs": crumbs,
        "here": f"{here}/{run.id}" if run else here,
        "run": run,
        "base": base,
        "step": 0 if run is None else STEPS.get(run.state, 3),
    }


def runs_shown(
    services: Services, visit: Visit, form: Form, runs: Iterable[ImportRun]
) -> list[dict[str, Any]]:
    """Return earlier imports."""
    listed = tuple(runs)
    names = name_people(services, {run.person for run in listed})
    into = translate(visit.locale)
    return [
        {
            "name": run.name,
            "href": f"/a/{form.app}/{form.id}/import/{run.id}",
            "tone": STATES[run.state][0],
            "state": STATES[run.state][1].fill(into, visit.locale),
            "at": services.local(run.created_at).strftime("%Y-%m-%d %H:%M"),
            "who": names.get(run.person, ""),
        }
        for run in listed
    ]


def columns_shown(form: Form, inside: Inside, plan: ImportPlan, locale: str) -> dict[str, Any]:
    """Return the columns of a file with what each can be."""
    main = next(one for one in inside.sheets if one.name == (plan.sheet or inside.sheets[0].name))
    others = [one for one in inside.sheets if one is not main and one.columns]
    lines = [field for field in form.fields.values() if isinstance(field, Lines)]
    return {
        "plan": plan,
        "main": main,
        "sheets": [one.name for one in inside.sheets if one.columns],
        "groups": list(_groups(inside.targets, locale)),
        "keys": [(id_, words(inside.targets[id_].label, locale)) for id_ in inside.keys],
        "modes": MODES,
        "lines": [(field.id, words(field.label, locale)) for field in lines],
        "others": [_other(at, one, plan, inside, locale) for at, one in enumerate(others)]
        if lines
        else [],
    }


def _groups(targets: Mapping[str, Target], locale: str) -> Iterator[tuple[str, list[Any]]]:
    for kinds, title in GROUPS:
        entries = [
            (one.id, words(one.label, locale), one.required)
            for one in targets.values()
            if one.kind in kinds
        ]
        if entries:
            yield title.fill(translate(locale), locale), entries


def _other(
    at: int, head: SheetHead, plan: ImportPlan, inside: Inside, locale: str
) -> dict[str, Any]:
    line, lines = next(
        ((id_, one) for id_, one in plan.lines.items() if one.sheet == head.name), ("", None)
    )
    cells = [
        (one.id.partition(".")[2], words(one.label, locale), one.lines.id)
        for one in inside.targets.values()
        if one.lines is not None
    ]
    return {"at": at, "head": head, "line": line, "lines": lines, "cells": cells}


def chosen_plan(sent: MultiDict[str, str]) -> ImportPlan:
    """Return what somebody chose on the page; what is not valid is found by the use case."""
    lines = {}
    for at in range(_number(sent.get("others"))):
        line = sent.get(f"sheet-{at}", "")
        if line:
            lines[line] = LinesPlan(
                sheet=sent.get(f"sheet-{at}-name", ""),
                head=_number(sent.get(f"sheet-{at}-head")) or 1,
                key=_number(sent.get(f"sheet-{at}-key")),
                parent=_number(sent.get(f"sheet-{at}-parent")),
                columns=_columns(sent, f"sheet-{at}-col-"),
            )
    mode = sent.get("mode", "create")
    return ImportPlan(
        sheet=sent.get("sheet", ""),
        head=_number(sent.get("head")) or 1,
        columns=_columns(sent, "col-"),
        lines=lines,
        mode=mode if mode in MODES else "create",  # type: ignore[arg-type]  # it is one of them
        key=(sent.get("key") or None) if mode != "create" else None,
        empty="clear" if sent.get("empty") == "clear" else "keep",
        reason=sent.get("reason", "").strip()[:500] or None,
    )


def _columns(sent: MultiDict[str, str], start: str) -> dict[int, str]:
    return {
        int(name[len(start) :]): text
        for name, text in sent.items()
        if text and name.startswith(start) and name[len(start) :].isdigit() and len(name) < 40
    }


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def report_shown(services: Services, form: Form, report: Report, locale: str) -> dict[str, Any]:
    """Return how an import stands."""
    run, job, counts = report.run, report.job, report.counts
    base = f"/a/{form.app}/{form.id}"
    tone, state = STATES[run.state]
    stuck = job.problem if job is not None and job.state == "failed" else None
    return {
        "busy": run.state in BUSY and stuck is None,
        "state": state.fill(translate(locale), locale),
        "tone": tone,
        "job": job,
        "stuck": stuck,
        "share": job.done * 100 // job.total if job and job.total and job.state != "done" else None,
        "tried": report.phase == "check",
        "counts": {kind: counts.get(kind, 0) for kind in COUNTED},
        "ready": counts.get("created", 0) + counts.get("changed", 0),
        "refused": [_line(base, line, locale) for line in report.refused],
        "brought": [_line(base, line, locale) for line in report.brought],
        "kept": [_line(base, line, locale) for line in report.kept],
        "without": list(_without(form, report, locale)),
        "undone": report.undone,
        "may_undo": report.may_undo,
        "shown": SHOWN,
    }


def _without(form: Form, report: Report, locale: str) -> Iterator[str]:
    """Yield what rows were refused for because no column was chosen for it."""
    chosen = {*report.run.plan.get("columns", {}).values(), *report.run.plan.get("lines", {})}
    wrong = {id_ for line in report.refused for id_ in line.complaints}
    for id_, field in form.fields.items():
        if report.phase == "check" and id_ in wrong - chosen:
            yield words(field.label, locale)


COUNTED = ("created", "changed", "unchanged", "refused")


def _line(base: str, line: ImportLine, locale: str) -> dict[str, Any]:
    into = translate(locale)
    why = [one for texts in line.complaints.values() for one in texts]
    if line.undo_reason is not None:
        why = [line.undo_reason]
    return {
        "row": line.number,
        "sheet": line.sheet,
        "title": line.title or "",
        "kind": line.kind,
        "href": f"{base}/{line.record}" if line.record else None,
        "reasons": [one.fill(into, locale) for one in why],
    }

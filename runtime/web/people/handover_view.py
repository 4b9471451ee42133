"""How is a list of a hand-over shown, on a page and in a sheet?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import Any

from engine.wording import Message, words
from runtime.services import Services
from runtime.sheets.new_book import new_book
from runtime.sheets.writing import About, Cell, Heading
from runtime.use_cases.handovers.read import Line, Told
from runtime.use_cases.own_jobs import own_jobs
from runtime.web.admin.job_words import Shown, shown_job
from runtime.web.people.left_view import SHOWN, approvals_shown, to_dos_shown
from runtime.web.showing import sayer
from runtime.web.visit import Visit

STATES: Mapping[str, tuple[Message, str]] = {
    "waiting": (Message("待移交"), "grey"),
    "given": (Message("待接收"), "amber"),
    "received": (Message("已接收"), "green"),
    "gone": (Message("已不在名下"), "grey"),
}
TALK = 120
"""Characters of what was said last that a line shows."""
HEADINGS = (
    Message("表单"),
    Message("记录"),
    Message("阶段"),
    Message("最近沟通"),
    Message("沟通时间"),
    Message("待办"),
    Message("审批"),
    Message("交接说明"),
    Message("说明人"),
    Message("状态"),
)


def list_shown(services: Services, visit: Visit, told: Told) -> dict[str, Any]:
    """Return what the page of a list shows."""
    counts, found = told.counts, told.handover
    return {
        "id": found.id,
        "going": told.names.get(found.person, ""),
        "coming": told.names.get(found.successor, ""),
        "counts": counts,
        "share": counts["received"] * 100 // counts["all"] if counts["all"] else 100,
        "rights": told.rights,
        "given": found.given_at is not None,
        "ended": found.ended_at is not None,
        "groups": [*_groups(services, visit, told, told.lines)],
        "to_dos": [*to_dos_shown(visit, told.to_dos)],
        "approvals": [*approvals_shown(services, visit, found.person, told.approvals[:SHOWN])],
        "tasks": len(told.to_dos) + len(told.approvals),
        "job": _giving(services, visit, found.id),
    }


def sheet_name(services: Services, visit: Visit, told: Told) -> str:
    """Return what the file of a list is called."""
    return f"{_title(visit, told)}_{services.local(services.now()):%Y%m%d}.xlsx"


def write_sheet(services: Services, visit: Visit, told: Told, path: Path) -> None:
    """Write the whole list into a sheet."""
    say, now = sayer(visit.locale), services.local(services.now())
    about = About(author=visit.person.name, title=_title(visit, told), made=now)
    book = new_book(path, "xlsx", about)
    table = book.table(say("交接清单"), [Heading(label=say(one.text)) for one in HEADINGS])
    for line in told.lines:
        table.row(_row(services, visit, told, line))
    book.close()


def _title(visit: Visit, told: Told) -> str:
    name = told.names.get(told.handover.person, "")
    return sayer(visit.locale)("{name}的交接清单", name=name)


def _row(services: Services, visit: Visit, told: Told, line: Line) -> list[Cell]:
    item, say = line.item, sayer(visit.locale)
    return [
        words(line.form.definition.label, visit.locale),
        line.title or "",
        _stage(visit, line),
        line.talk.text if line.talk else "",
        services.local(line.talk.at).replace(tzinfo=None) if line.talk else None,
        line.to_dos,
        line.approvals,
        item.note or "",
        told.names.get(item.noted_by or "", ""),
        say(STATES[item.state][0].text),
    ]


def _groups(
    services: Services, visit: Visit, told: Told, lines: Iterable[Line]
) -> Iterator[dict[str, Any]]:
    for form, group in groupby(lines, key=lambda line: line.form):
        shown = [_line(services, visit, told, line) for line in group]
        yield {
            "label": words(form.definition.label, visit.locale),
            "icon": form.definition.icon,
            "key": f"{form.app}-{form.id}",
            "lines": shown,
        }


def _line(services: Services, visit: Visit, told: Told, line: Line) -> dict[str, Any]:
    item, say = line.item, sayer(visit.locale)
    state, tone = STATES[item.state]
    talk = line.talk
    return {
        "record": item.record,
        "title": line.title or say("您看不到这条记录"),
        "href": f"/a/{item.app}/{item.form}/{item.record}" if line.title else "",
        "stage": _stage(visit, line),
        "talk": talk.text[:TALK] if talk else "",
        "talked": f"{services.local(talk.at):%Y-%m-%d %H:%M}" if talk else "",
        "to_dos": line.to_dos,
        "approvals": line.approvals,
        "note": item.note or "",
        "noted_by": told.names.get(item.noted_by or "", ""),
        "state": item.state,
        "said": say(state.text),
        "tone": tone,
    }


def _stage(visit: Visit, line: Line) -> str:
    stage = line.form.stages.get(line.stage or "")
    return words(stage.label, visit.locale) if stage else ""


def _giving(services: Services, visit: Visit, id_: str) -> Shown | None:
    jobs = own_jobs(services, visit.act())
    last = next((job for job in jobs if job.arguments.get("handover") == id_), None)
    return shown_job(services, last, visit.locale) if last else None

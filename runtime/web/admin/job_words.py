"""How is work in the background told to who asked for it?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from engine.wording import Message, Said
from runtime.services import Services
from runtime.store.jobs import Job
from runtime.use_cases.own_jobs import has_expired
from runtime.web.admin import store_words
from runtime.web.language import translate
from runtime.web.lists.sweep_words import sweep_done, sweep_title
from runtime.web.values.shapes import readable_size


@dataclass(frozen=True, kw_only=True)
class Words:
    """What is said of one kind of work."""

    symbol: str
    title: Callable[[Services, Job], Message]
    summary: Callable[[Services, Job], Message]
    """What came of it, once it is done."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One thing that a person asked for, as the pages show it."""

    id: str
    state: str
    symbol: str
    title: str
    text: str
    open: bool
    share: int | None
    """How much of a hundred is done; None where nobody knows."""
    file: str | None
    """Where its file is downloaded."""
    link: str | None
    """Where more of it is shown."""
    view: str | None
    """Where its file is looked at in the browser."""
    may_retry: bool
    at: str


VIEWED = frozenset({"make_document"})
"""Kinds whose files browsers show by themselves."""


def shown_job(services: Services, job: Job, locale: str) -> Shown:
    """Return what the pages show of a job."""
    told = WORDS[job.kind]
    there = job.state == "done" and "file" in job.result and not has_expired(services, job)
    return Shown(
        id=job.id,
        state=job.state,
        symbol=told.symbol,
        title=told.title(services, job).fill(translate(locale), locale),
        text=_text(services, told, job).fill(translate(locale), locale),
        open=job.open,
        share=_share(job),
        file=f"/jobs/{job.id}/file" if there else None,
        link=job.result.get("link"),
        view=f"/jobs/{job.id}/file?view" if there and job.kind in VIEWED else None,
        may_retry=job.state == "failed",
        at=services.local(job.created_at).strftime("%Y-%m-%d %H:%M"),
    )


def _text(services: Services, told: Words, job: Job) -> Message:
    if job.state == "failed" or (job.state == "waiting" and job.problem):
        return job.problem or Message("没有成功")
    if job.state == "waiting":
        return Message("正在排队…")
    if job.state == "running":
        return _progress(job)
    if "file" in job.result and has_expired(services, job):
        return Message("文件已过期删除，需要时请重新导出")
    return told.summary(services, job)


def _progress(job: Job) -> Message:
    if job.total:
        return Message(
            "正在处理，已完成 {done} / {total}", done=f"{job.done:,}", total=f"{job.total:,}"
        )
    return (
        Message("正在处理，已完成 {done}", done=f"{job.done:,}")
        if job.done
        else Message("正在处理…")
    )


def _share(job: Job) -> int | None:
    if job.state != "running" or not job.total:
        return None
    return min(100, job.done * 100 // job.total)


def _exported(services: Services, job: Job) -> Message:
    if "name" in job.result:
        return Said(str(job.result["name"]))
    return Message("导出“{form}”", form=form_label(services, job.arguments))


def _export_done(services: Services, job: Job) -> Message:
    result = job.result
    return Message(
        "共 {n} 条，{size}，保留到 {day}",
        n=f"{result['count']:,}",
        size=readable_size(int(result["size"])),
        day=last_day(services, job),
    )


def last_day(services: Services, job: Job) -> str:
    """Return the day until which the file of a job is kept."""
    days = timedelta(days=services.settings.job_file_days)
    return services.local((job.ended_at or services.now()) + days).date().isoformat()


def form_label(services: Services, arguments: Mapping[str, Any]) -> Any:
    """Return what the form of a job is called, in each language."""
    form = services.form(str(arguments.get("app")), str(arguments.get("form")))
    return form.definition.label if form else str(arguments.get("form", ""))


def _checked(services: Services, job: Job) -> Message:
    return Message("检查“{file}”", file=job.arguments.get("file", ""))


def _brought(services: Services, job: Job) -> Message:
    return Message("导入“{file}”", file=job.arguments.get("file", ""))


def _taken_back(services: Services, job: Job) -> Message:
    return Message("撤销导入“{file}”", file=job.arguments.get("file", ""))


def _sheet_done(services: Services, job: Job) -> Message:
    counts = {name: f"{job.result.get(name, 0):,}" for name in ("created", "changed", "refused")}
    return Message("新建 {created} 条，更新 {changed} 条，有错误 {refused} 条", **counts)


def _undo_done(services: Services, job: Job) -> Message:
    counts = {name: f"{job.result.get(name, 0):,}" for name in ("undone", "kept")}
    return Message("撤销了 {undone} 条，保留 {kept} 条", **counts)


def _followed(services: Services, job: Job) -> Message:
    with services.store.reading() as unit:
        leaver = unit.people.one(str(job.arguments["leaver"]))
    return Message("交接{name}在记录里的人员字段", name=leaver.name if leaver else "")


def _follow_done(services: Services, job: Job) -> Message:
    counts = {name: f"{job.result.get(name, 0):,}" for name in ("given", "kept")}
    return Message("换了 {given} 条记录里的人，{kept} 条没有换成", **counts)


def _handed(services: Services, job: Job) -> Message:
    with services.store.reading() as unit:
        found = unit.handovers.one(str(job.arguments["handover"]))
        names = unit.people.names((found.person, found.successor)) if found else {}
    if found is None:
        return Message("移交交接清单")
    going, coming = (names.get(one, "") for one in (found.person, found.successor))
    return Message("把{going}的交接清单移交给{coming}", going=going, coming=coming)


def _hand_done(services: Services, job: Job) -> Message:
    counts = {name: f"{job.result.get(name, 0):,}" for name in ("given", "kept")}
    return Message("移交了 {given} 条，{kept} 条没有移交", **counts)


def _paper(services: Services, job: Job) -> Message:
    if "name" in job.result:
        return Said(str(job.result["name"]))
    app = services.app(str(job.arguments.get("app")))
    found = app.documents.get(str(job.arguments.get("document"))) if app else None
    return Message("生成“{document}”", document=found.definition.label if found else "")


def _paper_done(services: Services, job: Job) -> Message:
    size = readable_size(int(job.result["size"]))
    return Message("{size}，保留到 {day}", size=size, day=last_day(services, job))


WORDS: Mapping[str, Words] = {
    "export_records": Words(symbol="download", title=_exported, summary=_export_done),
    "check_import": Words(symbol="list-check", title=_checked, summary=_sheet_done),
    "run_import": Words(symbol="upload", title=_brought, summary=_sheet_done),
    "make_document": Words(symbol="file-text", title=_paper, summary=_paper_done),
    "undo_import": Words(symbol="arrow-back-up", title=_taken_back, summary=_undo_done),
    "sweep_records": Words(symbol="list-check", title=sweep_title, summary=sweep_done),
    "give_handover": Words(symbol="user-share", title=_handed, summary=_hand_done),
    "hand_over_fields": Words(symbol="user-share", title=_followed, summary=_follow_done),
    "check_package": Words(
        symbol="test-pipe", title=store_words.check_title, summary=store_words.check_done
    ),
    "prepare_trial": Words(
        symbol="player-play", title=store_words.trial_title, summary=store_words.trial_done
    ),
    "install_package": Words(
        symbol="package", title=store_words.install_title, summary=store_words.install_done
    ),
    "remove_samples": Words(
        symbol="trash", title=store_words.samples_title, summary=store_words.samples_done
    ),
    "uninstall_app": Words(
        symbol="trash", title=store_words.leaving_title, summary=store_words.leaving_done
    ),
}

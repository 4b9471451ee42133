"""What is asked and said while an app is taken out from the command line?"""

from __future__ import annotations

import sys
from pathlib import Path

from engine.app import App
from engine.wording import Label, Message
from runtime.commands.speaking import complain, say
from runtime.packages.row_words import called
from runtime.packages.uninstall import Report, dependents, drop_data, export_data, keep_data
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.open import open_workspace


def uninstall_app(id_: str, way: str, file: Path | None, lang: str) -> None:
    """Take an app out, and print what is left; exit with 1 if it can't go."""
    services = open_workspace(Settings.from_environment())
    with services.store.reading() as unit:
        kept = unit.packages.kept(id_)
    app = services.apps.get(id_)
    if app is None and not (kept and way == "drop"):
        _stop(Message("没有安装应用 {app}", app=id_), lang)
    needed_by: list[Label] = [one.definition.label for one in dependents(services, id_)]
    if needed_by:
        message = Message("这些应用需要它，请先卸载：{apps}", apps=needed_by)
        _stop(message, lang)
    if file is not None and file.exists():
        _stop(Message("{path} 已经存在，不会覆盖", path=str(file)), lang)
    _tell(_done(services, id_, app, file, way), app, lang)


def _done(services: Services, id_: str, app: App | None, file: Path | None, way: str) -> Report:
    if way == "keep":
        return keep_data(services, id_)
    if way == "export" and app is not None and file is not None:
        return export_data(services, app, file)
    return drop_data(services, id_)


def _tell(report: Report, app: App | None, lang: str) -> None:
    if report.gone is None:
        say(Message("应用已卸载；数据原样留着，再次安装就会回来"), lang)
    else:
        say(Message("应用已卸载，以下内容已删除："), lang)
        for form, count in report.gone.records.items():
            label: Label = app.forms[form].definition.label if app and form in app.forms else form
            say(Message("  · {label}：{count} 条记录", label=label, count=count), lang)
        for name, count in called(report.gone.rows):
            say(Message("  · {what}：{count} 条", what=name, count=count), lang)
        count = len(report.gone.contents)
        say(Message("  · 文件内容：{count} 个", count=count), lang)
    say(Message("留下的：操作日志 {count} 条（event），日志从不删除", count=report.log), lang)


def _stop(message: Message, lang: str) -> None:
    complain(message, lang)
    sys.exit(1)

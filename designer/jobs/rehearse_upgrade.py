"""How is an upgrade that waits rehearsed on a copy of the workspace?"""

from __future__ import annotations

from designer.publishing.rehearsal import NotRehearsed, Wish, rehearse
from engine.wording import Message
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task
from runtime.workspace.copied import NoRoom


def work(task: Task) -> Ended:
    """Do it on a copy, unless the new version no longer waits."""
    app = str(task.arguments["app"])
    with task.services.store.reading() as unit:
        waiting = unit.upgrades.waiting(app)
    if waiting is None or task.person is None:
        return GaveUp(Message("没有等着决定的新版本"))
    files = {path: text.encode() for path, text in waiting.files.items()}
    choices = {tuple(target): side for target, side in task.arguments["choices"]}
    try:
        wish = Wish(files=files, choices=choices)
        return Finished(rehearse(task.services, task.person, wish, task.progress))
    except NotRehearsed:
        return GaveUp(Message("按现在的选择合不到一起，先看看上面说的问题"))
    except NoRoom:
        return GaveUp(Message("磁盘空间不够，放不下一份数据副本"))


KIND = Kind(work=work, tries=2)

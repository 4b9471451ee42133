"""What is said while an upgrade is taken back from the command line?"""

from __future__ import annotations

import sys

from engine.wording import Message
from runtime.commands.speaking import complain, say, told
from runtime.packages.rollback import RolledBack, WayBack, roll_back, way_back
from runtime.settings import Settings
from runtime.workspace.open import open_workspace


def take_back(app: str, lang: str, *, only_say: bool) -> None:
    """Take the last upgrade of an app back, or only say what that would mean; exit with 1 if it
    can't be done."""
    services = open_workspace(Settings.from_environment())
    with told(lang):
        way = way_back(services, app) if app in services.apps else None
        if way is None:
            complain(Message("应用 {app} 没有可以退回的升级", app=app), lang)
            sys.exit(1)
        _introduce(way, lang)
        done = None if only_say or way.obstacles else roll_back(services, app)
    if isinstance(done, RolledBack):
        version = done.app.definition.version
        say(Message("已退回 {version}，记录都在", version=version), lang)
        if done.given_up:
            n = len(done.given_up)
            say(Message("升级后又改过的 {n} 处在旧版本里没有位置，没有保留", n=n), lang)
    elif way.obstacles:
        sys.exit(1)


def _introduce(way: WayBack, lang: str) -> None:
    version = way.former.version
    say(Message("升级前是 {version}，退回后：", version=version), lang)
    for one, count in way.breaking:
        message = Message("  · {what}", what=one.message)
        if count is not None:
            message = Message("  · {what}（涉及 {count} 条）", what=one.message, count=count)
        say(message, lang)
    say(Message("  · 记录一条不少；只有新版本才有的内容收起来，下次升级时再出现"), lang)
    for obstacle in way.obstacles:
        complain(Message("{why} [{code}]", why=obstacle.message, code=obstacle.code), lang)

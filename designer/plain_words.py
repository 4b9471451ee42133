"""How is a mistake of an app told to somebody who never saw its files?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from designer.known_names import Names, names_in
from designer.plain_shapes import plain_shape
from engine.app import App
from engine.problems import Location, Problem
from engine.wording import Message, Said
from runtime.web.language import translate

MOST = 5
PLAINER: Mapping[str, Message] = {
    "access.no_rows": Message("看不到任何记录的角色不能再有别的权限，请先让它看到记录"),
    "deadline.empty": Message("期限要选一种算法，并写明多长"),
    "document.logo": Message("标志要用 PNG 图片"),
    "feel.unexpected": Message("条件或公式没有写完整，或多了什么，请再看一遍"),
    "rule.routing": Message("这张表单没有设分派，规则不能重新分派"),
    "rule.trigger": Message("时长只能用一种算法"),
    "workflow.ladder": Message("这一步没有设期限，催办和升级都用不上；请先把它们删掉"),
    "workflow.unused": Message("这项设置在这里用不上，请先把它删掉"),
    "workflow.who": Message("每一项只用一种方式指定人"),
}
"""What is said in other words to who chooses than to who writes the file."""


def refusals(problems: Iterable[Problem], locale: str, app: App | None = None) -> list[str]:
    """Return what is wrong, each thing once, in the person's language. With the app as it was
    before, fields, stages, roles and forms are called by their names."""
    into = translate(locale)
    found = list(problems)
    names = names_in(app) if app is not None and found else None
    texts = dict.fromkeys(_called(one, names).fill(into, locale) for one in found)
    return list(texts)[:MOST]


def _called(problem: Problem, names_of: Callable[[str], Names] | None) -> Message:
    plain = PLAINER.get(problem.code)
    if plain is not None:
        return plain
    message = plain_shape(problem.message)
    if names_of is None or isinstance(message, Said):
        return message
    names = names_of(problem.at.file)
    return Message(message.text, **{key: _by_name(arg, names) for key, arg in message.args.items()})


def _by_name(arg: object, names: Names) -> object:
    if isinstance(arg, str | Location):
        text = str(arg)
        return names.get(text) or names.get(text.partition(":")[0]) or arg
    if isinstance(arg, list | tuple):
        return [_by_name(one, names) for one in arg]
    return arg

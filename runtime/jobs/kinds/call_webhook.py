"""How does a rule's call reach another program?"""

from __future__ import annotations

from engine.wording import Message
from runtime.effects.net.http import Answer, Request
from runtime.effects.opening import doors_of
from runtime.jobs.kind import Ended, Finished, GaveUp, Kind, Task

LATER = frozenset({408, 425, 429})
"""Answers that ask to try again."""


class NotTaken(Exception):
    """The other program did not take it now; it is tried again later."""


def work(task: Task) -> Ended:
    """Send it. The same key comes again if the answer was lost, so that it can be known."""
    given = task.arguments
    headers = {"Idempotency-Key": str(given["body"]["key"])}
    request = Request(url=str(given["url"]), json=given["body"], headers=headers)
    answer = doors_of(task.services.settings).outbound.ask(request)
    if not isinstance(answer, Answer):
        if answer.again:
            raise NotTaken(answer.code)
        return GaveUp(Message("外部接口不能调用：{code}", code=answer.code))
    if answer.ok:
        return Finished({"status": answer.status})
    if answer.status >= 500 or answer.status in LATER:
        raise NotTaken(str(answer.status))
    return GaveUp(Message("外部接口没有接受，状态码 {code}", code=answer.status))


KIND = Kind(work=work, outward=True)

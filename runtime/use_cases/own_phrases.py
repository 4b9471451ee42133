"""Which words does somebody keep to use again when deciding?"""

from __future__ import annotations

from engine.outcomes import Invalid, Missing
from engine.wording import Message
from runtime.services import Services
from runtime.store.phrases import Phrase
from runtime.use_cases.act import Act

LONGEST = 200
MOST = 20


def own_phrases(services: Services, act: Act) -> tuple[Phrase, ...]:
    """Return the actor's phrases in the order in which they were kept."""
    with services.store.reading() as unit:
        return unit.phrases.of(act.actor.id)


def keep_phrase(services: Services, act: Act, text: str) -> Invalid | None:
    """Keep a phrase; one that is there already is not kept twice."""
    text = " ".join(text.split())
    if not text:
        return _wrong(Message("请写点什么"))
    if len(text) > LONGEST:
        return _wrong(Message("常用意见最长 {longest} 字", longest=LONGEST))
    with services.store.unit() as unit:
        kept = unit.phrases.of(act.actor.id)
        if len(kept) >= MOST:
            return _wrong(Message("最多保存 {most} 条常用意见，请先删除一条", most=MOST))
        if all(one.text != text for one in kept):
            unit.phrases.add(act.actor.id, text, services.now())
    return None


def forget_phrase(services: Services, act: Act, id_: str) -> Missing | None:
    """Forget one of the actor's phrases."""
    with services.store.unit() as unit:
        return None if unit.phrases.remove(id_, act.actor.id) else Missing()


def _wrong(message: Message) -> Invalid:
    return Invalid({"text": (message,)})

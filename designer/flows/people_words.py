"""In which words are the people of a step said, and what happens when they are late?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from designer.speech import Speech
from engine.app import Workflow
from engine.definition.workflow import RungDef, WhoDef
from engine.wording import Message

WHOSE: Mapping[str, Message] = {
    "submitter": Message("提交人"),
    "owner": Message("负责人"),
    "approver": Message("审批人"),
}
ACTS: Mapping[str, Message] = {
    "remind": Message("提醒处理人"),
    "tell": Message("通知{people}"),
    "hand": Message("交给{people}处理"),
    "agree": Message("自动同意"),
    "refuse": Message("自动拒绝"),
    "return": Message("自动退回"),
}


@dataclass(frozen=True)
class People:
    """The people that a workflow names, in the words of its form."""

    speech: Speech
    workflow: Workflow
    names: Mapping[str, str]
    """What people are called, by login."""

    def all(self, who: Sequence[WhoDef], place: str) -> str:
        """Say several; `place` begins the keys of their expressions, as `legal/who`."""
        return self.speech.listed(self.one(each, f"{place}/{n}") for n, each in enumerate(who))

    def one(self, who: WhoDef, place: str) -> str:
        """Say who is meant by one of the ways to name people."""
        if who.person is not None:
            return self.names.get(who.person, who.person)
        if who.role is not None:
            return self.speech.roles([who.role])
        if who.chain is not None:
            return self._chain(who, place)
        return self._near(who) or self._worked_out(place)

    def _near(self, who: WhoDef) -> str:
        """Say people that are found from the record or from who submits it."""
        say = self.speech.say
        if who.head is not None:
            return self._above(say("{who}的部门负责人", who=self._whose(who.head)), who.above)
        if who.manager is not None:
            return self._above(say("{who}的直属上级", who=self._whose(who.manager)), who.above)
        if who.field is not None:
            return say("“{field}”里的人", field=self.speech.field(who.field))
        if who.chosen == "anybody":
            return say("由前一步的人任选")
        if who.chosen is not None:
            return say("由前一步的人从{role}里选", role=self.speech.roles([who.chosen]))
        return ""

    def _whose(self, of: str) -> str:
        return self.speech.fill(WHOSE[of])

    def _above(self, who: str, above: int) -> str:
        return self.speech.say("{who}再往上 {n} 级", who=who, n=above) if above else who

    def _chain(self, who: WhoDef, place: str) -> str:
        say = self.speech.say
        whose = self._whose(who.chain or "")
        told = say("{who}的上级，逐级往上", who=whose)
        if who.levels < 20:
            told = say("{who}的上级，逐级往上最多 {n} 级", who=whose, n=who.levels)
        amount = self.workflow.logic.get(f"{place}/covers")
        if amount is None:
            return told
        value = self.speech.value(amount)
        said = value.lines[0] if value.said else value.feel
        return say("{people}，批到有权批{amount}的人为止", people=told, amount=said)

    def _worked_out(self, place: str) -> str:
        found = self.workflow.logic.get(f"{place}/feel")
        if found is None:
            return self.speech.say("没有指定人")
        value = self.speech.value(found)
        return self.speech.say(
            "按公式：{words}", words=value.lines[0] if value.said else value.feel
        )

    def ladder(self, rungs: Sequence[RungDef], step: str) -> Iterator[str]:
        """Yield what happens by itself around the deadline of a step, each in one sentence."""
        for n, rung in enumerate(rungs):
            people = self.all(rung.to, f"{step}/ladder/{n}/to")
            act = self.speech.fill(Message(ACTS[rung.act].text, people=people))
            yield self.speech.say("{when}{act}", when=self._moment(rung), act=act)

    def _moment(self, rung: RungDef) -> str:
        say, time = self.speech.say, self.speech.time
        if rung.before is not None:
            return say("到期前 {time}", time=time(rung.before))
        if rung.after is not None:
            return say("超时 {time}后", time=time(rung.after))
        if rung.every is not None:
            return say("超时后每隔 {time}", time=time(rung.every))
        return say("一到期就")

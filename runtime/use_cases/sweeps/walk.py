"""How is a deed done with each of many records, once, however often it is begun anew?"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.app import Form
from engine.outcomes import Outcome, Saved, Submission
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.act import Act
from runtime.use_cases.advance_record import Step, advance_record
from runtime.use_cases.delete_record import delete_record
from runtime.use_cases.edit_record import edit_record
from runtime.use_cases.once import part_of
from runtime.use_cases.reasons import reasons_of
from runtime.use_cases.rules.press_button import press_button
from runtime.use_cases.sweeps.start import is_stopping
from runtime.use_cases.sweeps.sweep import Sweep
from runtime.use_cases.sweeps.tally import Tally
from runtime.use_cases.transfer_record import transfer_record

AT_ONCE = 20
"""Records after which it is noted how far it is, and looked whether to stop: at first. The longer
it goes on the more there is to note, and the less often it is noted."""
PARTS = 50

Tell = Callable[[int, int | None], None]
"""Told how many records of how many are done. May raise, which ends the walk."""
Note = Callable[[Mapping[str, Any]], None]
"""Keeps what is known so far. May raise, which ends the walk."""


@dataclass(frozen=True, kw_only=True)
class Walk:
    """One attempt to go through the records of a sweep."""

    services: Services
    act: Act
    """With the key of the sweep: each record's own is made of it, and taken in the transaction
    of its deed. What was done with the key is not done again."""
    sweep: Sweep
    ids: Sequence[str]
    job: str
    tell: Tell
    note: Note

    def go(self, tally: Tally) -> Message | None:
        """Go on from what was noted last to the end, or until somebody stops it; the words say
        why it can't be done at all."""
        while tally.at < len(self.ids):
            form = self.services.form(self.sweep.app, self.sweep.form)
            if form is None:
                return Message("没有找到，或您没有查看的权限")
            if self._stopping():
                self._stop(tally)
                return None
            self._some(tally, form, self.sweep.submission(form))
            self.note(tally.told())
        return None

    def _some(self, tally: Tally, form: Form, given: Submission) -> None:
        for id_ in self._next(tally):
            outcome = self._done(form, id_, given)
            if isinstance(outcome, Saved):
                tally.done += 1
            else:
                tally.refuse(id_, reasons_of(form, outcome))
            tally.at += 1
            self.tell(tally.at, len(self.ids))

    def _next(self, tally: Tally) -> Sequence[str]:
        return self.ids[tally.at : tally.at + max(AT_ONCE, tally.at // PARTS)]

    def _done(self, form: Form, id_: str, given: Submission) -> Outcome:
        services, sweep, act = self.services, self.sweep, part_of(self.act, id_)
        match sweep.deed:
            case "edit":
                return edit_record(services, act, form, id_, given, None)
            case "advance":
                return advance_record(services, act, form, id_, Step(target=sweep.to))
            case "transfer":
                return transfer_record(services, act, form, id_, sweep.to or "")
            case "delete":
                return delete_record(services, act, form, id_)
            case "press":
                return press_button(services, act, form, id_, sweep.rule, given)

    def _stopping(self) -> bool:
        with self.services.store.reading() as unit:
            return is_stopping(unit, self.act.actor.id, self.job)

    def _stop(self, tally: Tally) -> None:
        """Count what an attempt that was killed did after it noted how far it was."""
        tally.stopped = True
        with self.services.store.reading() as unit:
            for id_ in self._next(tally):
                key = part_of(self.act, id_).key or ""
                tally.done += unit.idempotency.known(self.act.actor.id, key) is not None

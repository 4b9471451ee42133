"""What does each record of a sheet ask for: which values, and on which record that is there?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from engine.access.sight import Sight
from engine.app import Form
from engine.field import Field, NotAcceptable, Unique
from engine.imports.about_record import read_about_record
from engine.imports.drafts import Draft
from engine.imports.plan import ImportPlan
from engine.imports.reading import MadeEarlier, read_draft
from engine.imports.targets import Target, targets_of
from engine.record import Values
from engine.typed.text import cut
from engine.wording import Message
from runtime.services import Services
from runtime.store.imports import Phase
from runtime.use_cases.act import Act
from runtime.use_cases.import_names import Names, records_by
from runtime.use_cases.import_row import MISSING, Done, Wish, refused
from runtime.use_cases.name_values import target_of

Found = Mapping[str, tuple[str, ...]]


@dataclass
class Wishes:
    """Reads records of a sheet, and remembers which were read before."""

    services: Services
    act: Act
    form: Form
    sight: Sight
    plan: ImportPlan
    phase: Phase
    _names: Names = field(init=False)
    _targets: Mapping[str, Target] = field(init=False)
    _keys: dict[str, int] = field(default_factory=dict)
    _unique: dict[tuple[Any, ...], int] = field(default_factory=dict)
    _titles: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._names = Names(self.services, self.act, self.form)
        self._targets = targets_of(self.form, self.sight)

    def of(self, drafts: Sequence[Draft]) -> list[tuple[Draft, Wish | Done]]:
        """Return what some records ask for, or why they can't be taken."""
        self._names.forget_records(self.form)  # the rows before may have made what these name
        self._names.learn(drafts)
        found = self._there_already(drafts)
        return [(draft, self._wish(draft, found)) for draft in drafts]

    @property
    def name_each_other(self) -> bool:
        """Whether a row may name a record that an earlier row makes."""
        fields = (self.form.fields.get(id_) for id_ in self.plan.columns.values())
        return any(one is not None and self._is_own(one) for one in fields)

    def _is_own(self, field_: Field) -> bool:
        own = (self.form.app, self.form.id)
        return (
            field_.type in ("reference", "reference_list") and target_of(self.form, field_) == own
        )

    def _meant(self, field_: Field, text: str) -> str:
        try:
            return self._names.meant(field_, text)
        except NotAcceptable:
            if self.phase == "check" and text in self._titles and self._is_own(field_):
                raise MadeEarlier from None
            raise

    def with_rows_named(self, draft: Draft, wish: Wish | Done, done: Done) -> Done:
        """Say of a value that must be unique in which earlier row it stands, if it is one of this
        sheet; while rows are only tried, no record tells."""
        complaints = dict(done.complaints)
        if done.kind == "created" and done.record is not None:
            complaints = dict(self._repeated(draft, done.record.values, self.form.fields))
        elif isinstance(wish, Wish) and done.kind == "refused":
            complaints |= self._repeated(draft, wish.submission.values, tuple(done.complaints))
        if done.kind == "created":
            return refused(complaints) if complaints else done
        return replace(done, complaints=complaints)

    def _repeated(
        self, draft: Draft, values: Values, about: Iterable[str]
    ) -> dict[str, tuple[Message, ...]]:
        found: dict[str, tuple[Message, ...]] = {}
        for id_ in about:
            field_ = self.form.fields.get(id_)
            if field_ is None or not field_.unique or values.get(id_) is None:
                continue
            within = field_.unique.within if isinstance(field_.unique, Unique) else ()
            value = (id_, *(str(values.get(name)) for name in (id_, *within)))
            row = self._unique.setdefault(value, draft.number)
            if row != draft.number:
                label = field_.label
                found[id_] = (Message("“{field}”与第 {row} 行重复", field=label, row=row),)
        return found

    def _there_already(self, drafts: Sequence[Draft]) -> Found:
        key = self.plan.key
        if key is None or self.plan.mode == "create":
            return {}
        texts = [draft.texts[key] for draft in drafts if key in draft.texts]
        return records_by(self.services, self.act, self.form, key, texts)

    def _wish(self, draft: Draft, found: Found) -> Wish | Done:
        existing = self._existing(draft, found)
        if isinstance(existing, Done):
            return existing
        now = self.services.local(self.services.now())
        submission = read_draft(self.form, self._targets, self.plan, draft, self._meant)
        about = read_about_record(self.form, self._targets, draft, self._names.meant, now)
        if title := draft.texts.get(self.form.definition.title):
            self._titles.add(title)
        return Wish(draft=draft, submission=submission, about=about, found=existing)

    def _existing(self, draft: Draft, found: Found) -> str | Done | None:
        key = self.plan.key
        if key is None or self.plan.mode == "create":
            return None
        text, label = draft.texts.get(key), self._targets[key].label
        if text is None:
            if self.plan.mode == "both":
                return None
            return refused({key: (Message("请填写“{field}”，用来找到记录", field=label),)})
        row = self._keys.setdefault(text.casefold(), draft.number)
        if row != draft.number:
            message = Message("“{field}”与第 {row} 行重复", field=label, row=row)
            return refused({key: (message,)})
        ids = found.get(text, ())
        if len(ids) > 1:
            message = Message("“{text}”有 {n} 个，分不清是哪个", text=cut(text), n=len(ids))
            return refused({key: (message,)})
        if not ids and (self.plan.mode == "update" or self._targets[key].kind != "field"):
            return refused({key: (MISSING,)})
        return ids[0] if ids else None

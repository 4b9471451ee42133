"""What does the board show: a lane for each stage, with its cards, count and total?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from engine.access.sight import Sight
from engine.app import Form
from engine.definition.stage import PipelineDef, StageDef
from engine.outcomes import Denied
from engine.record import Record
from engine.stages.waiting import mark, working_time_in_stage
from engine.wording import Message, words
from runtime.services import Services
from runtime.store.query import Page
from runtime.use_cases.aggregate_records import aggregate_records
from runtime.use_cases.list_records import BadQuestion, list_records
from runtime.web.lists.state import ListState
from runtime.web.lists.view import FIGURES, short_figure, symbol_of, title_of
from runtime.web.showing import sayer, stage_tone
from runtime.web.values.cells import Cells
from runtime.web.values.naming import cells_for
from runtime.web.visit import Visit

PER_LANE = 15
BARE = frozenset({"date", "datetime", "rating", "percent", "integer", "yes_no"})
"""Values that nobody understands without the name of their field."""
TONES = {"none": "grey", "yellow": "amber", "red": "red"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One field on a card."""

    text: str
    symbol: str = ""
    figure: bool = False


@dataclass(frozen=True, kw_only=True)
class Card:
    """One record on the board."""

    id: str
    href: str
    version: int
    title: str
    lines: tuple[Line, ...]
    since: str
    tone: str
    owner: str


@dataclass(frozen=True, kw_only=True)
class Lane:
    """One stage."""

    id: str
    label: str
    tone: str
    count: int
    total: str
    cards: tuple[Card, ...]
    more: str | None


@dataclass(frozen=True, kw_only=True)
class Board:
    """One form's board as one person looks at it."""

    services: Services
    visit: Visit
    form: Form
    sight: Sight
    pipeline: PipelineDef
    state: ListState

    def lanes(self) -> tuple[Lane, ...]:
        """Return every lane with its first cards."""
        groups = () if isinstance(self._groups, BadQuestion | Denied) else self._groups
        sums = {str(each["stage"]): each for each in groups}
        return tuple(self.lane(stage, None, sums.get(stage.id, {})) for stage in self.stages())

    def stages(self) -> Sequence[StageDef]:
        """Return the stages of the path, then the ways out of it."""
        stages = self.pipeline.stages
        return (
            *(each for each in stages if not each.aside),
            *(each for each in stages if each.aside),
        )

    def lane(self, stage: StageDef, after: str | None, sums: Mapping[str, Any]) -> Lane:
        """Return one lane from a place on."""
        locale = self.visit.locale
        page = self._page(stage, after)
        records = page.records if isinstance(page, Page) else ()
        cells = cells_for(self.services, self.visit, self.form, records)
        now = self.services.now()
        following = page.next if isinstance(page, Page) else None
        return Lane(
            id=stage.id,
            label=words(stage.label, locale),
            tone=stage_tone(self.form, stage.id),
            count=int(sums.get("count") or 0),
            total=self._total(sums),
            cards=tuple(self._card(stage, record, cells, now) for record in records),
            more=self._more(stage, following),
        )

    def problem(self) -> Message | None:
        """Return why the board can't be shown as asked for."""
        return self._groups.message if isinstance(self._groups, BadQuestion | Denied) else None

    def _only(self, stage: StageDef | None) -> dict[str, str]:
        only = {"stage": stage.id} if stage else {}
        if len(self.form.pipelines) > 1:
            only["pipeline"] = self.pipeline.id
        return only

    def _page(self, stage: StageDef, after: str | None) -> Any:
        wanted = replace(
            self.state.wanted(self._columns(), PER_LANE),
            only=self._only(stage),
            after=after,
            total=False,
        )
        return list_records(self.services, self.visit.act("board"), self.form, wanted)

    def _columns(self) -> tuple[str, ...]:
        definition = self.form.definition
        wanted = (definition.title, *self._shown(), "owner", "stage", "stage_entered_at")
        return tuple(dict.fromkeys(id_ for id_ in wanted if id_ not in self.sight.hidden))

    def _shown(self) -> tuple[str, ...]:
        board = self.form.definition.board
        usual = (self.form.definition.subtitle, board.total)
        chosen = board.card or tuple(id_ for id_ in usual if id_)
        return tuple(id_ for id_ in chosen if id_ not in self.sight.hidden)

    @cached_property
    def _groups(self) -> Sequence[Mapping[str, Any]] | BadQuestion | Denied:
        total = self._total_field()
        measures = ("count", f"sum:{total}") if total else ("count",)
        wanted = replace(self.state.wanted(), only=self._only(None), sort=(), after=None)
        act = self.visit.act("board")
        return aggregate_records(self.services, act, self.form, wanted, ("stage",), measures)

    def _total_field(self) -> str | None:
        total = self.form.definition.board.total
        shut = self.sight.hidden | self.sight.masked
        return total if total and total not in shut else None

    def _total(self, sums: Mapping[str, Any]) -> str:
        total = self._total_field()
        value = sums.get(f"sum:{total}") if total else None
        if not total or value is None:
            return ""
        field = self.form.fields[total]
        return short_figure(field.show(Decimal(str(value)), self.visit.locale))

    def _card(self, stage: StageDef, record: Record, cells: Cells, now: datetime) -> Card:
        spent = working_time_in_stage(record.stage_entered_at, now, self.services.calendar)
        say = sayer(self.visit.locale)
        since = say("停留 {n} 天", n=spent.days) if spent.days else say("不到 1 天")
        return Card(
            id=record.id,
            href=f"/a/{self.form.app}/{self.form.id}/{record.id}",
            version=record.version,
            title=title_of(self.form, record, cells),
            lines=tuple(
                line
                for id_ in self._shown()
                if (line := self._line(record, id_, cells)) is not None
            ),
            since=since,
            tone=TONES[mark(stage, spent)],
            owner=cells.text(self.form, "owner", record.owner),
        )

    def _line(self, record: Record, id_: str, cells: Cells) -> Line | None:
        text = cells.text(self.form, id_, record.row().get(id_))
        if not text:
            return None
        field = self.form.fields.get(id_)
        figure = field is not None and field.type in FIGURES
        symbol = symbol_of(cells, self.form, id_)
        if field is not None and field.type in BARE:
            text = f"{words(field.label, self.visit.locale)} {text}"
        return Line(text=short_figure(text) if figure else text, symbol=symbol, figure=figure)

    def _more(self, stage: StageDef, after: str | None) -> str | None:
        if after is None:
            return None
        base = f"/a/{self.form.app}/{self.form.id}/board/{stage.id}"
        return f"{base}{self.state.query(after=after)}&pipeline={self.pipeline.id}"

"""How are the records of a form listed, shown on a board, found and related?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from designer.speech import Speech
from engine.wording import Label, Message
from runtime.use_cases.advise_indexes import Advice


@dataclass(frozen=True)
class View:
    """One named way to look at the list."""

    label: str
    where: tuple[str, ...]
    sort: str
    columns: str
    roles: str


@dataclass(frozen=True)
class Related:
    """Records of another form that are listed on the record page."""

    label: str
    form: str
    by: str
    columns: str
    adds: bool
    tells: bool


@dataclass(frozen=True, kw_only=True)
class Listing:
    """Everything about lists of a form."""

    columns: tuple[str, ...]
    sort: str
    filters: tuple[str, ...]
    search: tuple[str, ...]
    card: tuple[str, ...]
    total: str
    views: tuple[View, ...]
    related: tuple[Related, ...]


def listing_of(speech: Speech) -> Listing:
    """Return how the records of a form are listed, in words."""
    definition = speech.form.definition
    shown, board = definition.list, definition.board
    return Listing(
        columns=tuple(map(speech.field, shown.columns)),
        sort=speech.order(shown.sort),
        filters=tuple(map(speech.field, shown.filters)),
        search=tuple(map(speech.field, definition.search or (definition.title,))),
        card=tuple(map(speech.field, board.card)) if speech.form.pipelines else (),
        total=speech.field(board.total) if board.total else "",
        views=tuple(
            View(
                label=speech.words(view.label),
                where=speech.where(view.where),
                sort=speech.order(view.sort),
                columns=speech.fields(view.columns),
                roles=speech.roles(view.roles),
            )
            for view in shown.views
        ),
        related=tuple(_related(speech)),
    )


@dataclass(frozen=True)
class Proposal:
    """An index that the database lacks for some lists."""

    fields: str
    lists: str
    yaml: str


def declared_indexes(speech: Speech) -> tuple[str, ...]:
    """Return the indexes that the form declares, each as the fields that it is made of."""
    return tuple(speech.fields(index.fields) for index in speech.form.definition.indexes)


def proposals(speech: Speech, advice: Iterable[Advice]) -> tuple[Proposal, ...]:
    """Return the indexes that would help, in words."""
    return tuple(
        Proposal(
            fields=speech.fields(one.columns),
            lists=speech.listed(dict.fromkeys(_view(speech, asked.view) for asked in one.asked)),
            yaml=one.yaml,
        )
        for one in advice
    )


def _view(speech: Speech, label: Label | Message) -> str:
    return speech.fill(label) if isinstance(label, Message) else speech.words(label)


def _related(speech: Speech) -> list[Related]:
    found = []
    for one in speech.form.definition.related:
        other = speech.other(one.form)
        if other is None:
            continue
        form = other.words(other.form.definition.label)
        found.append(
            Related(
                label=speech.words(one.label) or form,
                form=form,
                by=other.field(one.by),
                columns=other.fields(one.columns),
                adds=one.add,
                tells=one.timeline,
            )
        )
    return found

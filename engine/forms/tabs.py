"""Which sections of a form stand on which of its tabs?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from engine.definition.form import FormDef, SectionDef, TabDef

T = TypeVar("T")


def tab_of(definition: FormDef, section: SectionDef) -> str | None:
    """Return the tab that a section stands on; None in a form without tabs."""
    first = definition.tabs[0].id if definition.tabs else None
    return section.tab or first


def on_tabs(
    definition: FormDef, parts: Iterable[T], id_of: Callable[[T], str]
) -> tuple[tuple[TabDef, tuple[T, ...]], ...]:
    """Sort what was made of the sections by their tabs; a tab without any is left out."""
    shown = list(parts)
    spots = {section.id: tab_of(definition, section) for section in definition.sections}
    sorted_ = (
        (tab, tuple(part for part in shown if spots[id_of(part)] == tab.id))
        for tab in definition.tabs
    )
    return tuple((tab, own) for tab, own in sorted_ if own)

"""Where is everything kept? The only place that speaks SQL."""

from runtime.store.contents import Content, Unfit
from runtime.store.events import Event
from runtime.store.store import Store
from runtime.store.unit import Unit

__all__ = ["Content", "Event", "Store", "Unfit", "Unit"]

"""How are the steps of a scenario played that are about handing over?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from engine.definition.scenario import GiveStep, NoteStep, PrepareStep, ReceiveStep
from runtime.scenarios.done import Done, Turn, named, newest_list, person
from runtime.use_cases.handovers.give import ask_to_give
from runtime.use_cases.handovers.prepare import note_item, prepare_handover
from runtime.use_cases.handovers.receive import receive_items


def _prepare(turn: Turn, wish: PrepareStep) -> Done:
    world = turn.world
    going, coming = person(world, wish.of), person(world, wish.to)
    return Done(prepare_handover(world.services, turn.act, going, coming))


def _note(turn: Turn, wish: NoteStep) -> Done:
    record = named(turn, wish.record)
    list_ = newest_list(turn.world, wish.of).id
    return Done(note_item(turn.world.services, turn.act, list_, record.id, wish.text), record)


def _give(turn: Turn, wish: GiveStep) -> Done:
    return Done(ask_to_give(turn.world.services, turn.act, newest_list(turn.world, wish.of).id))


def _receive(turn: Turn, wish: ReceiveStep) -> Done:
    record = named(turn, wish.record) if wish.record else None
    list_ = newest_list(turn.world, wish.of).id
    chosen = (record.id,) if record else None
    return Done(receive_items(turn.world.services, turn.act, list_, chosen), record)


PLAYS: Mapping[str, Callable[[Turn, Any], Done]] = {
    "prepare_handover": _prepare,
    "note_handover": _note,
    "give_handover": _give,
    "receive_handover": _receive,
}

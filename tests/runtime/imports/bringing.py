"""A process that brings one sheet in, until somebody kills it."""

from __future__ import annotations

import os
import sys

from runtime.settings import Settings
from runtime.use_cases.act import Act
from runtime.use_cases.import_sheet import walk_sheet
from runtime.workspace.open import open_workspace


def main(run: str, login: str) -> None:
    """Bring a sheet in and say how far it is."""
    services = open_workspace(Settings.from_environment(os.environ))
    with services.store.reading() as unit:
        person = unit.people.by_login(login)
        actor = unit.people.actor(person.id) if person else None
    assert actor is not None

    def tell(done: int, total: int | None) -> None:
        sys.stdout.write(f"{done}\n")
        sys.stdout.flush()

    walk_sheet(services, Act(actor=actor, door="import"), run, "run", tell)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""How much of an app was changed here since its package came?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.app import App
from engine.editing.differences import differences
from engine.editing.draft import Draft
from engine.loading.files import look
from runtime.store import Unit


def count_local_edits(unit: Unit, app: App) -> tuple[int, int]:
    """Return how many things of an app are otherwise than its package has them, and how many
    edits are not published yet."""
    pending = unit.drafts.pending(app.id)
    base = unit.upgrades.base(app.id)
    if base is None:
        return 0, pending
    packed = unit.packages.files(app.id)
    online = {path: content.decode("utf-8-sig") for path, content in packed.items()}
    changed = {path for path in {*base, *online} if base.get(path) != online.get(path)}
    if not changed:
        return 0, pending
    found = differences(_only(base, changed, app), _only(online, changed, app))
    return len(found), pending


def _only(files: Mapping[str, str], paths: set[str], app: App) -> Draft:
    return Draft({path: look(path, files[path]) for path in sorted(paths & files.keys())}, app)

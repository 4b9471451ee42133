"""Who may look at what an app is made of, and change it?"""

from __future__ import annotations

from engine.app import App
from engine.record import Actor


def may_design(app: App, actor: Actor) -> bool:
    """Tell whether a person may open the designer of an app, by a role or as administrator."""
    held = actor.roles_in(app.id)
    return actor.admin or any(role.design and role.id in held for role in app.definition.roles)

"""How does a package come into a workspace?"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from engine.app import App
from engine.packages.scopes import needs_consent
from engine.wording import Message
from runtime.packages.plan import EDITED, PUBLISHER, UNSIGNED, InstallPlan, Obstacle, served
from runtime.services import Services
from runtime.store.migrate.install import install
from runtime.store.origins import Origin
from runtime.workspace.packages import digest

AGREED = "scopes"
Decided = Mapping[str, str]
"""What a person decided against an obstacle: its code, or AGREED, and the reason given."""


def hindrances(plan: InstallPlan, decided: Decided) -> tuple[Obstacle, ...]:
    """Return what still stands against installing, after what a person decided."""
    left = [one for one in plan.obstacles if not _set_aside(one, decided)]
    if needs_consent(plan.asked) and AGREED not in decided:
        message = Message("还没有同意它所要的权限")
        left.append(Obstacle(code="install.scopes", message=message))
    return tuple(left)


def install_package(services: Services, plan: InstallPlan, decided: Decided) -> App:
    """Install a package against which nothing stands: tables, files and where it came from, as
    one transaction. Raises ValueError if something does."""
    left = hindrances(plan, decided)
    if left:
        raise ValueError("; ".join(str(one.message) for one in left))
    app, files, now = plan.package.app, served(plan.package.files), services.now()
    origin = origin_of(services, plan, decided)
    with services.store.installation(app) as unit:
        if unit.origins.one(app.id) != plan.origin:
            raise ValueError("somebody else has just installed it")
        install(unit, app, files, now)
        unit.upgrades.keep_base(app.id, files)
        unit.drafts.forget(app.id)
        unit.origins.keep(origin)
    services.apps[app.id] = app
    return app


def origin_of(services: Services, plan: InstallPlan, decided: Decided) -> Origin:
    """Return what is noted of where a package comes from."""
    publisher, app = plan.package.publisher, plan.package.app
    return Origin(
        app=app.id,
        publisher=publisher.name if publisher else None,
        key=publisher.key if publisher else None,
        version=app.definition.version,
        digest=digest(served(plan.package.files)),
        scopes=msgspec.to_builtins(plan.package.manifest.scopes),
        reason=decided.get(PUBLISHER) or None,
        at=services.now(),
    )


def _set_aside(obstacle: Obstacle, decided: Decided) -> bool:
    if obstacle.code == PUBLISHER:
        return bool(decided.get(PUBLISHER, "").strip())
    return obstacle.code in (UNSIGNED, EDITED) and obstacle.code in decided

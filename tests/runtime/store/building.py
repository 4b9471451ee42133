"""How does a test get an app and a store for its records?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from engine.app import App, Form
from engine.expressions import Env
from engine.loading.load import load_app
from engine.record import Actor, Record
from runtime.store.ids import new_id

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)

MANIFEST = """
app: plant
version: 1.0.0
label: 设备
roles:
  - {id: worker, label: 员工}
"""


def app_of(*forms: str, version: str = "1.0.0", manifest: str = MANIFEST) -> App:
    """Load an app with these forms, each given as YAML text."""
    files = {"app.yaml": manifest.replace("1.0.0", version)}
    for text in forms:
        name = text.strip().splitlines()[0].removeprefix("form:").strip()
        files[f"forms/{name}.yaml"] = text
    return load_app(files)


def form_text(name: str, fields: str, more: str = "", title: str = "name") -> str:
    """Return the YAML of a form with one section; `fields` has one field per line."""
    lines = "\n".join(f"      - {line.strip()}" for line in fields.splitlines() if line.strip())
    return (
        f"form: {name}\nlabel: {name}\ntitle: {title}\n"
        f"sections:\n  - id: basics\n    label: 基本信息\n    fields:\n{lines}\n{more}"
    )


def record_of(form: Form, values: dict[str, Any] | None = None, **system: Any) -> Record:
    """Make a new record with these values."""
    at = system.pop("at", NOW)
    given = {
        "id": new_id(at),
        "version": 1,
        "owner": "ann",
        "department": "east",
        "pipeline": None,
        "stage": None,
        "stage_entered_at": None,
        "created_at": at,
        "created_by": "ann",
        "updated_at": at,
        "updated_by": "ann",
        "last_activity_at": at,
        **system,
    }
    empty = dict.fromkeys(form.fields)
    return Record(app=form.app, form=form.id, values={**empty, **(values or {})}, **given)


def actor_of(**given: Any) -> Actor:
    """Make an actor; ann in the east unless said otherwise."""
    return Actor(
        **{"id": "ann", "name": "Ann", "department": "east", "departments": ("east",), **given}
    )


def env_of(actor: Actor | None = None, today: date = date(2026, 11, 21)) -> Env:
    """Make what expressions see besides the row."""
    who = actor or actor_of()
    user = {"id": who.id, "name": who.name, "department": who.department,
            "departments": who.departments, "roles": ()}  # fmt: skip
    return Env(today=today, now=NOW, user=user)


def later(minutes: int) -> datetime:
    """Return a moment after NOW."""
    return NOW + timedelta(minutes=minutes)

"""The folder of a package is opened in the designer, and publishing writes it."""

from __future__ import annotations

import json
from pathlib import Path

from designer.app import build_app
from designer.folder import LOGIN, prepare_folder, write_on_publishing
from runtime.settings import Settings
from runtime.workspace.open import open_workspace
from runtime.workspace.packages import files_of
from tests.desk import FILES
from tests.web.visitor import Visitor

LABEL = ["forms/ticket.yaml", "sections", "basics", "fields", "cause", "label"]


def test_publishing_changes_only_the_lines_that_were_meant(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (folder / "README.md").write_text("mine")
    settings = Settings.from_environment({"HOME_DIR": str(tmp_path), "CHEAP_PASSWORDS": "1"})
    app, password = prepare_folder(settings, folder)
    services = open_workspace(settings)
    served = build_app(services)
    write_on_publishing(served, services, folder)
    visitor = Visitor(served.test_client())
    visitor.sign_in(LOGIN, password)
    edit = {"op": "set", "target": LABEL, "value": {"zh": "缘由", "en": "Cause"}}
    asked = json.dumps({"rev": 1, "edits": [edit]})
    headers = {"X-CSRFToken": visitor.csrf, "Content-Type": "application/json"}
    visitor.client.post(f"/design/{app}/edits", data=asked, headers=headers)

    assert files_of(folder) == FILES
    assert visitor.post(f"/design/{app}/publish", at="2").status_code == 303

    former = FILES["forms/ticket.yaml"].decode()
    written = (folder / "forms/ticket.yaml").read_text()
    assert written == former.replace("{zh: 原因, en: Cause}", "{zh: 缘由, en: Cause}")
    assert (folder / "app.yaml").read_bytes() == FILES["app.yaml"]
    assert (folder / "README.md").read_text() == "mine"
    services.store.close()

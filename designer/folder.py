"""How does the designer serve the folder of a package, and write it again?"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from pathlib import Path

from flask import Flask, Response, request

from engine.loading.folder import kind_of
from runtime.services import Services
from runtime.settings import Settings
from runtime.workspace.accounts import add_account
from runtime.workspace.open import install_app, open_workspace
from runtime.workspace.packages import files_of

FOLDER = "DESIGN_FOLDER"
"""The environment says by it to the serving process where publishing writes."""

LOGIN = "designer"


def prepare_folder(settings: Settings, folder: Path) -> tuple[str, str]:
    """Make a workspace with nothing but the app of a folder and one account; return the id of the
    app and the password. Raises BrokenApp."""
    services = open_workspace(settings)
    app = install_app(services, files_of(folder))
    password = secrets.token_urlsafe(9)
    add_account(services, LOGIN, LOGIN, password, True, ())
    services.store.close()
    return app.id, password


def write_on_publishing(app: Flask, services: Services, folder: Path) -> None:
    """Let every publishing write the files of the app into a folder."""

    def written(response: Response) -> Response:
        if request.endpoint == "versions.go" and response.status_code == 303:
            with services.store.reading() as unit:
                write_folder(unit.packages.files((request.view_args or {})["app"]), folder)
        return response

    app.after_request(written)


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Make a folder hold just these files of an app; what is no file of an app stays, and what is
    the same is not touched."""
    for path, content in files.items():
        target = folder / path
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    for path in set(files_of(folder)) - set(files):
        if kind_of(path):
            (folder / path).unlink()

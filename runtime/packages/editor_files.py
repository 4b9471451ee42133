"""By which files does an editor know how the files of an app are written?"""

from __future__ import annotations

import json
from collections.abc import Collection

from engine.loading.folder import FOLDERS, MANIFEST
from engine.loading.schemas import texts

EDITOR_CONFIG = """root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true
trim_trailing_whitespace = true

[*.yaml]
indent_style = space
indent_size = 2
"""
IGNORED = """# What is made of the app, not the app.
*.zip
shelf/
"""


def editor_files(own_types: Collection[str] = ()) -> dict[str, bytes]:
    """Return the settings and schemas by which editors complete and check an app's files, without
    a network; fields may have the app's own types. They do not go into packages."""
    places = {"app": MANIFEST, **{kind: f"{folder}/*.yaml" for folder, kind in FOLDERS.items()}}
    settings = {
        "yaml.schemas": {
            f"./.vscode/schemas/{kind}.schema.json": [places[kind]] for kind in places
        },
        "yaml.schemaStore.enable": False,
        "[yaml]": {"editor.tabSize": 2, "editor.formatOnSave": False},
    }
    found = {
        ".editorconfig": EDITOR_CONFIG,
        ".gitignore": IGNORED,
        ".vscode/settings.json": json.dumps(settings, indent=2) + "\n",
        ".vscode/extensions.json": json.dumps({"recommendations": ["redhat.vscode-yaml"]}) + "\n",
        **{f".vscode/schemas/{name}": text for name, text in texts(own_types).items()},
    }
    return {name: text.encode() for name, text in found.items()}

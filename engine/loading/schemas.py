"""Are the JSON Schemas that editors complete from those that apps are checked by?"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection
from pathlib import Path
from typing import Any

from engine.catalog import FIELD_TYPES
from engine.loading.shape_sharing import with_shared_keys
from engine.loading.shape_unions import ID_PATTERN
from engine.loading.shapes import KINDS, schema_of

FOLDER = Path(__file__).parents[2] / "schemas"


def texts(own: Collection[str] = ()) -> dict[str, str]:
    """Return what each file of `schemas/` should hold, by its name; or of an app with types of
    fields of its own."""
    return {
        f"{kind}.schema.json": json.dumps(
            with_shared_keys(open_to(schema_of(kind), own)), ensure_ascii=False, indent=1
        )
        + "\n"
        for kind in KINDS
    }


def open_to(part: Any, own: Collection[str]) -> Any:
    """Return a schema by which fields may have types of an app's own: these, or any where none
    is named. Editors can't look into the other files of an app, as the loader does."""
    if isinstance(part, list):
        return [open_to(item, own) for item in part]
    if not isinstance(part, dict):
        return part
    words = part.get("enum")
    if isinstance(words, list) and {"text", "money"} <= set(words) <= FIELD_TYPES.keys():
        if own:
            return {"enum": [*sorted(own), *words]}
        return {"type": "string", "anyOf": [{"enum": words}, {"pattern": ID_PATTERN}]}
    return {key: open_to(value, own) for key, value in part.items()}


def drifted(folder: Path = FOLDER) -> list[str]:
    """Return the names of the files that are not what they should be."""
    wanted = texts()
    present = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.json")}
    return sorted(name for name in {*wanted, *present} if wanted.get(name) != present.get(name))


def write(folder: Path = FOLDER) -> None:
    """Write every schema."""
    folder.mkdir(exist_ok=True)
    for name, text in texts().items():
        (folder / name).write_text(text, encoding="utf-8")


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Write the schemas; with `--check`, only tell which differ."""
    if arguments != ["--check"]:
        write(folder)
        return 0
    names = drifted(folder)
    for name in names:
        sys.stdout.write(f"schemas/{name} differs; run python -m engine.loading.schemas\n")
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

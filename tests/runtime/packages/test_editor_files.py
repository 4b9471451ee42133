"""What `app new` writes lets an editor complete and check the files of the app by itself."""

from __future__ import annotations

import json
from fnmatch import fnmatch
from pathlib import Path

from click.testing import CliRunner
from jsonschema import Draft202012Validator

from engine.loading.load import problems_of
from engine.loading.read import read_text
from engine.packages.package import pack
from runtime.cli import main
from runtime.packages.folder import package_files

EXAMPLE = Path(__file__).parents[3] / "examples" / "field_type"


def _schema_of(folder: Path, file: str) -> Draft202012Validator:
    settings = json.loads((folder / ".vscode" / "settings.json").read_text("utf-8"))
    schemas = [
        schema
        for schema, places in settings["yaml.schemas"].items()
        if any(fnmatch(file, place) for place in places)
    ]
    assert len(schemas) == 1, file
    return Draft202012Validator(json.loads((folder / schemas[0]).read_text("utf-8")))


def test_a_new_app_is_complete_and_each_of_its_files_has_a_schema(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    done = CliRunner().invoke(main, ["app", "new", str(folder), "--label", "我的"])

    assert done.exit_code == 0, done.output
    assert problems_of(folder) == []
    files = [path.relative_to(folder).as_posix() for path in folder.rglob("[!.]*.yaml")]
    assert len(files) == 5
    for file in files:
        for source in read_text(file, "", (folder / file).read_text("utf-8"))[0]:
            assert list(_schema_of(folder, file).iter_errors(source.data)) == []
    assert not any("vscode" in name for name in pack(package_files(folder)).files)


def test_the_editor_knows_the_apps_own_types_once_it_is_told(tmp_path: Path) -> None:
    for path in EXAMPLE.rglob("*.yaml"):
        target = tmp_path / path.relative_to(EXAMPLE)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    (tmp_path / ".gitignore").write_text("mine")
    done = CliRunner().invoke(main, ["app", "editor", str(tmp_path)])

    assert done.exit_code == 0, done.output
    assert (tmp_path / ".gitignore").read_text() == "mine"
    text = (tmp_path / "forms" / "device.yaml").read_text("utf-8")
    form = read_text("forms/device.yaml", "form", text)[0][0].data
    schema = _schema_of(tmp_path, "forms/device.yaml")
    assert list(schema.iter_errors(form)) == []
    form["sections"][0]["fields"][0]["type"] = "asset_n"
    assert list(schema.iter_errors(form)) != []

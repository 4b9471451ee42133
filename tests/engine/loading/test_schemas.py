"""The JSON Schemas that editors complete from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from engine.catalog import FIELD_TYPES
from engine.loading.check import fits
from engine.loading.folder import kind_of
from engine.loading.read import read_text
from engine.loading.schemas import drifted, main
from engine.loading.shape_sharing import with_shared_keys
from engine.loading.shapes import KINDS, schema_of

ROOT = Path(__file__).parents[3]
APPS = [folder for place in ("apps", "examples") for folder in (ROOT / place).glob("*/app.yaml")]


def test_the_files_are_what_the_structs_say() -> None:
    assert drifted() == []


def test_drift_is_told_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([], tmp_path) == 0
    assert main(["--check"], tmp_path) == 0
    (tmp_path / "app.schema.json").write_text("{}")
    (tmp_path / "old.schema.json").write_text("{}")

    assert drifted(tmp_path) == ["app.schema.json", "old.schema.json"]
    assert main(["--check"], tmp_path) == 1
    assert "schemas/old.schema.json" in capsys.readouterr().out


@pytest.mark.parametrize("kind", KINDS)
def test_each_is_a_schema(kind: str) -> None:
    Draft202012Validator.check_schema(schema_of(kind))
    Draft202012Validator.check_schema(with_shared_keys(schema_of(kind)))


def test_what_stands_there_once_means_the_same() -> None:
    shared = Draft202012Validator(with_shared_keys(schema_of("form")))
    sound = (Path(__file__).parent / "sound" / "forms" / "ticket.yaml").read_text("utf-8")
    data = read_text("a.yaml", "form", sound)[0][0].data

    assert shared.is_valid(data)
    assert fits("form", data)
    data["sections"][0]["fields"][0]["requird"] = True
    assert not shared.is_valid(data)
    assert not fits("form", data)


def test_every_field_type_says_what_it_is_in_both_languages() -> None:
    parts = schema_of("form")["$defs"]

    for word, type_ in FIELD_TYPES.items():
        part = parts[type_.__name__]
        assert part["properties"]["type"]["enum"] == [word]
        assert set(part["x-title"]) == {"zh", "en"}


def test_keys_are_described_by_what_stands_below_them_in_the_code() -> None:
    gate = schema_of("form")["$defs"]["StageDef"]["properties"]["gate"]

    assert gate["description"] == "What must hold to leave for the next stage."


def test_no_any_of_is_left_whose_errors_would_point_nowhere() -> None:
    for kind in KINDS:
        assert "anyOf" not in str(schema_of(kind))
        assert "oneOf" not in str(schema_of(kind))


@pytest.mark.parametrize("manifest", APPS, ids=lambda path: path.parent.name)
def test_every_file_of_an_app_tells_editors_its_schema(manifest: Path) -> None:
    for path in manifest.parent.rglob("*.yaml"):
        kind = kind_of(path.relative_to(manifest.parent).as_posix())
        first = path.read_text("utf-8").partition("\n")[0]
        header = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
        assert header, path
        assert (path.parent / header[1]).resolve() == ROOT / "schemas" / f"{kind}.schema.json"

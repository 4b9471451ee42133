from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.loading.load import load_app
from engine.packages.package import pack, sign
from runtime.cli import main
from runtime.services import Services
from runtime.settings import Settings
from runtime.store.migrate.install import install
from runtime.workspace.open import install_app, open_workspace
from tests.engine.packages.attacks import ATTACKS, FILES

OURS = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
THEIRS = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
CALLS = b"""
rule: tell
form: note
label: {zh: \xe5\x91\x8a\xe8\xaf\x89, en: Tell}
on: {type: created}
do: [{type: webhook, url: 'https://elsewhere.example/hook'}]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME_DIR", str(tmp_path / "home"))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DOUGONG_KEY", raising=False)
    return tmp_path


def _version(version: str, more: bytes = b"", **files: bytes) -> Mapping[str, bytes]:
    manifest = FILES["app.yaml"].replace(b"1.0.0", version.encode()) + more
    return {**FILES, "app.yaml": manifest, **files}


def _file(home: Path, files: Mapping[str, bytes] = FILES, key: Ed25519PrivateKey = OURS) -> str:
    path = home / "notes.zip"
    path.write_bytes(sign(pack(files), "某某科技", key).bytes())
    return str(path)


def _run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def _install(*words: str) -> Result:
    return _run("app", "install", "--lang", "en", *words)


@pytest.fixture
def opened(home: Path) -> Iterator[Services]:
    services = open_workspace(Settings.from_environment())
    yield services
    services.store.close()


def _there(services: Services) -> str | None:
    with services.store.reading() as unit:
        found = unit.packages.one("notes")
    return found.version if found else None


def test_a_package_goes_from_a_folder_to_a_workspace(home: Path) -> None:
    for name, content in FILES.items():
        path = home / "notes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    file = str(home / "notes.zip")

    steps = [
        ("app", "pack", str(home / "notes"), "--out", file),
        ("app", "sign", file, "--publisher", "某某科技"),
        ("app", "install", file),
        ("app", "list"),
    ]

    done = [_run(*words) for words in steps]
    assert [one.exit_code for one in done] == [0] * 4, [one.output for one in done]
    assert done[-1].output == "notes\t1.0.0\n"
    assert (home / "home" / "publisher.key").stat().st_mode & 0o777 == 0o600


def test_an_update_of_the_same_publisher_is_taken(home: Path, opened: Services) -> None:
    _install(_file(home))

    assert _install(_file(home, _version("1.1.0"))).exit_code == 0
    assert _there(opened) == "1.1.0"


def test_another_publishers_update_waits_for_a_reason(home: Path, opened: Services) -> None:
    _install(_file(home))
    theirs = _file(home, _version("1.1.0"), THEIRS)

    refused = _install(theirs, "--yes", "--unsigned", "--lose-edits")
    assert refused.exit_code == 1
    assert "install.publisher" in refused.stderr
    assert _there(opened) == "1.0.0"

    assert _install(theirs, "--new-publisher", "they bought the firm").exit_code == 0
    with opened.store.reading() as unit:
        origin = unit.origins.one("notes")
    assert origin is not None
    assert origin.reason == "they bought the firm"


def test_an_unsigned_update_can_not_get_round_the_pinned_key(home: Path) -> None:
    _install(_file(home))
    (home / "notes.zip").write_bytes(pack(_version("1.1.0")).bytes())

    refused = _install(str(home / "notes.zip"), "--unsigned")

    assert refused.exit_code == 1
    assert "install.publisher" in refused.stderr


def test_an_unsigned_package_is_taken_only_as_such(home: Path) -> None:
    (home / "notes.zip").write_bytes(pack(FILES).bytes())

    assert "install.unsigned" in _install(str(home / "notes.zip")).stderr
    assert _install(str(home / "notes.zip"), "--unsigned").exit_code == 0


def test_nothing_goes_back_to_an_earlier_version(home: Path, opened: Services) -> None:
    _install(_file(home, _version("1.10.0")))

    assert "install.downgrade" in _install(_file(home, _version("1.9.0"))).stderr
    assert _there(opened) == "1.10.0"


@pytest.mark.parametrize("wanted", ["dougong: '>=99.0'", "other: '>=1.0'"])
def test_what_an_app_requires_must_be_there(home: Path, wanted: str) -> None:
    file = _file(home, _version("1.0.0", b"requires: {%s}\n" % wanted.encode()))

    refused = _install(file)

    assert refused.exit_code == 1
    assert "install.requires" in refused.stderr


def test_an_update_must_do_for_the_apps_that_need_it(home: Path, opened: Services) -> None:
    _install(_file(home))
    other = FILES["app.yaml"].replace(b"app: notes", b"app: other")
    install_app(opened, {**FILES, "app.yaml": other + b"requires: {notes: '>=1.0,<2'}\n"})

    assert "install.required_by" in _install(_file(home, _version("2.0.0"))).stderr
    assert _install(_file(home, _version("1.5.0"))).exit_code == 0


def test_an_update_that_asks_for_more_waits_until_somebody_agrees(
    home: Path, opened: Services
) -> None:
    _install(_file(home))
    more = _file(home, _version("1.1.0", **{"rules/tell.yaml": CALLS}))

    refused = _install(more)
    assert "Sends to other hosts: elsewhere.example" in refused.stdout
    assert "install.scopes" in refused.stderr
    assert _there(opened) == "1.0.0"

    assert _install(more, "--yes").exit_code == 0
    assert _install(more).exit_code == 0, "what was agreed to is not asked again"


def _change_here(services: Services, what: bytes, into: bytes) -> None:
    """Publish another label, as a designer of the workspace does."""
    files = {**FILES, "forms/note.yaml": FILES["forms/note.yaml"].replace(what, into)}
    app = load_app(files)
    with services.store.installation(app) as unit:
        install(unit, app, files, services.now())


def test_what_was_changed_here_is_kept_unless_it_is_given_up(home: Path, opened: Services) -> None:
    _install(_file(home))
    _change_here(opened, b"en: Text", b"en: Words")

    assert _install(_file(home, _version("1.1.0"))).exit_code == 0
    with opened.store.reading() as unit:
        assert b"en: Words" in unit.packages.files("notes")["forms/note.yaml"]
    assert _there(opened) == "1.1.0"

    assert _install(_file(home, _version("1.2.0")), "--lose-edits").exit_code == 0
    with opened.store.reading() as unit:
        assert b"en: Words" not in unit.packages.files("notes")["forms/note.yaml"]


def test_what_both_changed_waits_until_it_is_decided(home: Path, opened: Services) -> None:
    _install(_file(home))
    _change_here(opened, b"en: Text", b"en: Words")
    theirs = FILES["forms/note.yaml"].replace(b"en: Text", b"en: Content")

    refused = _install(_file(home, _version("1.1.0", **{"forms/note.yaml": theirs})))

    assert refused.exit_code == 1
    assert "/design/notes/conflicts" in refused.stderr
    assert _there(opened) == "1.0.0"
    with opened.store.reading() as unit:
        waiting = unit.upgrades.waiting("notes")
    assert waiting is not None
    assert waiting.version == "1.1.0"


@pytest.mark.parametrize("attack", ["out of the folder", "a YAML bomb", "a wrong checksum"])
def test_nothing_is_written_of_what_is_refused(home: Path, opened: Services, attack: str) -> None:
    code, made = ATTACKS[attack]
    (home / "evil.zip").write_bytes(made())
    before = {path: path.stat().st_size for path in home.rglob("*")}

    refused = _install(str(home / "evil.zip"), "--unsigned", "--yes")

    assert refused.exit_code == 1
    assert f"[{code}]" in refused.stderr
    assert {path: path.stat().st_size for path in home.rglob("*")} == before
    assert _there(opened) is None


def test_a_key_that_others_can_read_signs_nothing(home: Path) -> None:
    file = _file(home)
    _run("key", "new", "--out", str(home / "my.key"))
    (home / "my.key").chmod(0o644)

    assert "chmod 600" in _run("app", "sign", file, "--key", str(home / "my.key")).stderr


def test_a_key_is_never_overwritten(home: Path) -> None:
    assert _run("key", "new").exit_code == 0
    assert _run("key", "new").exit_code == 1

from __future__ import annotations

import random
import zipfile
from io import BytesIO

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.packages.broken import BrokenPackage
from engine.packages.package import Package, open_package, pack, sign
from engine.packages.signing import fingerprint, public_key
from engine.problems import BrokenApp
from engine.wording import Message
from runtime.language import translate
from tests.engine.packages.attacks import ATTACKS, FILES, Part, sound, zipped

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def _signed() -> Package:
    return sign(pack(FILES), "某某科技", KEY)


def _refusal(data: bytes) -> tuple[str, Message]:
    try:
        open_package(data)
    except BrokenPackage as broken:
        return broken.code, broken.message
    except BrokenApp as broken:
        return broken.problems[0].code, broken.problems[0].message
    raise AssertionError("it was taken")


def test_what_was_packed_and_signed_opens_again() -> None:
    opened = open_package(_signed().bytes())

    assert dict(opened.files) == dict(FILES)
    assert opened.app.id == "notes"
    assert opened.publisher is not None
    assert (opened.publisher.name, opened.publisher.key) == ("某某科技", public_key(KEY))


def test_what_nobody_signed_says_so() -> None:
    assert open_package(pack(FILES).bytes()).publisher is None


def test_the_same_content_gives_the_same_bytes() -> None:
    backwards = dict(reversed(list(FILES.items())))

    assert sign(pack(backwards), "某某科技", KEY).bytes() == _signed().bytes()


def test_any_program_can_look_into_a_package() -> None:
    with zipfile.ZipFile(BytesIO(_signed().bytes())) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["manifest.json", "signature", *FILES]


def test_only_what_an_app_consists_of_is_packed() -> None:
    more = {"README.md": b"# Notes", "notes.txt": b"", "forms/old.yaml~": b"", "icon.png": b""}
    more["icon.png"] = b"\x89PNG\r\n\x1a\n"

    assert set(pack({**FILES, **more}).files) == {*FILES, "README.md", "icon.png"}


def test_an_app_that_is_unsound_is_not_packed() -> None:
    with pytest.raises(BrokenApp):
        pack({**FILES, "forms/note.yaml": b"form: note"})


def test_the_corpus_begins_with_a_package_that_is_taken() -> None:
    assert open_package(zipped(sound())).app.id == "notes"


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused_with_words_for_what_it_tries(attack: str) -> None:
    code, made = ATTACKS[attack]

    found, message = _refusal(made())

    assert found == code
    assert message.fill(translate("en"), "en") != message.fill()


def test_a_package_with_any_bit_flipped_is_refused() -> None:
    whole = _signed().bytes()
    chance = random.Random(42)

    for _ in range(200):
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        flipped = bytearray(whole)
        flipped[at] ^= 1 << bit
        with pytest.raises((BrokenPackage, BrokenApp)):
            open_package(bytes(flipped))


def test_a_signature_is_for_one_manifest_and_one_name() -> None:
    ours = _signed()
    stolen = Package(
        sign(pack(FILES), "另一家", KEY).manifest, ours.files, ours.app, ours.signature
    )

    assert _refusal(stolen.bytes())[0] == "package.signature"


def test_a_signature_that_was_taken_off_is_missed() -> None:
    ours = _signed()

    bare = Package(ours.manifest, ours.files, ours.app)

    assert _refusal(bare.bytes())[0] == "package.signature"


def test_an_entry_that_is_not_the_platforms_zip_is_refused_even_if_every_hash_is_right() -> None:
    parts = sound()

    assert _refusal(zipped([parts[0], parts[2], parts[1]]))[0] == "package.form"
    assert _refusal(zipped([*parts, Part(b"rules/more.yaml", b"")]))[0] == "package.unlisted"


def test_people_compare_a_key_in_groups() -> None:
    assert [len(group) for group in fingerprint(public_key(KEY)).split()] == [4] * 8

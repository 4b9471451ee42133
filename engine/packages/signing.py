"""Who vouches for a package?"""

from __future__ import annotations

import hashlib

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from engine.packages.broken import BrokenPackage
from engine.packages.manifest import Manifest
from engine.wording import Message

PURPOSE = b"dougong package 1\n"
"""Before what is signed, so that a signature for anything else is none for a package."""


def public_key(key: Ed25519PrivateKey) -> str:
    """Return the public half of a key, as manifests write it."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()


def fingerprint(key: str) -> str:
    """Return what people compare of a public key: eight groups of four digits."""
    digits = hashlib.sha256(bytes.fromhex(key)).hexdigest()[:32]
    return " ".join(digits[at : at + 4] for at in range(0, 32, 4))


def signature_of(manifest: Manifest, key: Ed25519PrivateKey) -> bytes:
    """Return the signature for a manifest that names its publisher."""
    return key.sign(PURPOSE + manifest.bytes())


def check_signature(manifest: Manifest, signature: bytes | None) -> None:
    """Pass what its publisher signed, and what names none. Raises BrokenPackage."""
    if manifest.publisher is None and signature is None:
        return
    wrong = BrokenPackage("package.signature", Message("签名不对：应用包不是发布者签发的原样"))
    if manifest.publisher is None or signature is None:
        raise wrong
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(manifest.publisher.key))
        key.verify(signature, PURPOSE + manifest.bytes())
    except (InvalidSignature, ValueError) as error:
        raise wrong from error

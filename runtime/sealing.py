"""How are secrets kept, so that who reads the database does not read them?"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE = 12
VERSION = b"\x01"


class Broken(Exception):
    """What was kept can't be opened: the key of the workspace is another one, or it was changed."""


class Seal:
    """Seals bytes with AES-256-GCM under a key that comes from the key of the workspace."""

    def __init__(self, secret_key: str) -> None:
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"secrets of channels")
        self._cipher = AESGCM(derive.derive(secret_key.encode()))

    def close(self, content: bytes, whose: str) -> bytes:
        """Seal something that belongs to `whose`; nobody else's seal can be opened in its place."""
        nonce = secrets.token_bytes(NONCE)
        return VERSION + nonce + self._cipher.encrypt(nonce, content, whose.encode())

    def open(self, sealed: bytes, whose: str) -> bytes:
        """Return what was sealed. Raises Broken."""
        nonce, rest = sealed[1 : 1 + NONCE], sealed[1 + NONCE :]
        if sealed[:1] != VERSION:
            raise Broken
        try:
            return self._cipher.decrypt(nonce, rest, whose.encode())
        except (InvalidTag, ValueError) as error:
            raise Broken from error

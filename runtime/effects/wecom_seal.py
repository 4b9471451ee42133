"""How is what WeCom tells us signed and sealed?"""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

RANDOM, LENGTH, BLOCK = 16, 4, 32
"""Bytes at the beginning: a random part, then how long the text is; and what it is padded to."""
KEY = 43
"""Characters of an EncodingAESKey: 32 bytes in base64 without its last sign."""


def signature(token: str, *parts: str) -> str:
    """Return the signature of some parts: all of them sorted, with the token, by SHA-1."""
    text = "".join(sorted((token, *parts)))
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


def unsealed(aes_key: str, text: str, receiver: str) -> str | None:
    """Return what was sealed for a receiver; None if it was not, or not for them."""
    key = _key(aes_key)
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if key is None or not content or len(content) % 16:
        return None
    return _read(_decrypted(key, content), receiver)


def _key(aes_key: str) -> bytes | None:
    try:
        key = base64.b64decode(f"{aes_key}=")
    except (binascii.Error, ValueError):
        return None
    return key if len(key) == BLOCK else None


def _decrypted(key: bytes, content: bytes) -> bytes:
    opening = Cipher(AES(key), CBC(key[:16])).decryptor()
    return opening.update(content) + opening.finalize()


def _read(plain: bytes, receiver: str) -> str | None:
    padding = plain[-1]
    if not 1 <= padding <= BLOCK or plain[-padding:] != bytes((padding,)) * padding:
        return None
    rest = plain[RANDOM:-padding]
    long = int.from_bytes(rest[:LENGTH], "big")
    text, whose = rest[LENGTH : LENGTH + long], rest[LENGTH + long :]
    if len(text) != long or whose != receiver.encode():
        return None
    try:
        return text.decode()
    except UnicodeDecodeError:
        return None

"""How is what Feishu tells us signed and sealed?"""

from __future__ import annotations

import base64
import binascii
import hashlib

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

BLOCK = 16


def signature(encrypt_key: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Return the signature of a body and of the moment at which it was sent."""
    return hashlib.sha256(f"{timestamp}{nonce}{encrypt_key}".encode() + body).hexdigest()


def unsealed(encrypt_key: str, text: str) -> bytes | None:
    """Return what was sealed by the key; None if it was not."""
    try:
        content = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return None
    if len(content) < 2 * BLOCK or len(content) % BLOCK:
        return None
    key = hashlib.sha256(encrypt_key.encode()).digest()
    opening = Cipher(AES(key), CBC(content[:BLOCK])).decryptor()
    plain = opening.update(content[BLOCK:]) + opening.finalize()
    padding = plain[-1]
    if not 1 <= padding <= BLOCK or plain[-padding:] != bytes((padding,)) * padding:
        return None
    return plain[:-padding]

"""Where does a publisher keep the key that packages are signed with?"""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from engine.packages.broken import BrokenPackage
from engine.wording import Message

OWNER_ONLY = 0o600


def usual_place(home: Path) -> Path:
    """Return where the key lies unless somebody says otherwise."""
    return Path(os.environ.get("DOUGONG_KEY") or home / "publisher.key")


def new_key(path: Path) -> Ed25519PrivateKey:
    """Make a key in a file that only its owner can read. Raises FileExistsError: a key that was
    lost can't be had again."""
    key = Ed25519PrivateKey.generate()
    written = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    with os.fdopen(handle, "wb") as file:
        file.write(written)
    return key


def read_key(path: Path) -> Ed25519PrivateKey:
    """Return the key in a file. Raises BrokenPackage if it is none, or if others can read it."""
    if not path.is_file():
        message = Message("没有私钥文件 {path}，请先执行 dougong key new", path=str(path))
        raise BrokenPackage("key.missing", message)
    if os.name == "posix" and path.stat().st_mode & 0o077:
        message = Message("私钥文件 {path} 别人也能读，请先执行 chmod 600", path=str(path))
        raise BrokenPackage("key.open", message)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return key


def _no_key(path: Path) -> BrokenPackage:
    message = Message("{path} 不是用来签发应用包的私钥", path=str(path))
    return BrokenPackage("key.kind", message)

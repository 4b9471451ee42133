"""How do files become one archive that has the same bytes each time?"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

from engine.packages.names import MANIFEST, SIGNATURE

LOCAL = struct.Struct("<4s5H3I2H")
CENTRAL = struct.Struct("<4s6H3I5H2I")
END = struct.Struct("<4s4H2IH")
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"

VERSION = 20
MADE_BY = (3 << 8) | VERSION
UTF8_NAMES = 0x800
STORED = 0
NO_TIME, FIRST_DAY = 0, 0x21
"""1980-01-01, the first moment that a zip can tell: when it was packed must not show."""
PLAIN_FILE = 0o100644 << 16
FIRST = (MANIFEST, SIGNATURE)


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Return a zip of the files: what a package says about itself first, then by name.

    Nothing is compressed: the bytes of a compressed file depend on the library that made it, and
    what is not compressed can't be a bomb.
    """
    bodies: list[bytes] = []
    index: list[bytes] = []
    offset = 0
    for name in sorted(files, key=lambda name: (name not in FIRST, name)):
        content = files[name]
        raw, crc, size = name.encode(), zlib.crc32(content), len(content)
        said = (VERSION, UTF8_NAMES, STORED, NO_TIME, FIRST_DAY, crc, size, size, len(raw), 0)
        body = LOCAL.pack(LOCAL_MARK, *said) + raw + content
        where = (0, 0, 0, PLAIN_FILE, offset)
        index.append(CENTRAL.pack(CENTRAL_MARK, MADE_BY, *said, *where) + raw)
        bodies.append(body)
        offset += len(body)
    central = b"".join(index)
    end = END.pack(END_MARK, 0, 0, len(files), len(files), len(central), offset, 0)
    return b"".join([*bodies, central, end])

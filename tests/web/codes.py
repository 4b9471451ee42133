"""How is a bar code drawn, as a picture and as what a camera sees?"""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image, ImageDraw

LEFT = ("0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011",
        "0110111", "0001011")  # fmt: skip
PARITY = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG",
          "LGLGGL", "LGGLGL")  # fmt: skip
MODULE = 4


def _bars(code: str) -> str:
    """Return the modules of an EAN-13 code, 1 for black."""
    digits = [int(digit) for digit in code]
    right = ["".join("10"[int(bit)] for bit in each) for each in LEFT]
    even = [each[::-1] for each in right]
    halves = zip(PARITY[digits[0]], digits[1:7], strict=True)
    first = "".join(LEFT[digit] if kind == "L" else even[digit] for kind, digit in halves)
    return f"101{first}01010{''.join(right[digit] for digit in digits[7:])}101"


def picture(code: str) -> Image.Image:
    """Return the code on a white sheet of 640 x 480."""
    sheet = Image.new("L", (640, 480), 255)
    draw = ImageDraw.Draw(sheet)
    left = (640 - 95 * MODULE) // 2
    for at, bit in enumerate(_bars(code)):
        if bit == "1":
            begin = left + at * MODULE
            draw.rectangle((begin, 140, begin + MODULE - 1, 340), fill=0)
    return sheet


def png(sheet: Image.Image) -> bytes:
    """Return a picture as a file."""
    out = io.BytesIO()
    sheet.save(out, "PNG")
    return out.getvalue()


def film(sheet: Image.Image, path: Path) -> Path:
    """Write a film (YUV4MPEG2) in which nothing moves, for the browser's fake camera."""
    width, height = sheet.size
    colourless = bytes([128]) * (width * height // 2)
    frame = b"FRAME\n" + sheet.tobytes() + colourless
    path.write_bytes(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420\n".encode() + frame * 3)
    return path

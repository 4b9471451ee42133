"""Which files and comments do demo records come with?"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from datetime import datetime

from PIL import Image, ImageDraw

from engine.definition.data import DemoRow
from engine.moments import moment
from engine.record import Actor, Record
from runtime.services import Services
from runtime.store import Event, Unfit, Unit
from runtime.store.ids import new_id
from runtime.use_cases.attach_evidence import Handed
from runtime.use_cases.reach import Work

LARGEST = 1_048_576


def add_evidence(
    work: Work, record: Record, row: DemoRow, people: Mapping[str, Actor], now: datetime
) -> None:
    """Hand in the row's evidence, with a small real file of each kind."""
    for piece in row.evidence:
        at = moment(piece.at, now) if piece.at else work.now
        by = people[piece.by].id if piece.by else work.act.actor.id
        for name in piece.files:
            file = stand_in(work.services, work.unit, name, by, at, record.id)
            id_ = new_id(at)
            handed = Handed(item=piece.item, file=file)
            work.unit.evidence.add(work.form, record.id, id_, handed, at, by)
            if piece.verdict:
                judge = _superior(work, by) if by == record.owner else by
                work.unit.evidence.judge(id_, piece.verdict, judge, at, piece.reason)


def _superior(work: Work, by: str) -> str:
    person = work.unit.people.one(by)
    return (person and person.manager) or by


def add_comments(
    work: Work, record: Record, row: DemoRow, people: Mapping[str, Actor], now: datetime
) -> None:
    """Write the row's comments into its timeline."""
    for comment in row.comments:
        at = moment(comment.at, now) if comment.at else work.now
        work.unit.events.add(
            Event(
                id=new_id(at),
                at=at,
                app=work.form.app,
                form=work.form.id,
                record=record.id,
                version=record.version,
                kind="commented",
                actor=people[comment.by].id,
                door="system",
                text=comment.text,
            )
        )


def stand_in(
    services: Services, unit: Unit, name: str, by: str, at: datetime, salt: str = ""
) -> str:
    """Make a small real file of the kind that the name says; return its id."""
    content = content_of(name, f"{name} {salt} {at.isoformat()}")
    stored = services.store.files.put(io.BytesIO(content), LARGEST)
    if isinstance(stored, Unfit):
        raise ValueError(f"{name}: {stored.message}")
    return unit.files.add(stored, name, by, at).id


def content_of(name: str, text: str) -> bytes:
    """Return a small real file of the kind that the name says, different for each text."""
    kind = name.rpartition(".")[2].lower()
    if name.startswith("signature"):
        return _signature(text)
    if kind in ("jpg", "jpeg", "png", "webp"):
        return _picture(text, "JPEG" if kind in ("jpg", "jpeg") else kind.upper())
    if kind == "pdf":
        return _pdf(text)
    return text.encode()


def _picture(text: str, format_: str) -> bytes:
    shade = hashlib.sha256(text.encode()).digest()
    image = Image.new(
        "RGB", (320, 200), (shade[0] // 2 + 96, shade[1] // 2 + 96, shade[2] // 2 + 96)
    )
    ImageDraw.Draw(image).rectangle((24, 24, 296, 176), outline="white", width=3)
    out = io.BytesIO()
    image.save(out, format_)
    return out.getvalue()


def _signature(text: str) -> bytes:
    """Draw a line as a hand draws it, another for each text."""
    turns = hashlib.sha256(text.encode()).digest()
    image = Image.new("RGB", (640, 200), "white")
    stroke = [
        (80 + 44 * place + turn % 90, 100 + (turn % 61 + 36) * (-1 if place % 2 else 1))
        for place, turn in enumerate(turns[:11])
    ]
    points = [
        _between(stroke[max(place - 1, 0) : place + 3], step / 12)
        for place in range(len(stroke) - 2)
        for step in range(12)
    ]
    ImageDraw.Draw(image).line(points, fill="#12204a", width=5, joint="curve")
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _between(corners: list[tuple[int, int]], way: float) -> tuple[float, float]:
    """Return a point of the curve (a uniform B-spline) that runs along three or four corners."""
    first, second, third, fourth = ([corners[0], *corners] if len(corners) < 4 else corners)[:4]
    weights = (
        (1 - way) ** 3,
        3 * way**3 - 6 * way**2 + 4,
        -3 * way**3 + 3 * way**2 + 3 * way + 1,
        way**3,
    )
    along = zip(*(first, second, third, fourth), strict=True)
    across, down = (sum(w * at for w, at in zip(weights, axis, strict=True)) / 6 for axis in along)
    return across, down


def _pdf(text: str) -> bytes:
    """Write the smallest PDF with one page (ISO 32000-1, 7.5), its text in plain ASCII."""
    shown = text.encode("ascii", "replace").decode().translate({40: 32, 41: 32, 92: 32})
    stream = f"BT /F1 14 Tf 60 760 Td ({shown}) Tj ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n" % len(stream) + stream + b"\nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + body + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(b"trailer << /Size %d /Root 1 0 R >>\n" % (len(objects) + 1))
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()

"""Does the evidence that was handed in satisfy an item of a gate?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Any

from engine.definition.stage import EvidenceDef, GeofenceDef
from engine.record import Evidence, Facts
from engine.wording import Message

KINDS: Mapping[str, tuple[str, ...]] = {
    "document": ("pdf", "doc", "docx", "xls", "xlsx", "ppt", "pptx", "txt"),
    "photo": ("jpg", "jpeg", "png", "webp", "heic"),
    "screenshot": ("png", "jpg", "jpeg", "webp"),
    "recording": ("mp3", "m4a", "wav", "amr", "ogg"),
    "signature": ("png", "jpg", "jpeg"),
    "any": (),
}
"""The file types that each kind of evidence implies."""

WAITING = Message("等待审核")
"""The fault of a piece that nobody has judged yet: the only one that goes away by itself."""

EARTH_RADIUS = 6_371_000
"""Metres; the mean radius that the haversine formula uses."""


@dataclass(frozen=True)
class Judged:
    """One piece of evidence, and why it does not count (None: it does)."""

    piece: Evidence
    fault: Message | None


def judge(item: EvidenceDef, facts: Facts) -> tuple[Judged, ...]:
    """Look at every piece that was handed in for an item."""
    pieces = (piece for piece in facts.evidence if piece.item == item.id)
    return tuple(Judged(piece, _fault(item, piece, facts)) for piece in pieces)


def accepted_types(item: EvidenceDef) -> tuple[str, ...]:
    """Return the file types that may be handed in; empty means any."""
    return item.types or KINDS[item.kind]


def _fault(item: EvidenceDef, piece: Evidence, facts: Facts) -> Message | None:
    checks = (_wrong_type, _stale, _reused, _expired, _too_far, _verdict)
    return next((fault for check in checks if (fault := check(item, piece, facts))), None)


def _wrong_type(item: EvidenceDef, piece: Evidence, facts: Facts) -> Message | None:
    types = accepted_types(item)
    if not types or piece.file.type in types:
        return None
    return Message("文件类型是 {type}，应为 {types}", type=piece.file.type, types=list(types))


def _stale(item: EvidenceDef, piece: Evidence, facts: Facts) -> Message | None:
    entered = facts.record.stage_entered_at
    if item.fresh and entered is not None and piece.added_at < entered:
        return Message("是进入本阶段之前上传的，需要重新提供")
    return None


def _reused(item: EvidenceDef, piece: Evidence, facts: Facts) -> Message | None:
    if piece.used_elsewhere and not item.reuse:
        return Message("同一份文件已用在别的记录上")
    return None


def _expired(item: EvidenceDef, piece: Evidence, facts: Facts) -> Message | None:
    if item.expires is not None and facts.now >= piece.added_at + item.expires:
        return Message("已过有效期")
    if piece.expires_on is not None and facts.today > piece.expires_on:
        return Message("已于 {day} 到期", day=piece.expires_on)
    return None


def _too_far(item: EvidenceDef, piece: Evidence, facts: Facts) -> Message | None:
    if item.within is None:
        return None
    centre = _position(item.within, facts.row)
    if centre is None:
        return Message("记录上还没有可比对的位置")
    if piece.latitude is None or piece.longitude is None:
        return Message("拍摄时没有定位")
    here = (float(piece.latitude), float(piece.longitude))
    metres = distance(here, (float(centre["latitude"]), float(centre["longitude"])))
    if metres <= item.within.metres:
        return None
    return Message(
        "拍摄地点相距 {metres} 米，超出 {limit} 米", metres=round(metres), limit=item.within.metres
    )


def _verdict(item: EvidenceDef, piece: Evidence, facts: Facts) -> Message | None:
    if piece.verdict == "rejected":
        return Message("被退回：{reason}", reason=piece.verdict_reason or "")
    if item.review and piece.verdict != "accepted":
        return WAITING
    return None


def _position(fence: GeofenceDef, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
    *steps, last = fence.of.split(".")
    for step in steps:
        row = row.get(f"{step}.") or {}
    return row.get(last)


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the metres between two (latitude, longitude) pairs in degrees, by the haversine
    formula (R. W. Sinnott, 1984)."""
    lat1, lng1, lat2, lng2 = (radians(angle) for angle in (*one, *other))
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lng2 - lng1) / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(half))

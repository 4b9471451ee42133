"""Which small pieces of HTML are values made of?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from engine.record import StoredFile
from runtime.web.assets import icon
from runtime.web.values.avatars import initial, tint

PICTURES = frozenset({"png", "jpg", "jpeg", "webp", "gif"})


def avatar(name: str, extra: str = "") -> Markup:
    """Return a person's round sign; the name stands beside it, so it says nothing itself."""
    return Markup('<span class="avatar avatar-{} {}" aria-hidden="true">{}</span>').format(
        tint(name), extra, initial(name)
    )


def person(name: str | None) -> Markup:
    """Return a person with avatar and name."""
    if not name:
        return Markup('<span class="muted">—</span>')
    return Markup('<span class="person">{}<span class="cut">{}</span></span>').format(
        avatar(name), name
    )


def badge(text: str, colour: str) -> Markup:
    """Return a coloured mark."""
    return Markup('<span class="badge tone-{}">{}</span>').format(colour, text)


def link(url: str, text: str) -> Markup:
    """Return a link inside the house, or to a phone or mail program."""
    return Markup('<a href="{}">{}</a>').format(url, text)


def away(url: str, text: str) -> Markup:
    """Return a link that leaves the house and tells nobody where from."""
    return Markup('<a href="{}" target="_blank" rel="noopener noreferrer">{}</a>').format(url, text)


def moment(value: date, text: str) -> Markup:
    """Return a date or moment that programs can read too."""
    return Markup('<time class="nowrap" datetime="{}">{}</time>').format(value.isoformat(), text)


def stars(given: int, most: int) -> Markup:
    """Return a rating as stars, and as words for those who can't see them."""
    drawn = Markup("").join(
        icon("star-filled" if n < given else "star", "is-lit" if n < given else "")
        for n in range(most)
    )
    return Markup('<span class="stars" role="img" aria-label="{} / {}">{}</span>').format(
        given, most, drawn
    )


def swatch(colour: str) -> Markup:
    """Return a colour as a small square with its code; drawn, as styles may not stand in HTML."""
    return Markup(
        '<span class="row"><svg class="swatch" viewBox="0 0 16 16" aria-hidden="true">'
        '<rect width="16" height="16" rx="4" fill="{}"></rect></svg>{}</span>'
    ).format(colour, colour)


def paperclip(count: int) -> Markup:
    """Return how many files there are."""
    return Markup('<span class="row muted">{}{}</span>').format(
        icon("paperclip", "icon--sm"), count
    )


def place(value: Mapping[str, Any]) -> Markup:
    """Return a position with a link to a map."""
    exact = f"{value['latitude']}, {value['longitude']}"
    url = f"https://uri.amap.com/marker?position={value['longitude']},{value['latitude']}"
    return Markup('<span class="row">{}{}</span>').format(
        icon("map-pin", "icon--sm"), away(url, str(value.get("label") or exact))
    )


def file_url(file: StoredFile) -> str:
    """Return where a file is opened; the name stands in the address for those who save it."""
    return f"/files/{file.id}/{quote(file.name, safe='')}"


def file_data(file: StoredFile, url: str) -> dict[str, object]:
    """Return what a page is told of a file that it sent, and where to see it."""
    return {
        "id": file.id,
        "name": file.name,
        "type": file.type,
        "size": file.size,
        "readable": readable_size(file.size),
        "url": url,
    }


def readable_size(size: int) -> str:
    """Return a size as people say it."""
    if size < 1024 * 1024:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / 1024 / 1024:.1f} MB"


def preview_of(file: StoredFile) -> str:
    """Return how a file can be looked at without saving it: image, pdf, or not at all."""
    if file.type in PICTURES:
        return "image"
    return "pdf" if file.type == "pdf" else ""


def file_link(file: StoredFile) -> Markup:
    """Return a link that opens a file in a dialog where that is possible."""
    how = preview_of(file)
    preview = Markup(' data-preview="{}" data-name="{}"').format(how, file.name) if how else ""
    return Markup('<a href="{}"{}>{}</a>').format(file_url(file), preview, file.name)


def file_rows(files: Iterable[StoredFile]) -> Markup:
    """Return files as rows with name and size."""
    rows = [
        Markup('<li class="file-item">{}{}<small>{}</small></li>').format(
            kind_mark(file), file_link(file), readable_size(file.size)
        )
        for file in files
    ]
    return Markup('<ul class="file-items">{}</ul>').format(Markup("").join(rows))


def kind_mark(file: StoredFile) -> Markup:
    """Return the small sign of a file's kind, or the picture itself."""
    if preview_of(file) == "image":
        return Markup('<img class="file-thumb" src="{}" alt="" loading="lazy">').format(
            file_url(file)
        )
    return Markup('<span class="file-kind" aria-hidden="true">{}</span>').format(
        file.type[:4].upper()
    )


def gallery(files: Iterable[StoredFile], whole: bool = False) -> Markup:
    """Return pictures side by side, each opening large; small they are squares, unless wanted
    whole."""
    pictures = [
        Markup(
            '<a class="picture" href="{}" data-preview="image" data-name="{}">'
            '<img src="{}" alt="{}" loading="lazy"></a>'
        ).format(file_url(file), file.name, file_url(file), file.name)
        for file in files
    ]
    kind = "gallery gallery--whole" if whole else "gallery"
    return Markup('<span class="{}">{}</span>').format(kind, Markup("").join(pictures))

"""Which formatted text is harmless, and what does it say in plain words?"""

from __future__ import annotations

import html
import re

import nh3

_TAGS = {
    "p", "br", "div", "span", "h1", "h2", "h3", "h4", "strong", "b", "em", "i", "u", "s", "sub",
    "sup", "ul", "ol", "li", "blockquote", "pre", "code", "hr", "a", "table", "thead", "tbody",
    "tr", "th", "td",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href", "title"}, "th": {"colspan", "rowspan"}, "td": {"colspan", "rowspan"}}
_SCHEMES = {"http", "https", "mailto", "tel"}
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    clean_content_tags={"script", "style", "iframe", "object", "embed", "template", "svg", "math"},
    link_rel="noopener noreferrer nofollow",
    strip_comments=True,
)
_BREAKS = re.compile(r"<(?:br|hr)\s*/?>|</(?:p|div|h[1-4]|li|tr|blockquote|pre)>")
_MARKS = re.compile(r"<[^>]*>")
_BLANKS = re.compile(r"[ \t\xa0]+")
_MANY_LINES = re.compile(r"\s*\n\s*")


def harmless(markup: str) -> str:
    """Return the markup without anything that acts, loads or styles; cleaning twice is the same."""
    return _CLEANER.clean(markup)


def plain_words(markup: str) -> str:
    """Return the text of a markup, a line for each of its blocks."""
    lines = _MARKS.sub("", _BREAKS.sub("\n", markup))
    return _MANY_LINES.sub("\n", _BLANKS.sub(" ", html.unescape(lines))).strip()

"""Can anything that stands in a document be taken for the typesetter's code?"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.documents.codes import code_of
from engine.documents.pieces import (
    Clause,
    Clauses,
    Column,
    Drawing,
    Gap,
    Grid,
    Heading,
    NextPage,
    Pairs,
    Paragraph,
    Sheet,
    Signatures,
    Signer,
    text_of,
)
from engine.documents.typesetting import quoted, typeset

HOSTILE = '"] #panic("x") \\" \\ $x$ #read("/etc/passwd") #import "@preview/a:1" */ // `a` <b>'


def everywhere(text: str) -> Sheet:
    """Return a sheet with the text in every place that an author or a record can reach."""
    return Sheet(
        title=text,
        header=text,
        footer=text,
        numbered=text + " {page} " + text + " {pages} " + text,
        watermark=text,
        pieces=(
            Heading(text),
            Paragraph(text, small=True),
            Pairs(((text, text),)),
            Grid((Column(text), Column(text, right=True)), ((text, text),), (text, text), text),
            Clauses((Clause(text, text, text),)),
            Signatures((Signer(text, text),), text),
            Drawing(code_of("x"), 20, caption=text),
            Gap(3),
            NextPage(),
        ),
    )


def _outside_of_quotes(code: str) -> str:
    kept, inside, at = [], False, 0
    while at < len(code):
        if inside and code[at] == "\\":
            at += 2
            continue
        if code[at] == '"':
            inside = not inside
        elif not inside:
            kept.append(code[at])
        at += 1
    assert not inside
    return "".join(kept)


@given(st.text(max_size=60))
def test_no_text_gets_out_of_its_quotes(text: str) -> None:
    assert _outside_of_quotes(f"x{quoted(text)}y") == "xy"


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=30))
def test_no_text_changes_the_code_around_it(text: str) -> None:
    lines = max(len(text.splitlines()), 1)
    harmless = "\n".join(["a"] * lines)
    known = _outside_of_quotes(typeset(everywhere(harmless)).text)
    assert _outside_of_quotes(typeset(everywhere(text)).text) == known


def test_hostile_texts_stay_texts() -> None:
    known = _outside_of_quotes(typeset(everywhere("a")).text)
    assert _outside_of_quotes(typeset(everywhere(HOSTILE)).text) == known
    assert HOSTILE in text_of(everywhere(HOSTILE))


def test_what_is_not_printed_is_left_out_and_wide_spaces_stay() -> None:
    assert quoted("甲\u202e乙\u0000\u3000丙\t丁") == '"甲乙\u3000丙 丁"'


def test_the_page_is_as_it_is_described() -> None:
    plain = Sheet(title="a", pieces=())
    text = typeset(plain).text
    assert 'paper: "a4", flipped: false, margin: (x: 20mm' in text
    other = replace(plain, size="a5", landscape=True, margin=12, numbered="{page}/{pages}")
    assert 'paper: "a5", flipped: true, margin: (x: 12mm' in typeset(other).text
    assert "counter(page)" in typeset(other).text
    assert "counter(page)" not in text

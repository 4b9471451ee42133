"""Which tests show that each key of a document is alive?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.documents.catalog import BLOCKS

_BLOCKS = "tests/runtime/documents/test_blocks.py"
_READING = "tests/runtime/documents/test_reading.py"
_ASKING = "tests/runtime/documents/test_asking.py"
_PAGES = "tests/engine/documents/test_typesetting.py"

_SHOWN: Mapping[str, str] = {
    "DocumentDef: document form": "tests/broken/document_with_mistakes",
    "DocumentDef: label roles if": _ASKING,
    "DocumentDef: file_name language page logo watermark blocks": _READING,
    "PageDef: size landscape margin numbers": _PAGES,
    "PageDef: header footer": _READING,
    "HeadingBlock: text level align": _BLOCKS,
    "TextBlock: text align small": _BLOCKS,
    "FieldsBlock: fields columns capitals empty": _BLOCKS,
    "LinesBlock: field columns totals numbered caption": _BLOCKS,
    "RelatedBlock: form by columns sort most numbered caption": _BLOCKS,
    "ClausesBlock: form where heading text version per newest sort": _BLOCKS,
    "SignatureBlock: signers dated": _BLOCKS,
    "SignerDef: id": "tests/broken/document_with_mistakes",
    "SignerDef: label name field": _BLOCKS,
    "ImageBlock: field width align caption": _BLOCKS,
    "QrBlock: text size align caption": _BLOCKS,
    "SpaceBlock: height": _BLOCKS,
}
_OF_EACH_BLOCK = {"id": "tests/broken/document_with_mistakes", "if": _READING}
PAPER_KEYS: Mapping[str, str] = {
    **{
        f"{name}.{key}": where
        for name in ("Block", *(block.__name__ for block in BLOCKS.values()))
        for key, where in _OF_EACH_BLOCK.items()
    },
    **{
        f"{line.partition(': ')[0]}.{key}": where
        for line, where in _SHOWN.items()
        for key in line.partition(": ")[2].split()
    },
}

"""The `signature` block."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta, Struct

from engine.documents.block import Block
from engine.documents.pieces import Piece, Signatures, Signer
from engine.documents.reader import Reader
from engine.field import Id
from engine.wording import Label, Message

DATE = Message("日期")


class SignerDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One party that signs."""

    id: Id
    label: Label
    """Who signs for what, as “Approved by”."""
    name: Label | None = None
    """What stands on the line already, as `{owner}`."""
    field: Id | None = None
    """The field with the drawn signature."""


class SignatureBlock(Block, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="signature"):
    """Lines to sign on."""

    title: ClassVar = {"zh": "签名栏", "en": "Signature"}
    about: ClassVar = {
        "zh": "并排的签名栏，已有手写签名时直接印上。",
        "en": "Lines to sign on; a drawn signature stands on its line.",
    }
    titles: ClassVar = {
        "signers": ("谁签名", "Signers"),
        "dated": ("带日期", "Dated"),
    }
    icon: ClassVar = "signature"

    signers: Annotated[tuple[SignerDef, ...], Meta(min_length=1, max_length=4)]
    dated: bool = True
    """Each line has one for the date below."""

    def drawn(self, reader: Reader) -> Iterator[Piece]:
        signers = tuple(
            Signer(
                reader.fill(one.label),
                reader.fill(one.name),
                next(iter(reader.pictures(one.field)), None) if one.field else None,
            )
            for one in self.signers
        )
        yield Signatures(signers, reader.say(DATE) if self.dated else "")

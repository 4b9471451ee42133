"""Where in the tokens is the parser, and what may it still take?"""

from __future__ import annotations

from engine.expressions.errors import FeelError, Span
from engine.expressions.lexer import Sort, Token, tokens
from engine.expressions.limits import MAX_DEPTH, MAX_NODES
from engine.expressions.names import KEYWORDS
from engine.wording import Message


class Reading:
    """A position in the tokens of one expression, with counts against the limits."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.position = 0
        self.token = self.tokens[0]
        """The next token."""
        self.depth = 0
        self.nodes = 0

    def ahead(self, steps: int = 1) -> Token:
        """Return a later token; END if there are fewer."""
        return self.tokens[min(self.position + steps, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Return the next token and go past it; END stays."""
        token = self.token
        if token.sort is not Sort.END:
            self.position += 1
            self.token = self.tokens[self.position]
        return token

    def at_sign(self, *signs: str) -> bool:
        """Whether the next token is one of the signs."""
        return self.token.sort is Sort.SIGN and self.token.text in signs

    def at_word(self, *words: str) -> bool:
        """Whether the next token is one of the keywords."""
        return self.token.sort is Sort.NAME and self.token.text in words

    def skip_sign(self, *signs: str) -> bool:
        """Go past one of the signs if it is next."""
        if not self.at_sign(*signs):
            return False
        self.take()
        return True

    def expect_sign(self, *signs: str) -> Token:
        """Take one of the signs; anything else is an error."""
        return self.take() if self.at_sign(*signs) else self.fail(" ".join(signs))

    def expect_word(self, word: str) -> Token:
        """Take the keyword; anything else is an error."""
        return self.take() if self.at_word(word) else self.fail(word)

    def expect_name(self) -> str:
        """Take a name that is not a keyword."""
        token = self.token
        plain = token.sort is Sort.NAME and token.text not in KEYWORDS
        if not plain and token.sort is not Sort.QUOTED:
            self.fail(Message("一个名称"))
        return self.take().text

    def fail(self, wanted: str | Message) -> Token:
        """Raise the error that something else was expected here."""
        token = self.token
        if token.sort is Sort.END:
            message = Message("表达式没有写完，这里还缺 {wanted}", wanted=wanted)
            raise FeelError("feel.unfinished", message, token.span)
        before = self.tokens[max(self.position - 1, 0)].text
        if token.text == "=" == before:
            message = Message("相等只写一个等号")
            raise FeelError("feel.double_equals", message, token.span, "")
        message = Message("这里应为 {wanted}，现在是“{found}”", wanted=wanted, found=token.text)
        raise FeelError("feel.unexpected", message, token.span)

    def spanned(self, start: int) -> Span:
        """Return the span from a start to the end of the last token taken, counting one node."""
        self.nodes += 1
        end = self.tokens[self.position - 1].span[1] if self.position else start
        if self.nodes > MAX_NODES:
            message = Message("表达式太复杂：最多 {most} 个部分", most=MAX_NODES)
            raise FeelError("feel.too_many_parts", message, (start, end))
        return (start, end)

    def deeper(self) -> None:
        """Count one level of nesting more; `shallower` ends it."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise too_deep(self.token.span)

    def shallower(self) -> None:
        """End one level of nesting."""
        self.depth -= 1


def too_deep(span: Span) -> FeelError:
    """Return the error for an expression that nests too deep."""
    return FeelError("feel.too_deep", Message("嵌套太深：最多 {most} 层", most=MAX_DEPTH), span)

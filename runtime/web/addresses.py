"""How does an address of ours come to be written, without every start paying for all of them?"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule


class LateRule(Rule):
    """An address whose writing is compiled when a page first links to it.

    Werkzeug compiles two functions for each address as soon as it is known, which is nearly all
    of the time that our start takes. Should it no longer ask for them here, all of that comes back
    and nothing else changes.
    """

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        compiled: list[Callable[..., tuple[str, str]]] = []
        compile_ = super()._compile_builder

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not compiled:
                compiled.append(compile_(append_unknown))
            return compiled[0](rule, **values)

        return build

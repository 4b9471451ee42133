"""How does a case of the kit run in the browser's target?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.expressions import Compiled
from tests.engine.expressions.node_target import NodeError, NodeTarget
from tests.engine.expressions.tck import ENV, Answering, NotThere


def in_node(node: NodeTarget) -> Answering:
    """Return what a case asks instead of Python: the value that Node gives."""

    def answered(compiled: Compiled, row: Mapping[str, Any]) -> Any:
        try:
            return node.value(compiled.tree, row, ENV)
        except (NodeError, TypeError) as error:
            raise NotThere(str(error)) from None

    return answered

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.engine.expressions.node_target import NodeTarget, node_target


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NodeTarget]:
    """The browser's target in a Node process, one for the whole session."""
    with node_target(tmp_path_factory.mktemp("browser")) as target:
        yield target

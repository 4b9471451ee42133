"""Does a text match a pattern that the author of an app wrote?"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2


@lru_cache(maxsize=4096)
def _compiled(pattern: str) -> Any:
    options = re2.Options()
    options.log_errors = False
    options.max_mem = 1 << 20
    return re2.compile(pattern, options)


def is_pattern(pattern: str) -> bool:
    """Tell if a text is a pattern that needs linear time only."""
    try:
        _compiled(pattern)
    except re2.error:
        return False
    return True


def fits(pattern: str, text: str) -> bool:
    """Tell if the whole text matches the pattern."""
    return _compiled(pattern).fullmatch(text) is not None

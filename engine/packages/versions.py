"""Is one version later than another, and does it do for who asks for a range?"""

from __future__ import annotations

import re

_BOUND = re.compile(r"(>=|==|~=|<)?(\d+(?:\.\d+){0,2})")


def parts(version: str) -> tuple[int, int, int]:
    """Return a version as numbers that compare; what is not said is 0."""
    numbers = [int(number) for number in version.split(".")[:3]]
    major, minor, patch = [*numbers, 0, 0, 0][:3]
    return major, minor, patch


def satisfies(version: str, wanted: str) -> bool:
    """Tell whether a version lies in a range such as `>=1.0,<2`; `~=1.2` means up to the next
    version that may break something."""
    return all(_within(parts(version), bound) for bound in wanted.replace(" ", "").split(","))


def _within(version: tuple[int, int, int], bound: str) -> bool:
    match = _BOUND.fullmatch(bound)
    if match is None:
        return False
    sign, text = match[1] or ">=", match[2]
    limit = parts(text)
    if sign == "<":
        return version < limit
    if sign == "==":
        told = len(text.split("."))
        return version[:told] == limit[:told]
    return version >= limit and (sign == ">=" or version < _next(text))


def _next(text: str) -> tuple[int, int, int]:
    major, minor, _ = parts(text)
    return (major, minor + 1, 0) if text.count(".") == 2 else (major + 1, 0, 0)

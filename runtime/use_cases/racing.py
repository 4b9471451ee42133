"""What is said to somebody whose value another person took a moment ago?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from engine.outcomes import Invalid
from engine.wording import Message
from runtime.store.records import NotUnique

Given = ParamSpec("Given")
Result = TypeVar("Result")


def lost_to_another(do: Callable[Given, Result]) -> Callable[Given, Result | Invalid]:
    """Turn a value that was free when it was checked and taken when it was saved into the same
    kind of answer as any other value that is taken; nothing of the act is kept."""

    @wraps(do)
    def tried(*args: Given.args, **kwargs: Given.kwargs) -> Result | Invalid:
        try:
            return do(*args, **kwargs)
        except NotUnique:
            return Invalid({"": (Message("有不可重复的内容刚被其他记录占用，请修改后再保存"),)})

    return tried

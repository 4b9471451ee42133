"""Which package is some work about?"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.packages.broken import BrokenPackage
from engine.wording import Message
from runtime.market.catalogue import Offering, offering, only_version
from runtime.services import Services


def chosen(services: Services, given: Mapping[str, Any]) -> Offering:
    """Return the very version of an app that somebody looked at. Raises BrokenPackage if it is
    offered no longer, or if its source can't be reached; BrokenApp if it is unsound."""
    found = offering(services, str(given["package"]), str(given["source"]))
    found = found and only_version(found, str(given["digest"]))
    if found is None:
        message = Message("这个版本已经不提供了，请回到应用市场再看一眼")
        raise BrokenPackage("market.gone", message)
    return found

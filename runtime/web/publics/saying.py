"""What does the page of a public form say in its author's words?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.wording import words
from runtime.use_cases.publics.opening import Opened


def said_of(opened: Opened, locale: str) -> Mapping[str, str]:
    """Return the texts of a page, empty where the author said nothing."""
    definition = opened.public.definition
    return {
        "heading": words(definition.label, locale),
        "place": opened.link.label if definition.per else "",
        "intro": words(definition.intro, locale),
        "thanks": words(definition.thanks, locale),
        "consent": words(definition.consent, locale),
    }

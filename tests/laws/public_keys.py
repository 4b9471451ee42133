"""Which tests show that each key of a public form is alive?"""

from __future__ import annotations

from collections.abc import Mapping

_SENDING = "tests/runtime/publics/test_sending.py"
_PAGES = "tests/web/test_public_pages.py"
_BROKEN = "tests/broken/public_form_with_mistakes"

PUBLIC_KEYS: Mapping[str, str] = {
    "GrantDef.links": _SENDING,
    "PublicDef.public": _BROKEN,
    "PublicDef.label": _PAGES,
    "PublicDef.form": _BROKEN,
    "PublicDef.intro": _PAGES,
    "PublicDef.thanks": _PAGES,
    "PublicDef.fields": _SENDING,
    "PublicDef.consent": _SENDING,
    "PublicDef.consent_field": _SENDING,
    "PublicDef.per": _SENDING,
    "PublicDef.set": _SENDING,
    "PublicDef.owner": _SENDING,
    "PublicDef.limits": _SENDING,
    "PublicDef.days": _SENDING,
    "PublicFieldDef.field": _SENDING,
    "PublicFieldDef.help": _PAGES,
    "PublicFieldDef.cells": "tests/runtime/publics/test_uploads.py",
    "LimitsDef.per_hour": _SENDING,
    "LimitsDef.per_day": _SENDING,
}

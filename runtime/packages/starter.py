"""What does a new app begin with?"""

from __future__ import annotations

import json
from pathlib import Path

STARTER = Path(__file__).parent / "starter"
ABOUT = "Requests are made, decided and done. Change it into what you need."


def starter_files(app: str, label: str, publisher: str) -> dict[str, bytes]:
    """Return the files of a small complete app: a form with gates, an approval, a reminder, and
    scenarios that tell how they work together."""
    blanks = {
        "@app@": app,
        # JSON strings are YAML strings.
        "@label@": json.dumps(label, ensure_ascii=False),
        "@publisher@": json.dumps(publisher, ensure_ascii=False),
        "@name@": label,
        "@about@": ABOUT,
    }
    files = {}
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for blank, said in blanks.items():
                text = text.replace(blank, said)
            files[path.relative_to(STARTER).as_posix()] = text.encode()
    return files

"""What does a new app begin with?"""

from __future__ import annotations

import json
from pathlib import Path

STARTER = Path(__file__).parent / "starter"
WORDS = {
    "zh": {
        "@about@": "提出申请、审核、办理，到期提醒。请把它改成您需要的样子。",
        "@changes@": "更新记录",
        "@first@": "第一个版本。",
    },
    "en": {
        "@about@": "Requests are made, decided and done. Change it into what you need.",
        "@changes@": "Changes",
        "@first@": "The first version.",
    },
}
"""What the documents of a new app say, in the language of who writes it."""


def starter_files(app: str, label: str, publisher: str, lang: str = "zh") -> dict[str, bytes]:
    """Return the files of a small complete app: a form with gates, an approval, a reminder, and
    scenarios that tell how they work together."""
    blanks = {
        "@app@": app,
        # JSON strings are YAML strings.
        "@label@": json.dumps(label, ensure_ascii=False),
        "@publisher@": json.dumps(publisher, ensure_ascii=False),
        "@name@": label,
        **WORDS[lang],
    }
    files = {}
    for path in sorted(STARTER.rglob("*")):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            for blank, said in blanks.items():
                text = text.replace(blank, said)
            files[path.relative_to(STARTER).as_posix()] = text.encode()
    return files

"""What do people call a file of an app: by its label, its form, its language, its first story?"""

from __future__ import annotations

from designer.panels.around import Around
from designer.panels.nouns import name_of
from engine.editing.naming import file_name
from engine.wording import Message, words

LANGUAGES = {"en": Message("英文")}


def file_label(around: Around, file: str, data: object) -> str:
    """Return what a file of the draft is called in the reader's language."""
    if isinstance(data, list) and data:
        return _stories(around, data)
    if not isinstance(data, dict):
        return file
    if "scenario" in data:
        return name_of(data, around.locale)
    stem = file.rpartition("/")[2].removesuffix(".yaml")
    form = around.app.forms.get(str(data.get("form", stem)))
    if file.startswith("data/") and form is not None:
        return words(form.definition.label, around.locale)
    if file.startswith("locales/") and stem in LANGUAGES:
        return around.fill(LANGUAGES[stem])
    return file_name(around.app, file, data, around.locale) if data.get("label") else file


def _stories(around: Around, data: list[object]) -> str:
    first = name_of(data[0], around.locale)
    more = Message("{first}等 {n} 个场景", first=first, n=len(data))
    return around.fill(more) if len(data) > 1 else first

"""The `commented` trigger."""

from typing import ClassVar

from engine.rules.happened import Happened
from engine.rules.trigger import Trigger


class Commented(Trigger, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="commented"):
    """Somebody writes a comment on a record."""

    title: ClassVar = {"zh": "发表评论", "en": "Commented"}
    about: ClassVar = {
        "zh": "有人评论记录后触发；写明关键词时，评论里要有其中之一。",
        "en": "Goes off after a comment; with words given, one of them must be in it.",
    }
    titles: ClassVar = {
        "words": ("包含的词", "With the words", "不填就是任何评论", "Any comment without it"),
    }

    words: tuple[str, ...] = ()
    """Only comments with one of these words in them; small and capital letters are the same."""

    def hears(self, happened: Happened) -> bool:
        if happened.kind != "commented":
            return False
        text = str(happened.data.get("text", "")).casefold()
        return not self.words or any(word.casefold() in text for word in self.words)

"""What has happened in somebody's sandbox so far, and with what did it begin?"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

from engine.definition.scenario import StepDef
from runtime.scenarios.world import ZONE

Kind = Literal["demo", "blank", "real"]
"""Sample data, nothing, or copies of the records that the designer may see."""
FILE = "story.json"


class Late(Struct, frozen=True):
    """A record that stayed in its stage for too long while time passed."""

    form: str
    record: str
    title: str
    stage: str
    mark: Literal["yellow", "red"]


class Told(Struct, frozen=True):
    """One step as it was played."""

    step: StepDef
    began: datetime
    ended: datetime
    came: tuple[str, ...] = ()
    """Why it was not done, in the words of the app."""
    differs: tuple[str, ...] = ()
    """In what an expectation was not met."""
    late: tuple[Late, ...] = ()


class Story(Struct, frozen=True, kw_only=True):
    """A sandbox, as it is kept beside its database."""

    app: str
    person: str
    kind: Kind
    rev: int
    """Of the draft that is tried."""
    token: str
    made_at: datetime
    """By the clock of the world outside."""
    start: datetime
    now: datetime
    zone: str = ZONE
    who: str = ""
    """The login of the person as whom one looks."""
    ready: bool = False
    problem: str | None = None
    known: dict[str, tuple[str, str]] = {}
    """Form and id of the records that scenarios can name, by their names."""
    told: tuple[Told, ...] = ()

    @property
    def speakable(self) -> bool:
        """Whether what happens can be told as a scenario: never with copies of real records."""
        return self.kind != "real"


def read_story(folder: Path) -> Story | None:
    """Return the story in a folder, None if there is none."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Story)
    except (FileNotFoundError, NotADirectoryError, msgspec.DecodeError):
        return None


def write_story(folder: Path, story: Story) -> None:
    """Keep a story, all of it or as it was."""
    new = folder / f"{FILE}.new"
    new.write_bytes(msgspec.json.encode(story))
    new.replace(folder / FILE)

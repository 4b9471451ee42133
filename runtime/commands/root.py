"""How does every command speak the language of who calls it, and end badly in plain words?"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import Any

import click

from engine.wording import Message
from runtime.commands.click_words import teach
from runtime.commands.speaking import SPOKEN, language_of
from runtime.language import translate


class Stopped(click.ClickException):
    """A command that can't go on, for a reason outside of the program."""

    def show(self, file: Any = None) -> None:
        """Print the reason where errors go, and nothing else."""
        click.echo(self.message, err=True)


class Root(click.Group):
    """All commands."""

    def main(self, args: Sequence[str] | None = None, *more: Any, **extra: Any) -> Any:
        """Run a command in the language of who calls it."""
        words = list(sys.argv[1:] if args is None else args)
        SPOKEN.set(language_of(words, os.environ))
        teach(SPOKEN.get)
        for one in _tree(self):
            _put_into_words(one)
        return super().main(words, *more, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; what is wrong outside of the program is said without a traceback."""
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            from runtime.commands.troubles import trouble_of  # noqa: PLC0415 - rarely needed

            told = trouble_of(error)
            if not told:
                raise
            raise Stopped("\n".join(_said(one) for one in told)) from error


def _said(message: Message) -> str:
    return message.fill(translate(SPOKEN.get()), SPOKEN.get())


def _tree(command: click.Command) -> Iterator[click.Command | click.Option]:
    yield command
    yield from (one for one in command.params if isinstance(one, click.Option))
    for below in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _tree(below)


def _put_into_words(one: click.Command | click.Option) -> None:
    # The Chinese text is kept beside the one that is shown: the next call may be in another
    # language.
    kept = vars(one)
    for name in ("help", "prompt"):
        chinese = kept.setdefault(f"chinese_{name}", kept.get(name))
        if isinstance(chinese, str):
            setattr(one, name, translate(SPOKEN.get())(chinese))
    if isinstance(one, click.Command) and one.help:
        # The library would cut it off at a width that it counts in letters.
        one.short_help = one.help.split("；")[0].split("; ")[0].rstrip("。.")

"""How does a command say something, and how does it end badly?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import click

from engine.packages.broken import BrokenPackage
from engine.problems import BrokenApp
from engine.wording import LOCALES, Message
from runtime.language import translate

SPOKEN: ContextVar[str] = ContextVar("SPOKEN", default=LOCALES[0])
"""The language of the command that runs."""


def N_(text: str) -> str:  # noqa: N802 - the usual name of what marks a text for translation
    """Mark a text that is translated where it is shown."""
    return text


lang: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--lang",
    type=click.Choice(LOCALES),
    default=SPOKEN.get,
    help=N_("用哪种语言，不写就按系统的语言"),
)


def language_of(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that a command line asks for by `--lang`, or else its environment."""
    for given, following in zip(words, [*words[1:], ""], strict=True):
        wanted = following if given == "--lang" else given.removeprefix("--lang=")
        if wanted in LOCALES and given.startswith("--lang"):
            return wanted
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    system = next((environment[name] for name in names if environment.get(name)), "")
    return next((one for one in LOCALES if system.startswith(one)), LOCALES[0])


def say(message: Message, lang: str) -> None:
    """Print a message in a language."""
    click.echo(message.fill(translate(lang), lang))


def complain(message: Message, lang: str) -> None:
    """Print a message where errors go."""
    click.echo(message.fill(translate(lang), lang), err=True)


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Say why an app or a package was refused, in a language, and exit with 1."""
    try:
        yield
    except BrokenApp as broken:
        for problem in broken.problems:
            click.echo(problem.fill(translate(lang), lang), err=True)
        sys.exit(1)
    except BrokenPackage as broken:
        click.echo(f"{broken.message.fill(translate(lang), lang)} [{broken.code}]", err=True)
        sys.exit(1)

"""How does a command say something, and how does it end badly?"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from engine.packages.broken import BrokenPackage
from engine.problems import BrokenApp
from engine.wording import Message
from runtime.language import translate

lang: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", help="In which language it speaks."
)


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

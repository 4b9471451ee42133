"""What does the benchmark's server answer: our application, and an empty route beside it?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask

from runtime.app import create as create_ours

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def create() -> Wsgi:
    """Return one WSGI application: `/empty` is a bare Flask route, all else is ours."""
    ours, bare = create_ours(), Flask("empty")

    @bare.get("/empty")
    def empty() -> str:
        return ""

    def choose(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        chosen = bare if environ["PATH_INFO"] == "/empty" else ours
        return chosen(environ, start)

    return choose

"""What does the log of a process look like?"""

from __future__ import annotations

import structlog


def log_plainly() -> None:
    """Let logs be lines of text. A traceback with the values of all variables, as is usual, would
    take minutes and hold people's data."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso"),
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            ),
        ]
    )

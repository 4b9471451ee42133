"""Work for later: who does it, and what kinds of it there are."""

PACKAGES = ["runtime.jobs.kinds"]
"""Where kinds of work lie, one file each."""


def also_from(package: str) -> None:
    """Let a part above the runtime bring kinds of its own; nothing is imported yet."""
    if package not in PACKAGES:
        PACKAGES.append(package)

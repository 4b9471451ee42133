"""What does the operator decide, by the environment?"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.wording import Message
from runtime.limits import HOOKS_A_MINUTE

SHORTEST_KEY = 32
"""Characters of a signing key."""
REDIS = ("redis", "rediss", "unix")
"""How the address of a Redis begins."""
MANY = 1_000_000_000
"""More than any number that an operator has a reason to write."""
Number = TypeVar("Number", int, float)


class BadSettings(Exception):
    """The environment says something that can't be used."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


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
            zone=_zone(given.get("ZONE") or "Asia/Shanghai"),
            https=given.get("HTTPS", "") == "1",
            hosts=tuple(host for host in given.get("HOSTS", "").split(",") if host),
            max_upload=_number(given, "MAX_UPLOAD_MB", 25) * 1_048_576,
            redis_url=_redis(given.get("REDIS_URL") or None),
            job_threads=_number(given, "JOB_THREADS", 0 if given.get("REDIS_URL") else 2),
            job_lease=_number(given, "JOB_LEASE", 30.0),
            job_file_days=_number(given, "JOB_FILE_DAYS", 7),
            public_url=(given.get("PUBLIC_URL") or "").rstrip("/") or None,
            hooks_a_minute=_number(given, "HOOKS_A_MINUTE", HOOKS_A_MINUTE),
            inside=tuple(_place(each) for each in given.get("INSIDE", "").split(",") if each),
            store=given.get("STORE") or None,
            cheap_passwords=given.get("CHEAP_PASSWORDS", "") == "1",
        )


def _number(given: Mapping[str, str], name: str, usual: Number) -> Number:
    text = given.get(name)
    try:
        number = type(usual)(text) if text else usual
    except ValueError:
        number = type(usual)(-1)
    if not 0 <= number < MANY:
        raise BadSettings(Message("{name} 要写成数字，不能是“{text}”", name=name, text=text or ""))
    return number


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        message = Message("ZONE 没有“{name}”这个时区，写法如 Asia/Shanghai", name=name)
        raise BadSettings(message) from None
    return name


def _redis(url: str | None) -> str | None:
    if url and urlsplit(url).scheme not in REDIS:
        raise BadSettings(
            Message("REDIS_URL 要写成 redis://主机:端口/编号，不能是“{url}”", url=url)
        )
    return url


def _place(text: str) -> tuple[str, int]:
    host, _, port = text.strip().rpartition(":")
    if not host or not port.isdecimal():
        raise BadSettings(Message("INSIDE 要写成 主机:端口，不能是“{text}”", text=text))
    return host.strip("[]").lower(), int(port)


def _secret_key(home: Path, given: str | None) -> str:
    if given is not None:
        if len(given) < SHORTEST_KEY:
            raise BadSettings(Message("SECRET_KEY 至少要 {count} 个字符", count=SHORTEST_KEY))
        return given
    path = home / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii").strip()

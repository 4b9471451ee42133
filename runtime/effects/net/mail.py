"""How does the server hand mail to the mail server of the workspace?"""

from __future__ import annotations

import smtplib
import socket
import ssl
import time
from dataclasses import dataclass
from email.message import EmailMessage
from functools import cache

from runtime.effects.net.guard import Guard, NotAllowed, NotFound
from runtime.effects.net.http import NoAnswer

SECONDS = 15.0
FOR_EVER = 500
"""Codes of SMTP from here on say that it will never go."""


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    safety: str
    """`tls`, `starttls` or `none`."""
    login: str = ""
    password: str = ""


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """The mail server has taken it."""

    milliseconds: int


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """The mail server has not taken it, and said why."""

    code: str
    detail: str
    again: bool


def hand_over(
    guard: Guard, server: MailServer, letter: EmailMessage
) -> Accepted | Rejected | NoAnswer:
    """Hand a letter to a mail server; never inside a transaction."""
    begun = time.monotonic()
    try:
        with _opened(guard, server) as talk:
            if server.login:
                talk.login(server.login, server.password)
            talk.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        code, said = next(iter(error.recipients.values()))
        return _rejected(code, said)
    except smtplib.SMTPResponseException as error:
        return _rejected(error.smtp_code, error.smtp_error)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        return _nothing(error)
    return Accepted(milliseconds=int((time.monotonic() - begun) * 1000))


def _opened(guard: Guard, server: MailServer) -> smtplib.SMTP:
    if server.safety == "tls":
        return _Safe(guard, _trust(), server)
    talk = _Plain(guard, server)
    if server.safety == "starttls":
        talk.starttls(context=_trust())
    return talk


@cache
def _trust() -> ssl.SSLContext:
    # To read all authorities of the system takes longer than to send a letter.
    return ssl.create_default_context()


class _Plain(smtplib.SMTP):
    def __init__(self, guard: Guard, server: MailServer) -> None:
        self._guard = guard
        super().__init__(server.host, server.port, timeout=SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        return self._guard.connect(host, port, timeout)


class _Safe(smtplib.SMTP_SSL):
    def __init__(self, guard: Guard, context: ssl.SSLContext, server: MailServer) -> None:
        self._guard = guard
        super().__init__(server.host, server.port, timeout=SECONDS, context=context)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        opened = self._guard.connect(host, port, timeout)
        return self.context.wrap_socket(opened, server_hostname=host)


def _rejected(code: int, said: bytes | str) -> Rejected:
    detail = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return Rejected(code=str(code), detail=detail[:300], again=code < FOR_EVER)


def _nothing(error: Exception) -> NoAnswer:
    if isinstance(error, NotAllowed):
        return NoAnswer(code="refused", detail=str(error), again=False)
    if isinstance(error, NotFound):
        return NoAnswer(code="not_found", detail=str(error))
    if isinstance(error, TimeoutError):
        return NoAnswer(code="timeout", detail=type(error).__name__)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return NoAnswer(code="unsupported", detail=str(error), again=False)
    return NoAnswer(code="network", detail=str(error)[:300] or type(error).__name__)

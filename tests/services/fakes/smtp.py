"""A mail server on loopback that keeps what it is handed, or answers with a code of SMTP."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class FakeSmtp:
    """What it wants and what it got."""

    login: str = ""
    password: str = ""
    refusals: list[str] = field(default_factory=list)
    """Answers to the next recipients instead of taking them, as `550 no such user`."""
    letters: list[EmailMessage] = field(default_factory=list)
    taken: threading.Event = field(default_factory=threading.Event)
    """Set when a letter has come in, before that is said."""
    silent: bool = False
    """It takes letters and never says so."""
    connections: int = 0
    port: int = 0


class _Talk(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        fake = self.server.fake
        fake.connections += 1
        self.say("220 fake ready")
        self.known = not fake.login
        with suppress(ConnectionError):  # who talks to it may be killed
            while line := self.rfile.readline():
                if not self.answer(line.decode().strip()):
                    return

    def say(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def answer(self, line: str) -> bool:
        fake, verb = self.server.fake, line.split(" ")[0].upper()
        if verb == "EHLO":
            self.say("250-fake\r\n250-SMTPUTF8\r\n250-8BITMIME\r\n250 AUTH PLAIN")
        elif verb == "AUTH":
            given = base64.b64decode(line.split(" ")[-1]).decode().split("\0")[1:]
            self.known = given == [fake.login, fake.password]
            self.say("235 ok" if self.known else "535 5.7.8 wrong password")
        elif verb == "RCPT":
            taken = "250 ok" if self.known else "530 5.7.0 log in first"
            self.say(fake.refusals.pop(0) if fake.refusals else taken)
        elif verb == "DATA":
            self.say("354 go on")
            self.take()
        elif verb == "QUIT":
            self.say("221 bye")
            return False
        else:
            self.say("250 ok")
        return True

    def take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        letter = message_from_bytes(b"".join(lines), policy=policy.default)
        assert isinstance(letter, EmailMessage)
        fake = self.server.fake
        fake.letters.append(letter)
        fake.taken.set()
        if fake.silent:
            self.rfile.read()  # until the other side is gone
        else:
            self.say("250 taken")


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    fake: FakeSmtp


@contextmanager
def fake_smtp(**wanted: str) -> Iterator[FakeSmtp]:
    """A mail server while the block lasts."""
    fake = FakeSmtp(**wanted)  # type: ignore[arg-type]  # login and password
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.fake = fake
        fake.port = server.server_address[1]
        serving = threading.Thread(target=server.serve_forever, daemon=True)
        serving.start()
        try:
            yield fake
        finally:
            server.shutdown()
            serving.join()

"""How does a message reach people by e-mail?"""

from __future__ import annotations

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from markupsafe import Markup, escape

from engine.wording import Message
from runtime.effects.channel import Channel, Doors, Failed, Outcome, Parcel, Sent, Set, Setting
from runtime.effects.net.http import NoAnswer
from runtime.effects.net.mail import Accepted, MailServer, hand_over
from runtime.store.people import Person

BUTTON = (
    "display:inline-block;padding:10px 20px;border-radius:6px;background:#2458e6;color:#ffffff;"
    "text-decoration:none"
)
SUBJECT = 150
PAPER = "max-width:560px;margin:0 auto;padding:24px;font:15px/1.7 sans-serif;color:#1d2129"


def address(doors: Doors, kept: Set, person: Person) -> str | Failed:
    """Return somebody's address."""
    return person.email or Failed(code="no_address", detail="", again=False)


def send(parcel: Parcel) -> Outcome:
    """Hand the letter to the mail server."""
    try:
        letter = written(parcel)
    except (ValueError, IndexError, MessageError) as error:
        return Failed(code="address", detail=str(error)[:300], again=False)
    taken = hand_over(parcel.doors.guard, server(parcel.set), letter)
    if isinstance(taken, Accepted):
        return Sent(milliseconds=taken.milliseconds)
    if isinstance(taken, NoAnswer):
        return Failed.without(taken)
    return Failed(code=taken.code, detail=taken.detail, again=taken.again)


def server(kept: Set) -> MailServer:
    """Return the mail server as it was set up."""
    port = kept["port"]
    return MailServer(
        host=kept["host"],
        port=int(port) if port.isdecimal() else 465,
        safety=kept["safety"] or "tls",
        login=kept["login"],
        password=kept["password"],
    )


def written(parcel: Parcel) -> EmailMessage:
    """Return the letter as plain text and as HTML, both with its links."""
    letter, mail = parcel.letter, EmailMessage()
    mail["Subject"] = " ".join(letter.headline.split())[:SUBJECT]
    sender = parcel.set["sender"]
    mail["From"] = Address(parcel.set["name"] or "", addr_spec=sender)
    mail["To"] = Address(parcel.person.name, addr_spec=parcel.address)
    mail["Date"] = format_datetime(parcel.now)
    mail["Message-ID"] = f"<{letter.key}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    links = [(letter.act_text, letter.act), (letter.link_text, letter.link)]
    shown = [(text, url) for text, url in links if url]
    plain = [letter.text, *letter.lines, "", *(f"{text}: {url}" for text, url in shown)]
    mail.set_content("\n".join(plain))
    mail.add_alternative(_html(parcel, shown), subtype="html")
    return mail


def _html(parcel: Parcel, links: list[tuple[str, str]]) -> str:
    lines = Markup("").join(
        Markup("<p>{}</p>").format(text) for text in (parcel.letter.text, *parcel.letter.lines)
    )
    buttons = Markup(" &nbsp; ").join(
        Markup('<a href="{}" style="{}">{}</a>').format(url, BUTTON if n == 0 else "", text)
        for n, (text, url) in enumerate(links)
    )
    title = escape(parcel.letter.title)
    return str(
        Markup('<div style="{}"><h2 style="font-size:18px">{}</h2>{}<p>{}</p></div>').format(
            PAPER, title, lines, buttons
        )
    )


CHANNEL = Channel(
    label=Message("邮件"),
    symbol="mail",
    settings=(
        Setting(id="host", label=Message("SMTP 服务器")),
        Setting(id="port", label=Message("端口"), kind="whole", default="465"),
        Setting(
            id="safety",
            label=Message("加密方式"),
            kind="choice",
            default="tls",
            choices=(
                ("tls", Message("SSL/TLS 加密")),
                ("starttls", Message("STARTTLS 加密")),
                ("none", Message("不加密")),
            ),
        ),
        Setting(id="login", label=Message("账号"), required=False),
        Setting(id="password", label=Message("密码或授权码"), kind="secret", required=False),
        Setting(id="sender", label=Message("发件地址")),
        Setting(id="name", label=Message("发件人名称"), required=False),
    ),
    address=address,
    send=send,
)

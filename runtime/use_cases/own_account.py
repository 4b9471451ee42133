"""What may people change about their own account?"""

from __future__ import annotations

import pyotp

from engine.wording import Message
from runtime.passwords import Passwords
from runtime.services import Services
from runtime.store.people import Person
from runtime.store.sessions import Session
from runtime.use_cases.sign_in import code_fits

SHORTEST = 10
LONGEST = 256
TOO_EASY = frozenset({"1234567890", "0123456789", "password12", "qwertyuiop", "aaaaaaaaaa"})


def own_account(services: Services, id_: str) -> tuple[Person, bool]:
    """Return a person, and whether one-time codes are set up."""
    with services.store.reading() as unit:
        person = unit.people.one(id_)
        credentials = unit.people.credentials(person.login) if person else None
    if person is None or credentials is None:
        raise LookupError(id_)
    return person, bool(credentials.totp_secret)


def choose(services: Services, id_: str, **settings: str) -> None:
    """Keep the language or the light that somebody prefers."""
    with services.store.unit() as unit:
        unit.people.edit(id_, **settings)


def good_password(password: str, login: str) -> Message | None:
    """Return what is wrong with a new password, None if nothing is."""
    if not SHORTEST <= len(password) <= LONGEST:
        return Message("密码要 {least} 到 {most} 个字符", least=SHORTEST, most=LONGEST)
    easy = password.lower() in TOO_EASY or len(set(password)) < 4
    if easy or login.lower() in password.lower():
        return Message("这个密码太容易猜到，请换一个")
    return None


def change_password(
    services: Services, passwords: Passwords, id_: str, session: str | None, typed: tuple[str, str]
) -> Message | None:
    """Change one's password (old, new) and sign out everywhere else; or say why not."""
    old, new = typed
    person, _ = own_account(services, id_)
    with services.store.reading() as unit:
        credentials = unit.people.credentials(person.login)
    if not passwords.matches(credentials.password_hash if credentials else None, old):
        return Message("现在的密码不正确")
    wrong = good_password(new, person.login)
    if wrong:
        return wrong
    hashed = passwords.hash(new)
    with services.store.unit() as unit:
        unit.people.edit(id_, password_hash=hashed)
        unit.sessions.end_all(id_, except_key=session)
    return None


def new_code_secret(person: Person, secret: str | None = None) -> tuple[str, str]:
    """Return a secret for one-time codes (a new one without one), and what its QR code holds."""
    secret = secret or pyotp.random_base32()
    return secret, pyotp.TOTP(secret).provisioning_uri(name=person.login, issuer_name="Dougong")


def switch_codes_on(services: Services, id_: str, secret: str, code: str) -> Message | None:
    """Ask for one-time codes from now on, once the person has shown that they work."""
    if not code_fits(services, secret, code):
        return Message("动态码不正确或已过期")
    with services.store.unit() as unit:
        unit.people.edit(id_, totp_secret=secret)
    return None


def switch_codes_off(
    services: Services, passwords: Passwords, id_: str, password: str
) -> Message | None:
    """Stop asking for one-time codes; needs the password."""
    person, _ = own_account(services, id_)
    with services.store.reading() as unit:
        credentials = unit.people.credentials(person.login)
    if not passwords.matches(credentials.password_hash if credentials else None, password):
        return Message("现在的密码不正确")
    with services.store.unit() as unit:
        unit.people.edit(id_, totp_secret=None)
    return None


def own_sessions(services: Services, id_: str) -> tuple[Session, ...]:
    """Return where somebody is signed in."""
    with services.store.reading() as unit:
        return unit.sessions.of_person(id_, services.now())


def end_session(services: Services, id_: str, key: str) -> None:
    """Sign out somewhere; only one's own sessions."""
    with services.store.unit() as unit:
        if any(session.key == key for session in unit.sessions.of_person(id_, services.now())):
            unit.sessions.end(key)

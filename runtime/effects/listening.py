"""What does a provider tell us, and what does it get to hear?"""

from __future__ import annotations

from runtime.effects.channel import Set
from runtime.effects.channels import channels
from runtime.effects.incoming import Ear, Knock, Reply
from runtime.effects.opening import opened
from runtime.language import translate
from runtime.services import Services
from runtime.settings import Settings
from runtime.use_cases.approvals.course import Settled
from runtime.use_cases.card_decisions import (
    Press,
    decide_in_card,
    locale_of,
    outcome_words,
    tell_why_not,
)


def address_back(settings: Settings, channel: str) -> str:
    """Return where the provider of a channel is to tell us of buttons."""
    return f"{settings.public_url or ''}/in/{channel}"


def listens(settings: Settings, kept: Set) -> bool:
    """Tell whether presses of buttons in a channel reach us."""
    ear = channels()[kept.channel].ear
    return settings.public_url is not None and ear is not None and ear.open(kept)


def answer(services: Services, channel: str, knock: Knock) -> Reply | None:
    """Do what a provider tells, and return what it gets to hear; None if it is not to be believed:
    whatever the reason is, it looks the same."""
    found = _ear(services, channel)
    if found is None:
        return None
    ear, kept = found
    heard = ear.hear(kept, knock)
    if heard is None or isinstance(heard, Reply):
        return heard
    press = Press(channel=channel, **vars(heard))
    outcome = decide_in_card(services, press)
    done = isinstance(outcome, Settled)
    words = outcome_words(outcome, press.verb)
    if not done and not ear.speaks:
        tell_why_not(services, press, words)
    locale = locale_of(services, press)
    return ear.reply(words.fill(translate(locale), locale), done)


def _ear(services: Services, channel: str) -> tuple[Ear, Set] | None:
    ear = channels()[channel].ear if channel in channels() else None
    if ear is None:
        return None
    with services.store.reading() as unit:
        kept = unit.notices.channels.one(channel)
    found = opened(services.settings, kept) if kept and kept.active else None
    return (ear, found) if found is not None and ear.open(found) else None

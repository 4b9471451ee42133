"""What would a rule of a draft have done lately, with the records that there are?"""

from __future__ import annotations

from dataclasses import dataclass

from engine.app import Form, Rule
from engine.wording import Message
from runtime.services import Services
from runtime.use_cases.rules.backtest import DAYS, BackTest, backtest


@dataclass(frozen=True)
class Lately:
    """What was found, or why nothing can be said."""

    days: int
    found: BackTest | None = None
    error: Message | None = None


def lately(services: Services, rule: Rule, days: int = DAYS) -> Lately:
    """Play the last days through with a rule that nobody has published yet. Nothing is changed."""
    app = services.apps.get(rule.app)
    form = app.forms.get(rule.form) if app else None
    if form is None:
        return Lately(days, error=Message("这张表单还没有发布，没有历史数据可以回放"))
    if not rule.definition.on.replays:
        return Lately(days, error=Message("这种触发方式没有历史可以回放"))
    if not _known(form, rule):
        return Lately(days, error=Message("这条规则用到了还没发布的字段，发布之后才能回放"))
    return Lately(days, found=backtest(services, rule, days))


def _known(form: Form, rule: Rule) -> bool:
    """Tell if the published form has all that the condition reads."""
    paths = rule.condition.reads if rule.condition else ()
    known = form.scope.names
    watched = rule.definition.on.watched
    names = {path[0] for path in paths} | ({watched} if watched else set())
    return all(name in known or name in form.fields for name in names)

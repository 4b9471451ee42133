"""How does whoever planned a publishing hear what came of it?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.wording import Message
from runtime.services import Services
from runtime.store.publish_plans import PublishPlan
from runtime.store.unit import Unit
from runtime.use_cases.notify import NoticeText, notify

DONE, REFUSED, OVERTAKEN = "done", "refused", "overtaken"


def tell_who_planned(
    services: Services, unit: Unit, plan: PublishPlan, came: str, **more: object
) -> None:
    """Tell it in the transaction in which it happened."""
    app = services.apps[plan.app].definition.label
    texts: Mapping[str, Message] = {
        DONE: Message("“{app}”已按时发布，现在是第 {number} 版", app=app, **more),
        REFUSED: Message("“{app}”没有按时发布：{why}", app=app, **more),
        OVERTAKEN: Message("“{app}”已有人提前发布，排好的定时发布不再执行", app=app),
    }
    notice = NoticeText(text=texts[came], kind="system", app=plan.app)
    notify(services, unit, [plan.person], notice, key=f"plan:{plan.id}:{came}")

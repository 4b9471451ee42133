"""What does a company change in the sales app, and its next version in the same places?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.editing.edits import Add, AddFile, AnyEdit, Remove, Set, Target
from engine.editing.three_way import Side

LEAD = "forms/lead.yaml"
BASICS: Target = (LEAD, "sections", "basics", "fields")
SOURCES: Target = (*BASICS, "source", "options")
REVIEW = "workflows/contract_review.yaml"
ENGLISH: Target = ("locales/en.yaml", "texts")


@dataclass(frozen=True)
class Local:
    """One change, and whether the next version changes the same."""

    edit: AnyEdit
    theirs: Any = None
    """What the next version makes of the same place; None: it leaves it alone."""
    side: Side = "mine"
    """Which of both is chosen where they meet."""

    @property
    def target(self) -> Target:
        """Where it is."""
        match self.edit:
            case Add(target=target, value=value, key=key):
                return (*target, key or value["id"])
            case AddFile(path=path):
                return (path,)
            case Set(target=target) | Remove(target=target):
                return target
        raise TypeError(self.edit)


def _set(*target: Any, to: Any, theirs: Any = None, side: Side = "mine") -> Local:
    return Local(Set(target=target, value=to), theirs, side)


OWN_RULE = {
    "rule": "own_greeting", "label": "新线索问候", "form": "lead", "on": {"type": "created"},
    "paused": True,
    "do": [{"type": "notify", "to": {"fields": ["owner"]}, "text": "“{company}”来了"}],
}  # fmt: skip
OWN_STORY = {
    "scenario": "我们自己的场景：助理能看到线索",
    "given": {"records": [{
        "form": "lead", "id": "l1", "owner": "rep1", "company": "甲厂", "contact_name": "张三",
        "phone": "13800000001", "source": "livestream",
    }]},
    "steps": [{
        "as": "rep1", "edit": {"record": "l1", "values": {"wechat_id": "zhang3"}},
        "then": {"values": {"wechat_id": "zhang3"}},
    }],
}  # fmt: skip
LOCALS = (
    # Fields and options
    _set(*BASICS, "company", "label", to="公司名称", theirs="客户企业", side="mine"),
    _set(*BASICS, "region", "help", to="决定由哪个分公司跟进", theirs="按省市分派", side="theirs"),
    Local(Add(target=BASICS, value={"id": "wechat_id", "type": "text", "label": "微信号"})),
    _set(*BASICS, "contact_title", "max_length", to=80, theirs=60),
    _set(*SOURCES, "expo", "label", to="展会", theirs="展会名片", side="theirs"),
    Local(Add(target=SOURCES, value={"id": "livestream", "label": "直播"})),
    Local(
        Remove(target=(LEAD, "sections", "outcome", "fields", "invalid_reason", "options",
                       "competitor_peer")),
        theirs={"id": "competitor_peer", "label": "竞争对手打探"},
    ),
    # Stages, gates, checks, pool
    _set(LEAD, "stages", "assigned", "label", to="待联系", theirs="待首触"),
    _set(LEAD, "stages", "new", "help", to="1 小时内分派"),
    _set("forms/customer.yaml", "stages", "developing", "gate", "that", "tier_b_review", "message",
         to="B 类客户先做回顾", theirs="B 类成长客户须先填业务回顾日期"),
    Local(Add(target=(LEAD, "stages", "qualified", "gate", "that"), value={
        "id": "has_company", "that": "company != null", "message": "请填企业名称"})),
    Local(Add(target=(LEAD, "checks"), value={
        "id": "own_check", "that": "company != null", "message": "请填企业名称"})),
    _set(LEAD, "stages", "contacted", "help", to="判断是否值得跟", theirs="判断需求与预算",
         side="theirs"),
    _set(LEAD, "pool", "hold_at_most", to=60, theirs=40),
    _set(LEAD, "routing", "note", to="按我们的分派规矩"),
    # Lists, boards, menu, home
    Local(Add(target=(LEAD, "list", "views"), value={
        "id": "own_view", "label": "展会线索",
        "where": [{"field": "source", "op": "=", "value": "expo"}]})),
    _set(LEAD, "list", "views", "hot", "label", to="大单线索", theirs="高意向线索", side="theirs"),
    _set(LEAD, "board", "card", to=["contact_name", "budget_band", "source"]),
    _set("app.yaml", "menu", 0, "label", to="客户与线索"),
    _set("app.yaml", "home", "new_leads", "label", to="今天要联系的", theirs="等我联系的"),
    # Roles and rights
    _set("app.yaml", "roles", "rep", "label", to="客户经理", theirs="销售顾问", side="mine"),
    Local(Add(target=("app.yaml", "roles"), value={"id": "assistant", "label": "销售助理"})),
    Local(Add(target=(LEAD, "access"), key="assistant", value={"rows": "all"})),
    # Rules, approvals, messages
    _set("rules/payment_overdue.yaml", "on", "late", to=45, theirs=60, side="theirs"),
    _set("rules/keyword_watch.yaml", "label", to="盯住这些词"),
    Local(AddFile(path="rules/own_greeting.yaml", value=OWN_RULE)),
    _set(REVIEW, "steps", "legal", "help", to="先看特别约定", theirs="先看条款版本"),
    _set(REVIEW, "steps", "legal", "phrases", to=["条款为最新版，同意", "请改特别约定"]),
    # Decisions, documents, connectors, languages, scenarios
    _set("decisions/lead_owner.yaml", "inputs", "area", "label", to="片区", theirs="区域"),
    _set("documents/quotation.yaml", "blocks", "head", "text", to="报价书", theirs="产品报价单"),
    _set("connectors/erp.yaml", "label", to="用友 ERP"),
    _set(*ENGLISH, "app", "label", to="Our sales", theirs="Sales desk", side="theirs"),
    Local(AddFile(path="scenarios/own.yaml", value=OWN_STORY)),
)  # fmt: skip
BESIDE: tuple[AnyEdit, ...] = (
    Set(target=("app.yaml", "version"), value="1.1.0"),
    Add(target=BASICS, value={"id": "linkedin", "type": "url", "label": "领英"}),
    Add(target=SOURCES, value={"id": "webinar", "label": "线上研讨会"}),
    Set(target=(LEAD, "stages", "new", "red"), value="PT6H"),
    Add(target=(LEAD, "list", "views"), value={
        "id": "with_mail", "label": "留了邮箱的", "where": [{"field": "email", "op": "filled"}]}),
    Set(target=("rules/keyword_watch.yaml", "paused"), value=False),
    Set(target=("connectors/erp.yaml", "operations", "ping", "label"), value="试连接"),
)  # fmt: skip
"""What the next version changes next to them."""

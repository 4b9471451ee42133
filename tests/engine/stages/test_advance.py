from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from engine.loading.load import load_app
from engine.outcomes import Refusal
from engine.record import Evidence, Facts
from engine.stages.advance import Move, Wish, decide
from engine.stages.moves import Kind, open_moves
from tests.engine.stages.ticket import (
    COMPLETE,
    ENTERED,
    MANIFEST,
    NOW,
    TICKET,
    desk,
    facts,
    piece,
    ticket_form,
)


def decided(given: Facts, **wish: object) -> Move | Refusal:
    return decide(desk(), ticket_form(), given, Wish(**wish))  # type: ignore[arg-type]  # test words


def refused(given: Facts, **wish: object) -> list[str]:
    decision = decided(given, **wish)
    assert isinstance(decision, Refusal)
    return [str(reason.message) for reason in decision.reasons]


def test_a_shut_gate_names_everything_that_is_missing_at_once() -> None:
    assert refused(facts()) == [
        "请填写“原因”",
        "请填写“紧急”",
        "请先估算费用",
        "请上传“会议纪要”，至少 1 份（pdf）",
    ]


def test_a_gate_asks_to_choose_where_people_choose_as_a_form_does() -> None:
    chosen = TICKET.replace("type: text, label: 原因", "type: person, label: 原因")
    app = load_app({"app.yaml": MANIFEST.encode(), "forms/ticket.yaml": chosen.encode()})

    decision = decide(app, app.forms["ticket"], facts(), Wish())

    assert isinstance(decision, Refusal)
    assert str(decision.reasons[0].message) == "请选择“原因”"


def test_every_reason_carries_the_line_of_its_rule() -> None:
    decision = decided(facts())

    assert isinstance(decision, Refusal)
    lines = [(reason.subject, reason.at.line) for reason in decision.reasons if reason.at]
    assert lines == [("cause", 19), ("urgent", 19), ("has_cost", 21), ("minutes", 23)]


def test_an_open_gate_lets_the_record_into_the_next_stage_at_this_moment() -> None:
    decision = decided(facts(evidence=(piece("minutes"),), **COMPLETE))

    assert isinstance(decision, Move)
    assert (decision.record.stage, decision.record.stage_entered_at) == ("fixing", NOW)


def test_no_counts_as_an_answer() -> None:
    assert "请填写“紧急”" not in refused(facts(urgent=False))


def test_stages_can_not_be_skipped() -> None:
    words = refused(facts(evidence=(piece("minutes"),), **COMPLETE), target="done")

    assert words == ["阶段不能跳过：不能从“待处理”直接到“已完成”，下一阶段是“处理中”"]


def test_going_back_needs_a_reason_and_passes_no_gate() -> None:
    given = facts("fixing")

    assert refused(given, target="open") == ["请写明退回的原因"]
    decision = decided(given, target="open", reason="原因不明")
    assert isinstance(decision, Move)
    assert decision.kind is Kind.BACK


def test_the_way_out_is_open_from_every_stage_with_a_reason() -> None:
    assert refused(facts(), target="dropped") == ["请写明原因"]
    decision = decided(facts(), target="dropped", reason="客户撤回")
    assert isinstance(decision, Move)
    assert decision.kind is Kind.ASIDE


def test_a_record_that_was_set_aside_can_come_back_where_its_stage_allows() -> None:
    kinds = {stage.id: kind for stage, kind in open_moves(ticket_form(), facts("dropped").record)}

    assert kinds == {"open": Kind.RESUME, "fixing": Kind.RESUME, "done": Kind.RESUME}


def test_what_has_ended_can_not_be_set_aside() -> None:
    assert open_moves(ticket_form(), facts("done").record) == ()


def test_the_gate_of_entry_holds_as_well() -> None:
    given = facts("fixing", _photos(), cost=Decimal("1000"), place=HERE)

    assert refused(given) == ["费用超过一千元不能完成"]


def test_only_the_named_role_may_pass_a_shut_gate_and_only_with_a_reason() -> None:
    agent = decided(facts(), override=True, reason="急")
    silent = refused(facts(role="lead_agent"), override=True)
    passed = decided(facts(role="lead_agent"), override=True, reason="客户现场催办")

    assert isinstance(agent, Refusal)
    assert not agent.may_override
    assert "请写明越过关卡的原因" in silent
    assert isinstance(passed, Move)
    assert [reason.subject for reason in passed.passed_over] == [
        "cause",
        "urgent",
        "has_cost",
        "minutes",
    ]


HERE = {"latitude": Decimal("30.2741"), "longitude": Decimal("120.1551")}
NEAR = {"latitude": Decimal("30.2745"), "longitude": Decimal("120.1555")}


def _photos(**more: object) -> tuple[Evidence, ...]:
    return tuple(piece("photo", "jpg", **{**NEAR, **more}) for _ in range(2))


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (
            (piece("minutes", added_at=ENTERED - timedelta(minutes=1)),),
            "是进入本阶段之前上传的，需要重新提供",
        ),
        ((piece("minutes", used_elsewhere=True),), "同一份文件已用在别的记录上"),
        ((piece("minutes", "png"),), "文件类型是 png，应为 pdf"),
        ((piece("minutes", expires_on=date(2026, 3, 1)),), "已于 2026-03-01 到期"),
        (
            (piece("minutes", verdict="rejected", verdict_reason="看不清"),),
            "被退回：看不清",
        ),
    ],
)
def test_evidence_that_does_not_count_says_why(pieces: tuple[Evidence, ...], words: str) -> None:
    assert refused(facts(evidence=pieces, **COMPLETE)) == [
        f"“会议纪要”需要 1 份有效凭证，现有 0 份：{words}"
    ]


@pytest.mark.parametrize(
    ("pieces", "words"),
    [
        (_photos(latitude=Decimal("30.2800")), "拍摄地点相距 657 米，超出 200 米"),
        (_photos(latitude=None), "拍摄时没有定位"),
        (_photos(added_at=NOW - timedelta(days=1)), "已过有效期"),
    ],
)
def test_photos_count_only_near_the_place_and_for_their_time(
    pieces: tuple[Evidence, ...], words: str
) -> None:
    given = facts("fixing", pieces, cost=Decimal(1), place=HERE)

    assert refused(given) == [f"“现场照片”需要 2 份有效凭证，现有 0 份：{words}"]


def test_evidence_is_asked_for_only_while_its_condition_holds() -> None:
    calm = facts("fixing", _photos(), cost=Decimal(1), place=HERE, urgent=False)
    urgent = facts("fixing", _photos(), cost=Decimal(1), place=HERE, urgent=True)

    assert isinstance(decided(calm), Move)
    assert refused(urgent) == ["请上传“报告”，至少 1 份"]


def test_evidence_for_review_counts_once_it_was_accepted() -> None:
    waiting, accepted = piece("report"), piece("report", verdict="accepted")
    values: dict[str, Any] = {"cost": Decimal(1), "place": HERE, "urgent": True}

    assert refused(facts("fixing", (*_photos(), waiting), **values)) == [
        "“报告”需要 1 份有效凭证，现有 0 份：等待审核"
    ]
    assert isinstance(decided(facts("fixing", (*_photos(), accepted), **values)), Move)

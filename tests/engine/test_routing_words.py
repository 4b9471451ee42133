"""Do sentences mean the routing that somebody would read in them, and is nothing guessed?"""

from __future__ import annotations

import pytest

from engine.routing_words import FieldWords, PersonWords, Vocabulary, understood

WORDS = Vocabulary(
    fields=(
        FieldWords(id="budget", label="预算", number=True),
        FieldWords(id="cost_in", label="采购成本", number=True),
        FieldWords(id="cost_out", label="运输成本", number=True),
        FieldWords(id="source", label="来源", options=(("web", "官网"), ("call", "来电"))),
        FieldWords(id="channel", label="渠道", options=(("web", "官网"), ("shop", "门店"))),
        FieldWords(id="band", label="规模", options=(("big", "20 万以上"), ("small", "20 万以下"))),
        FieldWords(id="kind", label="类型", options=(("a", "新购"), ("b", "换新"))),
    ),
    people=(
        PersonWords(login="zw", name="张伟", department="华东"),
        PersonWords(login="ln", name="李娜", department="华东"),
        PersonWords(login="ls1", name="李四", department="华东"),
        PersonWords(login="ls2", name="李四", department="华南"),
        PersonWords(login="ww", name="王五"),
    ),
)


def _meant(text: str) -> list[tuple[dict[str, str], list[str]]]:
    clauses, unclear = understood(text, WORDS)
    assert [str(one.message) for one in unclear] == []
    return [
        ({one.field.id: one.cell for one in clause.asked}, [one.login for one in clause.people])
        for clause in clauses
    ]


def _unclear(text: str) -> list[str]:
    return [str(one.message) for one in understood(text, WORDS)[1]]


def test_conditions_people_and_the_rest() -> None:
    assert _meant("预算>20万且来源是官网的工单,优先分给张伟或李娜;其他给王五") == [
        ({"budget": "> 200000", "source": '"web"'}, ["zw", "ln"]),
        ({}, ["ww"]),
    ]


@pytest.mark.parametrize(
    ("said", "cell"),
    [
        ("预算超过 20 万", "> 200000"),
        ("预算不低于1.5亿", ">= 150000000"),
        ("预算在20万以上", ">= 200000"),
        ("预算不到3千元", "< 3000"),
        ("预算不超过 12,500", "<= 12500"),
        ("预算≤5", "<= 5"),
    ],
)
def test_numbers_in_the_ways_people_write_them(said: str, cell: str) -> None:
    [(asked, people)] = _meant(f"{said}的分给张伟")
    assert (asked, people) == ({"budget": cell}, ["zw"])


def test_options_by_their_labels_several_or_one() -> None:
    assert _meant("来源为官网或来电，分给李娜") == [({"source": '"web", "call"'}, ["ln"])]
    assert _meant("来自来电的工单派给ww") == [({"source": '"call"'}, ["ww"])]
    assert _meant("换新，交给张伟、王五") == [({"kind": '"b"'}, ["zw", "ww"])]
    assert _meant("规模>20万的给张伟") == [({"band": '"big"'}, ["zw"])]


def test_what_could_mean_two_things_is_refused_with_what_to_write() -> None:
    assert _unclear("来自官网的分给张伟") == [
        "“来自官网”有几种意思，请写成：来源是官网、渠道是官网"
    ]
    assert _unclear("成本大于 5 万的分给张伟") == ["“成本”可以是 采购成本、运输成本，请写全称"]
    assert _unclear("其他给李四") == ["有 2 位“李四”，请改写登录名：ls1（华东）、ls2（华南）"]


def test_what_means_nothing_is_refused_with_what_there_is() -> None:
    assert _unclear("来源是展会的分给张伟") == ["没有选项“展会”，可用：官网、来电"]
    assert _unclear("其他给张三") == ["没有同事“张三”，可用：张伟"]
    assert _unclear("预算>20万的工单") == ["没有写分给谁，请写“分给”和姓名"]
    assert _unclear("规模>30万的给张伟") == ["“规模”只有这些选项：20 万以上、20 万以下"]
    assert len(_unclear("")) == 1
    late = _unclear("其他给王五；来源是来电的给张伟")
    assert late == ["“其他”之后的句子不会用到，请把它放在最后"]

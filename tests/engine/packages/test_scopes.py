from __future__ import annotations

from engine.loading.load import load_app
from engine.packages.scopes import Scopes, grown, needs_consent, scopes_of
from tests.desk import FILES

CALLS = """
rule: tell
label: 告诉外部
form: site
on: {type: created}
do: [{type: webhook, url: 'https://Elsewhere.example:8443/hook'}]
"""
CALLED = """
rule: heard
label: 外部来的
form: site
on: {type: webhook, takes: {text: text}}
do: [{type: notify, to: {roles: [chief]}, text: 收到}]
"""
OTHER = """
connector: erp
type: http
label: 另一个系统
url: https://erp.example
operations:
  - {id: ask, label: 查询, method: GET, path: /ask}
"""


def _scopes(**more: str) -> Scopes:
    texts = {name: content.decode() for name, content in FILES.items()}
    return scopes_of(
        load_app({**texts, **{f"{n.replace('__', '/')}.yaml": t for n, t in more.items()}})
    )


def test_an_app_that_stays_at_home_asks_for_nobodys_consent() -> None:
    found = _scopes()

    assert found == Scopes(roles=("agent", "auditor", "chief"))
    assert not needs_consent(found)


def test_everything_that_reaches_out_or_lets_in_is_named() -> None:
    found = _scopes(rules__tell=CALLS, rules__heard=CALLED, connectors__erp=OTHER)

    assert found.hosts == ("elsewhere.example:8443", "erp.example")
    assert found.connectors == ("erp",)
    assert found.incoming == ("heard",)


def test_each_kind_of_power_needs_consent_when_it_is_new() -> None:
    before = _scopes()
    for more in ({"rules__tell": CALLS}, {"rules__heard": CALLED}, {"connectors__erp": OTHER}):
        after = _scopes(**more)
        assert needs_consent(grown(before, after))
        assert not needs_consent(grown(after, after))

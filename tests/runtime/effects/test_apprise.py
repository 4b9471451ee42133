from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from runtime.effects.net import apprise_door
from runtime.effects.net.apprise_door import MODULES, service_of
from tests.desk import Desk
from tests.runtime.effects.posting import PUBLIC, connected, deliveries, do_all, set_up, tell
from tests.services.fakes.http import Asked, FakeHttp, Reply, fake_http


@pytest.fixture
def service() -> Iterator[FakeHttp]:
    """A ntfy and a Bark on loopback."""
    with fake_http(lambda asked: Reply({"id": "x", "event": "message"})) as fake:
        yield fake


def by_apprise(desk: Desk, url: str, *ports: int) -> Desk:
    opened = connected(desk, *ports)
    set_up(opened, "apprise", {}, url=url)
    tell(opened, "ann")
    do_all(opened)
    return opened


def the_code(desk: Desk) -> tuple[str, str | None]:
    (found,) = deliveries(desk, "ann")
    return found.state, found.code


def test_a_message_goes_to_the_place_with_the_name_of_its_person(
    small_desk: Desk, service: FakeHttp
) -> None:
    desk = by_apprise(small_desk, f"ntfy://127.0.0.1:{service.port}/desk", service.port)
    (asked,) = service.asked
    said = asked.json["message"]
    assert "安静: 本田 请您处理“空调”" in said
    assert f"{PUBLIC}/a/desk/ticket/r1" in said
    assert "/act/" not in said
    assert the_code(desk) == ("sent", None)


@pytest.mark.parametrize(
    "kind", ["ntfy://127.0.0.1:{}/x", "gotify://127.0.0.1:{}/token", "bark://127.0.0.1:{}/key"]
)
def test_the_inner_network_is_shut_unless_the_operator_opened_it(
    small_desk: Desk, service: FakeHttp, kind: str
) -> None:
    desk = by_apprise(small_desk, kind.format(service.port))
    assert service.asked == []
    assert the_code(desk) == ("failed", "refused")


def test_a_redirect_is_not_followed(small_desk: Desk) -> None:
    def away(asked: Asked) -> Reply:
        return Reply({}, 302, {"Location": "http://127.0.0.1/"})

    with fake_http(away) as fake:
        desk = by_apprise(small_desk, f"ntfy://127.0.0.1:{fake.port}/x", fake.port)
        assert len(fake.asked) == 1
        assert the_code(desk) == ("failed", "HTTP 302")


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Reply({"code": 400, "message": "no such device"}), "HTTP 502"),
        (Reply({"ok": False}), "HTTP 502"),
        (Reply({"errcode": 93000}), "HTTP 502"),
        (Reply({"error": "unauthorized"}, 401), "HTTP 401"),
    ],
)
def test_a_200_with_a_code_of_failure_has_failed(
    small_desk: Desk, answer: Reply, code: str
) -> None:
    with fake_http(lambda asked: answer) as fake:
        desk = by_apprise(small_desk, f"bark://127.0.0.1:{fake.port}/key", fake.port)
        assert the_code(desk)[1] == code


@pytest.mark.parametrize(
    "url",
    [
        "json://127.0.0.1/",
        "mailto://a:b@example.com",
        "wecombot://key",
        "feishu://token",
        "dingtalk://token",
        "syslog://",
        "dbus://",
        "file:///etc/passwd",
        "no address at all",
        "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7FQ/#general?template=/etc/passwd",
        "tgram://123456789:abcdefghijklmnopqrstuvwxyz0123456789/1?template=http://127.0.0.1/",
    ],
)
def test_services_that_reach_for_more_than_http_are_refused(url: str) -> None:
    assert service_of(url) is None


def test_each_service_asks_by_the_one_name_behind_which_our_door_stands() -> None:
    for schema, name in MODULES.items():
        source = importlib.import_module(f"apprise.plugins.{name}").__file__
        text = Path(str(source)).read_text()
        assert "import requests" in text, schema
        for other in ("import socket", "smtplib", "subprocess", "urlopen", "requests.Session"):
            assert other not in text, (schema, other)
        used = {line.split("requests.")[1].split("(")[0].split()[0].rstrip(":")
                for line in text.splitlines()
                if "requests." in line and not line.strip().startswith("#")
                and "import" not in line}  # fmt: skip
        known = ("post", "get", "request", "codes", "RequestException", "exceptions")
        assert all(each.startswith(known) for each in used), (schema, used)


def test_outside_of_sending_no_service_gets_through_the_door(service: FakeHttp) -> None:
    found = service_of(f"ntfy://127.0.0.1:{service.port}/x")
    assert found is not None
    assert not found.notify(body="x", title="y")
    assert service.asked == []
    assert apprise_door._talk.outbound is None

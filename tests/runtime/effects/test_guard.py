from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from typing import Any

import pytest

from runtime.effects.net.guard import Found, Guard, is_outside
from runtime.effects.net.http import Answer, NoAnswer, Outbound, Request
from runtime.settings import BadSettings, Settings
from tests.services.fakes.http import Asked, FakeHttp, Reply, fake_http

OUTSIDE = ("8.8.8.8", "114.114.114.114", "2400:3200::1", "223.5.5.5")
INSIDE = (
    "127.0.0.1",
    "127.0.0.2",
    "0.0.0.0",  # noqa: S104 - it leads to this machine
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.100.100.200",
    "100.64.0.1",
    "192.0.0.192",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:100.100.100.200",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "2001:0:4136:e378:8000:63bf:80ff:fffe",
    "not an address",
)
SPELLINGS = (
    "http://127.0.0.1:{port}/",
    "http://127.1:{port}/",
    "http://127.0.1:{port}/",
    "http://2130706433:{port}/",
    "http://0x7f000001:{port}/",
    "http://0x7f.0.0.1:{port}/",
    "http://017700000001:{port}/",
    "http://0177.0.0.1:{port}/",
    "http://localhost:{port}/",
    "http://LOCALHOST.:{port}/",
    "http://0:{port}/",
    "http://0.0.0.0:{port}/",
    "http://[::ffff:127.0.0.1]:{port}/",
    "http://[::ffff:7f00:1]:{port}/",
    "http://[0:0:0:0:0:ffff:127.0.0.1]:{port}/",
    "http://127。0。0。1:{port}/",
    "http://①②⑦.⓪.⓪.①:{port}/",
    "http://user:word@127.0.0.1:{port}/",
    "http://8.8.8.8@127.0.0.1:{port}/",
    "http://127.0.0.1:{port}\\@8.8.8.8/",
    "ftp://127.0.0.1:{port}/",
    "file:///etc/passwd",
    "gopher://127.0.0.1:{port}/",
    "//127.0.0.1:{port}/",
    "http:///",
    "http://127.0.0.1:99999999/",
)


@pytest.fixture
def canary() -> Iterator[FakeHttp]:
    with fake_http(lambda asked: Reply({"said": asked.path})) as fake:
        yield fake


def found(*addresses: str) -> list[Found]:
    return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80)) for address in addresses]


def opened_to(*places: tuple[str, int], **more: Any) -> Outbound:
    return Outbound(Guard(allowed=frozenset(places), **more))


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_public_network_is_outside(address: str) -> None:
    assert is_outside(address)


@pytest.mark.parametrize("address", INSIDE)
def test_everything_else_is_inside(address: str) -> None:
    assert not is_outside(address)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_no_spelling_leads_inside(canary: FakeHttp, spelling: str) -> None:
    answer = Outbound(Guard()).ask(Request(url=spelling.format(port=canary.port)))
    assert isinstance(answer, NoAnswer)
    assert canary.asked == []


def test_a_name_that_leads_inside_is_refused_whatever_else_it_leads_to(canary: FakeHttp) -> None:
    def mixed(host: str, port: int) -> Iterable[Found]:
        return found("8.8.8.8", "127.0.0.1")

    answer = opened_to(resolve=mixed).ask(Request(url=f"http://a.example:{canary.port}/"))
    assert isinstance(answer, NoAnswer)
    assert (answer.code, answer.again) == ("refused", False)


def test_the_address_that_was_checked_is_the_one_that_is_connected_to(canary: FakeHttp) -> None:
    asked: list[str] = []

    def changing(host: str, port: int) -> Iterable[Found]:
        asked.append(host)
        return found("8.8.8.8" if len(asked) == 1 else "127.0.0.1")

    guard = Guard(resolve=changing)
    assert [each[4][0] for each in guard.addresses("a.example", 80)] == ["8.8.8.8"]
    answer = Outbound(guard).ask(Request(url=f"http://a.example:{canary.port}/"))
    assert isinstance(answer, NoAnswer)
    assert answer.code == "refused"
    assert canary.asked == []
    assert len(asked) == 2


def test_a_place_that_the_operator_opened_is_reached_and_no_other_port(canary: FakeHttp) -> None:
    outbound = opened_to(("127.0.0.1", canary.port))
    answer = outbound.ask(Request(url=f"{canary.url}/x", json={"n": 1}))
    assert isinstance(answer, Answer)
    assert (answer.status, answer.json()) == (200, {"said": "/x"})
    assert canary.asked[0].json == {"n": 1}
    other = opened_to(("127.0.0.1", canary.port + 1)).ask(Request(url=canary.url))
    assert isinstance(other, NoAnswer)
    assert len(canary.asked) == 1


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with fake_http(lambda asked: Reply({}, 302, {"Location": "/there"})) as fake:
        answer = opened_to(("127.0.0.1", fake.port)).ask(Request(url=fake.url))
        assert isinstance(answer, Answer)
        assert (answer.status, answer.ok) == (302, False)
        assert [asked.path for asked in fake.asked] == ["/"]


def test_a_proxy_of_the_machine_is_not_used(
    canary: FakeHttp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", canary.url)
    monkeypatch.setenv("http_proxy", canary.url)
    Outbound(Guard(resolve=lambda host, port: found("127.0.0.1"))).ask(
        Request(url="http://a.example/")
    )
    assert canary.asked == []


def test_an_answer_without_end_is_cut_off() -> None:
    def endless(asked: Asked) -> Reply:
        return Reply(b"x" * 6_000_000)

    with fake_http(endless) as fake:
        answer = opened_to(("127.0.0.1", fake.port)).ask(Request(url=fake.url))
    assert isinstance(answer, NoAnswer)
    assert answer.code == "too_large"


def test_nobody_there_is_told_apart_from_nobody_found() -> None:
    with socket.socket() as shut:
        shut.bind(("127.0.0.1", 0))
        port = shut.getsockname()[1]
        silent = opened_to(("127.0.0.1", port)).ask(Request(url=f"http://127.0.0.1:{port}"))
    nobody = Outbound(Guard()).ask(Request(url="http://nowhere.invalid/"))
    assert isinstance(silent, NoAnswer)
    assert isinstance(nobody, NoAnswer)
    assert (silent.code, nobody.code) == ("network", "not_found")


def test_the_operator_opens_places_by_the_environment(tmp_path: Any) -> None:
    read = Settings.from_environment(
        {"HOME_DIR": str(tmp_path), "INSIDE": "mail.lan:25,[::1]:8025", "PUBLIC_URL": "https://a/"}
    )
    assert read.inside == (("mail.lan", 25), ("::1", 8025))
    assert read.public_url == "https://a"
    with pytest.raises(BadSettings):
        Settings.from_environment({"HOME_DIR": str(tmp_path), "INSIDE": "mail.lan"})


def test_what_one_asks_to_remember_is_not_told_to_the_next() -> None:
    with fake_http(lambda asked: Reply({}, headers={"Set-Cookie": "who=me; Path=/"})) as fake:
        outbound = opened_to(("127.0.0.1", fake.port))
        for _ in range(2):
            outbound.ask(Request(url=fake.url))
        assert ["cookie" in asked.headers for asked in fake.asked] == [False, False]

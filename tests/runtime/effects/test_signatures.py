from __future__ import annotations

import hashlib
import hmac
import json
from datetime import UTC, datetime

import pytest

from engine.wording import Message
from runtime.effects.signing import AliyunCall, TencentCall, aliyun_headers, tencent_headers
from tests.desk import Desk
from tests.runtime.effects.posting import connected, deliveries, do_all, reachable, set_up, tell
from tests.services.fakes.http import Reply, fake_http
from tests.services.fakes.providers import Aliyun, Robot, Tencent, provider

LATER = datetime(2099, 1, 1, tzinfo=UTC)
ROBOTS = {
    "wecom_robot": "/cgi-bin/webhook/send?key=robot",
    "dingtalk_robot": "/robot/send?access_token=a",
    "feishu_robot": "/open-apis/bot/v2/hook/h",
}


def state(desk: Desk) -> tuple[str, str | None]:
    (found,) = deliveries(desk, "ann")
    return found.state, found.code


def test_aliyun_gets_the_signature_of_its_own_example() -> None:
    call = AliyunCall(
        host="ecs.cn-shanghai.aliyuncs.com",
        action="RunInstances",
        version="2014-05-26",
        params={
            "ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd",
            "RegionId": "cn-shanghai",
        },
    )
    at = datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)
    nonce = "3156853299f313e23d1673dc12e1703d"
    made = aliyun_headers(call, "YourAccessKeyId", "YourAccessKeySecret", nonce, at)
    wanted = "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0"
    assert made["Authorization"].endswith(f"Signature={wanted}")


def test_tencent_gets_the_signature_of_its_own_example() -> None:
    body = (
        rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    )
    call = TencentCall(
        host="cvm.tencentcloudapi.com",
        service="cvm",
        action="DescribeInstances",
        version="2017-03-12",
        region="ap-guangzhou",
        body=body,
    )
    key, secret = "AKIDz8krbsJ5yKBZQpn74WFkmLPx3*******", "Gu5t9xGARNpq86cd98joQYCN3*******"
    made = tencent_headers(call, key, secret, datetime.fromtimestamp(1551113065, UTC))
    assert made["Authorization"] == (
        f"TC3-HMAC-SHA256 Credential={key}/2019-02-25/cvm/tc3_request, "
        "SignedHeaders=content-type;host, "
        "Signature=2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c"
    )


@pytest.mark.parametrize("channel", sorted(ROBOTS))
def test_a_robot_takes_what_is_signed_and_calls_the_person(small_desk: Desk, channel: str) -> None:
    with provider(Robot) as robot:
        robot.now = small_desk.clock
        desk = connected(small_desk, robot.port)
        set_up(desk, channel, {}, webhook=f"{robot.url}{ROBOTS[channel]}", secret=robot.SECRET)
        reachable(desk, "ann", phone="+8613800000001")
        tell(desk, "ann")
        do_all(desk)
        (taken,) = robot.taken
        assert "安静" in str(taken)
        assert "空调" in str(taken)
        assert state(desk) == ("sent", None)
        if channel != "feishu_robot":
            assert "13800000001" in str(taken)


@pytest.mark.parametrize(
    ("channel", "code"), [("dingtalk_robot", "310000"), ("feishu_robot", "19021")]
)
def test_a_wrong_signature_is_a_200_that_failed(small_desk: Desk, channel: str, code: str) -> None:
    with provider(Robot) as robot:
        robot.now = small_desk.clock
        desk = connected(small_desk, robot.port)
        set_up(desk, channel, {}, webhook=f"{robot.url}{ROBOTS[channel]}", secret="another word")
        tell(desk, "ann")
        do_all(desk)
        assert state(desk) == ("failed", code)
        assert robot.taken == []


def sms(desk: Desk, channel: str, made: Aliyun | Tencent, secret: str | None = None) -> Desk:
    opened = connected(desk, made.port)
    kept = {"key": made.KEY, "sign": "斗拱", "template": "SMS_1", "host": made.url}
    more = {"variable": "content", "app": "1400006666"}
    set_up(opened, channel, {**kept, **more}, secret=secret or made.SECRET)
    reachable(opened, "ann", phone="+8613800000001")
    return opened


@pytest.mark.parametrize(("channel", "kind"), [("sms_aliyun", Aliyun), ("sms_tencent", Tencent)])
def test_a_text_message_is_signed_and_fits_its_template(
    small_desk: Desk, channel: str, kind: type[Aliyun | Tencent]
) -> None:
    with provider(kind) as made:
        desk = sms(small_desk, channel, made)
        tell(desk, "ann", text=Message("{what}", what="很长的一句话 & “引号” " * 9))
        do_all(desk)
        assert state(desk) == ("sent", None)
        (taken,) = made.taken
        text = (
            json.loads(taken["TemplateParam"])["content"]
            if channel == "sms_aliyun"
            else taken["TemplateParamSet"][0]
        )
        assert text.startswith("待办任务 · 工单：很长的一句话 & “引号”")
        assert len(text) <= 35
        assert "13800000001" in str(taken)


@pytest.mark.parametrize(
    ("channel", "kind", "code"),
    [
        ("sms_aliyun", Aliyun, "SignatureDoesNotMatch"),
        ("sms_tencent", Tencent, "AuthFailure.SignatureFailure"),
    ],
)
def test_a_text_message_with_a_wrong_key_fails_with_the_providers_code(
    small_desk: Desk, channel: str, kind: type[Aliyun | Tencent], code: str
) -> None:
    with provider(kind) as made:
        desk = sms(small_desk, channel, made, secret="another word")
        tell(desk, "ann")
        do_all(desk)
        assert state(desk) == ("failed", code)


def test_tencent_can_take_the_call_and_refuse_the_number(small_desk: Desk) -> None:
    with provider(Tencent) as made:
        desk = sms(small_desk, "sms_tencent", made)
        status = {"Code": "LimitExceeded.PhoneNumberDailyLimit", "Message": "too many"}
        made.answers.append({"Response": {"SendStatusSet": [status], "RequestId": "r"}})
        tell(desk, "ann")
        do_all(desk)
        assert state(desk) == ("failed", "LimitExceeded.PhoneNumberDailyLimit")


def test_another_program_gets_each_message_signed_and_knows_it_again(small_desk: Desk) -> None:
    replies = [Reply({}, 503), Reply({}, 200)]
    with fake_http(lambda asked: replies.pop(0)) as program:
        desk = connected(small_desk, program.port)
        set_up(desk, "webhook", {"url": f"{program.url}/in"}, secret="a good word")
        tell(desk, "ann")
        do_all(desk)
        do_all(desk, LATER)
        first, second = program.asked
        assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
        stamp = second.headers["x-dougong-timestamp"]
        wanted = hmac.new(b"a good word", stamp.encode() + b"." + second.body, hashlib.sha256)
        assert second.headers["x-dougong-signature"] == f"sha256={wanted.hexdigest()}"
        assert second.json["person"]["login"] == "ann"
        assert state(desk) == ("sent", None)

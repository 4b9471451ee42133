"""WeCom, DingTalk, Feishu and the senders of text messages on loopback: each checks passes and
signatures by its own reckoning, and refuses with the codes of the real one, inside a 200."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl, quote

from tests.services.fakes.http import Asked, FakeHttp, Reply, fake_http

MEMBERS = {"13800000001": "zhang", "13800000002": "li"}


@dataclass
class Provider:
    """One provider: who is known to it, what it took, and how it is to fail next."""

    members: dict[str, str] = field(default_factory=lambda: dict(MEMBERS))
    taken: list[dict[str, Any]] = field(default_factory=list)
    """Messages, without repetitions that it recognises as such."""
    updates: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any] | int] = field(default_factory=list)
    """What the next messages get instead of being taken: a body, or an HTTP status."""
    passes: int = 0
    """How many passes it has handed out; only the last one is good."""
    codes: set[str] = field(default_factory=set)
    """By which messages can be changed, where each is good for one change."""
    routes: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Where it is to tell of buttons."""
    http: FakeHttp | None = None

    @property
    def url(self) -> str:
        assert self.http is not None
        return self.http.url

    @property
    def port(self) -> int:
        assert self.http is not None
        return self.http.port

    def answer(self, asked: Asked) -> Reply:
        raise NotImplementedError

    def take(self, message: dict[str, Any], good: dict[str, Any]) -> Reply:
        """Take a message, or fail as was wanted."""
        if self.answers:
            wanted = self.answers.pop(0)
            return Reply(b"busy", wanted) if isinstance(wanted, int) else Reply(wanted)
        self.taken.append(message)
        return Reply(good)


class Wecom(Provider):
    """https://developer.work.weixin.qq.com/document/path/90236 and 94888"""

    CORP, SECRET, AGENT = "ww0123", "the secret of the app", 1000002

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/cgi-bin/gettoken":
            return self._pass(asked)
        if asked.query.get("access_token") != f"pass-{self.passes}":
            return Reply({"errcode": 40014, "errmsg": "invalid access_token"})
        return {
            "/cgi-bin/user/getuserid": self._member,
            "/cgi-bin/message/send": self._message,
            "/cgi-bin/message/update_template_card": self._update,
        }[asked.path](asked.json)

    def _pass(self, asked: Asked) -> Reply:
        if asked.query.get("corpid") != self.CORP:
            return Reply({"errcode": 40013, "errmsg": "invalid corpid"})
        if asked.query.get("corpsecret") != self.SECRET:
            return Reply({"errcode": 40001, "errmsg": "invalid credential"})
        self.passes += 1
        said = {"errcode": 0, "errmsg": "ok", "expires_in": 7200}
        return Reply({**said, "access_token": f"pass-{self.passes}"})

    def _member(self, body: dict[str, Any]) -> Reply:
        known = self.members.get(body["mobile"])
        if known is None:
            return Reply({"errcode": 46004, "errmsg": "user no exist"})
        return Reply({"errcode": 0, "errmsg": "ok", "userid": known})

    def _message(self, body: dict[str, Any]) -> Reply:
        if body["agentid"] != self.AGENT:
            return Reply({"errcode": 301002, "errmsg": "not allow operate another agent"})
        card = body.get("template_card", {})
        if len(card.get("main_title", {}).get("title", "")) > 36:
            return Reply({"errcode": 42014, "errmsg": "title too long"})
        if card.get("card_type") == "text_notice" and not card.get("card_action"):
            return Reply({"errcode": 42045, "errmsg": "missing card_action"})
        if card.get("card_type") == "button_interaction" and not card.get("task_id"):
            return Reply({"errcode": 42045, "errmsg": "missing task_id"})
        said: dict[str, Any] = {"errcode": 0, "errmsg": "ok", "msgid": f"m{len(self.taken)}"}
        if body["touser"] not in self.members.values():
            return Reply({**said, "invaliduser": body["touser"]})
        if card.get("card_type") == "button_interaction":
            said["response_code"] = f"response-{card['task_id']}"
            self.codes.add(said["response_code"])
        return self.take(body, said)

    def _update(self, body: dict[str, Any]) -> Reply:
        if self.answers:
            return Reply(self.answers.pop(0))
        if any(body["response_code"] == one["response_code"] for one in self.updates):
            return Reply({"errcode": 41052, "errmsg": "response_code has been used"})
        if body["response_code"] not in self.codes:
            return Reply({"errcode": 41053, "errmsg": "invalid response_code"})
        self.updates.append(body)
        return Reply({"errcode": 0, "errmsg": "ok"})


class Dingtalk(Provider):
    """https://open.dingtalk.com/document/orgapp/asynchronous-sending-of-enterprise-session-messages"""

    KEY, SECRET = "dingkey", "the secret of the app"

    def answer(self, asked: Asked) -> Reply:
        if asked.path == "/gettoken":
            if (asked.query["appkey"], asked.query["appsecret"]) != (self.KEY, self.SECRET):
                return Reply({"errcode": 40089, "errmsg": "不合法的corpid或corpsecret"})
            self.passes += 1
            said = {"errcode": 0, "access_token": f"pass-{self.passes}", "expires_in": 7200}
            return Reply(said)
        shown = asked.headers.get("x-acs-dingtalk-access-token") or asked.query.get("access_token")
        if shown != f"pass-{self.passes}":
            said = {"code": "InvalidAuthentication", "message": "不合法的access_token"}
            return Reply({"errcode": 40014, "errmsg": "不合法的access_token", **said}, 400)
        if asked.path == "/topapi/v2/user/getbymobile":
            known = self.members.get(asked.json["mobile"])
            if known is None:
                return Reply({"errcode": 60121, "errmsg": "找不到该用户"})
            return Reply({"errcode": 0, "result": {"userid": known}})
        if asked.path.startswith("/v1.0/"):
            return self._card(asked)
        assert asked.path == "/topapi/message/corpconversation/asyncsend_v2"
        if asked.json["userid_list"] not in self.members.values():
            return Reply({"errcode": 33012, "errmsg": "无效的USERID"})
        return self.take(asked.json, {"errcode": 0, "task_id": 256271667526})

    def _card(self, asked: Asked) -> Reply:
        body = asked.json
        match (asked.method, asked.path.removeprefix("/v1.0/card/")):
            case ("POST", "callbacks/register"):
                self.routes[body["callbackRouteKey"]] = body
                return Reply({"success": True, "result": {"callbackUrl": body["callbackUrl"]}})
            case ("POST", "instances/createAndDeliver"):
                return self._deliver(body)
            case ("PUT", "instances"):
                if body["outTrackId"] not in {each["outTrackId"] for each in self.taken}:
                    return Reply({"code": "param.error", "message": "card not found"}, 400)
                self.updates.append(body)
                return Reply({"success": True, "result": True})
        raise AssertionError(asked.path)

    def _deliver(self, body: dict[str, Any]) -> Reply:
        if body["callbackRouteKey"] not in self.routes:
            return Reply({"code": "param.error", "message": "callbackRouteKey not found"}, 400)
        strange = [each for each in body["cardData"]["cardParamMap"].values() if each != str(each)]
        if strange:
            return Reply({"code": "param.error", "message": "cardParamMap must be strings"}, 400)
        known = body["openSpaceId"].rpartition(".")[2] in self.members.values()
        place = {"spaceType": "IM_ROBOT", "success": known, "errorMsg": "" if known else "no user"}
        result = {"outTrackId": body["outTrackId"], "deliverResults": [place]}
        good = {"success": True, "result": result}
        return self.take(body, good) if known else Reply(good)


class Feishu(Provider):
    """https://open.feishu.cn/document/server-docs/im-v1/message/create"""

    APP, SECRET = "cli_0123", "the secret of the app"

    def answer(self, asked: Asked) -> Reply:
        path = asked.path.removeprefix("/open-apis/")
        if path == "auth/v3/tenant_access_token/internal":
            if asked.json != {"app_id": self.APP, "app_secret": self.SECRET}:
                return Reply({"code": 10014, "msg": "app secret invalid"})
            self.passes += 1
            said = {"code": 0, "tenant_access_token": f"pass-{self.passes}", "expire": 7200}
            return Reply(said)
        if asked.headers.get("authorization") != f"Bearer pass-{self.passes}":
            return Reply({"code": 99991663, "msg": "Invalid access token"}, 400)
        if path == "contact/v3/users/batch_get_id":
            return self._members(asked)
        if asked.method == "PATCH":
            self.updates.append({"id": path.rpartition("/")[2], **asked.json})
            return Reply({"code": 0, "msg": "success"})
        assert (path, asked.query) == ("im/v1/messages", {"receive_id_type": "open_id"})
        return self._message(asked.json)

    def _members(self, asked: Asked) -> Reply:
        found = []
        for mobile in asked.json["mobiles"]:
            known = self.members.get(mobile)
            found.append({"mobile": mobile, **({"user_id": known} if known else {})})
        return Reply({"code": 0, "msg": "success", "data": {"user_list": found}})

    def _message(self, body: dict[str, Any]) -> Reply:
        if body["receive_id"] not in self.members.values():
            return Reply({"code": 230001, "msg": "invalid receive_id"}, 400)
        said = {"code": 0, "msg": "success", "data": {"message_id": f"om_{body['uuid']}"}}
        if any(body["uuid"] == one["uuid"] for one in self.taken):
            return Reply(said)
        return self.take({**body, "card": json.loads(body["content"])}, said)


class Robot(Provider):
    """A robot of DingTalk or Feishu that wants signatures."""

    SECRET = "SEC0123456789"
    now: Callable[[], datetime]

    def answer(self, asked: Asked) -> Reply:
        seconds = int(self.now().timestamp())
        if asked.path == "/robot/send":
            given = int(asked.query.get("timestamp", "0"))
            text = f"{given}\n{self.SECRET}".encode()
            wanted = base64.b64encode(hmac.new(self.SECRET.encode(), text, "sha256").digest())
            late = abs(given // 1000 - seconds) > 3600
            if late or f"sign={quote(wanted.decode(), safe='')}" not in asked.raw_query:
                return Reply({"errcode": 310000, "errmsg": "sign not match"})
            return self.take(asked.json, {"errcode": 0, "errmsg": "ok"})
        if asked.path == "/cgi-bin/webhook/send":
            if asked.query.get("key") != "robot":
                return Reply({"errcode": 93000, "errmsg": "invalid webhook url"})
            return self.take(asked.json, {"errcode": 0, "errmsg": "ok"})
        given = int(asked.json.get("timestamp", "0"))
        key = f"{given}\n{self.SECRET}".encode()
        wanted = base64.b64encode(hmac.new(key, b"", "sha256").digest())
        if abs(given - seconds) > 3600 or asked.json.get("sign") != wanted.decode():
            return Reply(
                {"code": 19021, "msg": "sign match fail or timestamp is not within one hour"}
            )
        return self.take(asked.json, {"code": 0, "msg": "success"})


class Aliyun(Provider):
    """https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature"""

    KEY, SECRET = "LTAI0123", "the secret of the key"

    def answer(self, asked: Asked) -> Reply:
        proof = asked.headers["authorization"]
        names = proof.partition("SignedHeaders=")[2].partition(",")[0]
        listed = "".join(f"{name}:{asked.headers[name].strip()}\n" for name in names.split(";"))
        ordered = "&".join(sorted(asked.raw_query.split("&")))
        body = hashlib.sha256(asked.body).hexdigest()
        request = f"{asked.method}\n{asked.path}\n{ordered}\n{listed}\n{names}\n{body}"
        wanted = "ACS3-HMAC-SHA256\n" + hashlib.sha256(request.encode()).hexdigest()
        signature = hmac.new(self.SECRET.encode(), wanted.encode(), "sha256").hexdigest()
        if f"Credential={self.KEY}," not in proof or not proof.endswith(signature):
            said = {
                "Code": "SignatureDoesNotMatch",
                "Message": "Specified signature is not matched",
            }
            return Reply(said, 400)
        query = dict(parse_qsl(asked.raw_query))
        if not (query["PhoneNumbers"].isdecimal() and len(query["PhoneNumbers"]) == 11):
            return Reply({"Code": "isv.MOBILE_NUMBER_ILLEGAL", "Message": "号码不合法"})
        return self.take(query, {"Code": "OK", "Message": "OK", "BizId": "9006"})


class Tencent(Provider):
    """https://cloud.tencent.com/document/api/382/52072"""

    KEY, SECRET = "AKID0123", "the secret of the key"

    def answer(self, asked: Asked) -> Reply:
        at = datetime.fromtimestamp(int(asked.headers["x-tc-timestamp"]), UTC)
        scope = f"{at:%Y-%m-%d}/sms/tc3_request"
        listed = "".join(f"{name}:{asked.headers[name]}\n" for name in ("content-type", "host"))
        body = hashlib.sha256(asked.body).hexdigest()
        request = f"POST\n/\n\n{listed}\ncontent-type;host\n{body}"
        hashed = hashlib.sha256(request.encode()).hexdigest()
        wanted = f"TC3-HMAC-SHA256\n{int(at.timestamp())}\n{scope}\n{hashed}"
        key = f"TC3{self.SECRET}".encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), "sha256").digest()
        signature = hmac.new(key, wanted.encode(), "sha256").hexdigest()
        if not asked.headers["authorization"].endswith(f"Signature={signature}"):
            error = {"Code": "AuthFailure.SignatureFailure", "Message": "签名错误"}
            return Reply({"Response": {"Error": error, "RequestId": "r"}})
        status = {"Code": "Ok", "Message": "send success"}
        return self.take(asked.json, {"Response": {"SendStatusSet": [status], "RequestId": "r"}})


@contextmanager
def provider(kind: type[Provider]) -> Iterator[Any]:
    """A provider while the block lasts."""
    made = kind()
    serving: AbstractContextManager[FakeHttp] = fake_http(made.answer)
    with serving as http:
        made.http = http
        yield made

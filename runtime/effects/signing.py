"""How do providers want to see that a request comes from who holds a secret?"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote


def dingtalk_sign(secret: str, milliseconds: int) -> str:
    """Return the signature of a robot in DingTalk: the secret signs the moment and itself."""
    digest = _mac(secret.encode(), f"{milliseconds}\n{secret}")
    return base64.b64encode(digest).decode()


def feishu_sign(secret: str, seconds: int) -> str:
    """Return the signature of a robot in Feishu: moment and secret are the key of nothing."""
    return base64.b64encode(_mac(f"{seconds}\n{secret}".encode(), "")).decode()


def webhook_sign(secret: str, seconds: int, body: bytes) -> str:
    """Return our own signature of what goes to another program."""
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()


@dataclass(frozen=True, kw_only=True)
class AliyunCall:
    """One call of Aliyun's API in its RPC style."""

    host: str
    action: str
    version: str
    params: Mapping[str, str]

    @property
    def query(self) -> str:
        """Return the parameters as they are signed and sent."""
        return "&".join(
            f"{_escaped(name)}={_escaped(value)}" for name, value in sorted(self.params.items())
        )


def aliyun_headers(
    call: AliyunCall, key: str, secret: str, nonce: str, at: datetime
) -> dict[str, str]:
    """Return the headers of a call, signed by ACS3-HMAC-SHA256."""
    headers = {
        "host": call.host,
        "x-acs-action": call.action,
        "x-acs-content-sha256": _hash(b""),
        "x-acs-date": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "x-acs-signature-nonce": nonce,
        "x-acs-version": call.version,
    }
    names = ";".join(sorted(headers))
    listed = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    request = "\n".join(("POST", "/", call.query, listed, names, _hash(b"")))
    wanted = f"ACS3-HMAC-SHA256\n{_hash(request.encode())}"
    signature = _mac(secret.encode(), wanted).hex()
    proof = f"ACS3-HMAC-SHA256 Credential={key},SignedHeaders={names},Signature={signature}"
    return {**headers, "Authorization": proof}


@dataclass(frozen=True, kw_only=True)
class TencentCall:
    """One call of Tencent Cloud's API."""

    host: str
    service: str
    action: str
    version: str
    region: str
    body: bytes


JSON = "application/json; charset=utf-8"


def tencent_headers(call: TencentCall, key: str, secret: str, at: datetime) -> dict[str, str]:
    """Return the headers of a call, signed by TC3-HMAC-SHA256."""
    seconds, day = int(at.timestamp()), at.astimezone(UTC).strftime("%Y-%m-%d")
    signed = f"content-type:{JSON}\nhost:{call.host}\n"
    request = "\n".join(("POST", "/", "", signed, "content-type;host", _hash(call.body)))
    scope = f"{day}/{call.service}/tc3_request"
    wanted = "\n".join(("TC3-HMAC-SHA256", str(seconds), scope, _hash(request.encode())))
    signing = f"TC3{secret}".encode()
    for part in (day, call.service, "tc3_request"):
        signing = _mac(signing, part)
    proof = (
        f"TC3-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders=content-type;host, "
        f"Signature={_mac(signing, wanted).hex()}"
    )
    return {
        "Authorization": proof,
        "Content-Type": JSON,
        "Host": call.host,
        "X-TC-Action": call.action,
        "X-TC-Region": call.region,
        "X-TC-Timestamp": str(seconds),
        "X-TC-Version": call.version,
    }


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _escaped(text: str) -> str:
    return quote(text, safe="-_.~")

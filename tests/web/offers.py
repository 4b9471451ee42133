"""A store with one small app, as a test lays it out."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from engine.packages.package import Package, pack, sign
from runtime.packages.offering import publish
from tests.desk import FILES

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLISHER = "某某科技"
RULE = """
rule: tell
label: {zh: 告诉外部, en: Tell others}
form: site
on: {type: created}
do: [{type: webhook, url: 'https://elsewhere.example/hook'}]
"""
DATA = "form: site\nrows:\n  - {id: s1, name: 一号站点}\n  - {id: s2, name: 二号站点}\n"
ABOUT = "# 巡检\n\n把站点和工单放在一起。\n"
HISTORY = "# Changes\n\n## 1.1.0\n\n- 可以告诉外部系统\n\n## 1.0.0\n\n- 第一个版本\n"
SCENARIOS = """
scenario: 站点有名称就能登记
steps:
  - as: agent
    create: {form: site, name: s3, values: {name: 三号站点}}
    then: {values: {name: 三号站点}}
"""


def packed(version: str = "1.0.0", **more: str | bytes) -> Package:
    """Return the package of an app “rounds”, unsigned, with more files."""
    manifest = FILES["app.yaml"].decode().replace("app: desk", "app: rounds")
    manifest = manifest.replace("1.0.0", version).replace(
        "zh: 服务台, en: Desk", "zh: 巡检, en: Rounds"
    )
    manifest += "description: {zh: 站点、工单和关卡。, en: 'Sites, tickets and gates.'}\n"
    written = {"data/site.yaml": DATA, "README.md": ABOUT, "CHANGELOG.md": HISTORY, **more}
    files = {**FILES, "app.yaml": manifest.encode()}
    files |= {name: it.encode() if isinstance(it, str) else it for name, it in written.items()}
    return pack(files)


def offer(shelf: Path, version: str = "1.0.0", **more: str | bytes) -> None:
    """Publish the app, signed, in a store."""
    publish(sign(packed(version, **more), PUBLISHER, KEY), shelf, KEY)

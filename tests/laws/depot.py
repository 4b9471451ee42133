"""A neutral app whose conversion leads through a gate."""

from __future__ import annotations

MANIFEST = """
app: depot
version: 1.0.0
label: {zh: 仓库, en: Depot}
roles:
  - {id: keeper, label: {zh: 保管员, en: Keeper}}
menu:
  - {forms: [wish, order]}
"""

WISH = """
form: wish
label: {zh: 需求, en: Wish}
title: name
sections:
  - id: basics
    label: {zh: 基本信息, en: Basics}
    fields:
      - {id: name, type: text, label: {zh: 名称, en: Name}, required: true}
      - {id: reason, type: text, label: {zh: 用途, en: Use}}
      - {id: amount, type: integer, label: {zh: 数量, en: Amount}}
stages:
  - id: wished
    label: {zh: 提出, en: Wished}
    gate:
      fields: [reason]
      evidence:
        - {id: sketch, label: {zh: 草图, en: Sketch}, kind: photo}
  - id: ordered
    label: {zh: 已下单, en: Ordered}
    entry:
      that:
        - {id: some, that: amount > 0, message: {zh: 数量要大于零, en: None wanted}}
conversions:
  - id: to_order
    label: {zh: 下单, en: Order}
    stage: ordered
    creates:
      - {form: order, refer: {wish: source}}
access:
  keeper: {rows: all, create: true, edit: true, advance: true}
"""

ORDER = """
form: order
label: {zh: 订单, en: Order}
title: name
sections:
  - id: basics
    label: {zh: 基本信息, en: Basics}
    fields:
      - {id: name, type: text, label: {zh: 名称, en: Name}, required: true}
      - {id: supplier, type: text, label: {zh: 供应方, en: Supplier}, required: true}
      - {id: wish, type: reference, to: wish, label: {zh: 需求, en: Wish}}
access:
  keeper: {rows: all, create: true, edit: true}
"""

FILES = {
    "app.yaml": MANIFEST.encode(),
    "forms/wish.yaml": WISH.encode(),
    "forms/order.yaml": ORDER.encode(),
}

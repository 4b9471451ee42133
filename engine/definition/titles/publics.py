"""What are the keys of public forms called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

PUBLICS: Mapping[str, Mapping[str, Said]] = {
    "PublicDef": {
        "public": ("标识", "Id", "保存后不要改", "Never change it"),
        "label": ("页面标题", "Heading", "扫码后看到的标题", "Stands above the page"),
        "form": ("生成哪张表单的记录", "Form"),
        "intro": ("开头的话", "Introduction", "为什么要填，填完会怎样", "Why, and what follows"),
        "thanks": ("提交后的话", "Thanks", "提交成功后显示", "Said once it was sent"),
        "fields": (
            "问哪些字段", "Asks",
            "按这个顺序，没列出的一律不收", "In this order; nothing else is taken",
        ),
        "consent": (
            "同意书", "Consent",
            "收集什么、做什么用、怎样撤回；提交时的原文会随记录保存",
            "What is collected and what for; kept with the record as it was read",
        ),
        "consent_field": (
            "同意后打勾的字段", "Ticked with consent",
            "是否字段，同意后自动为“是”", "A yes-or-no field that becomes true",
        ),
        "per": (
            "每条记录一个二维码", "A link for each",
            "选一个引用字段：每个码属于它的一条记录，登记时自动填上",
            "A reference field: each link belongs to one record of it, filled in by itself",
        ),
        "set": ("自动填写", "Sets", "不问来访者、由系统填的字段", "Fields that nobody is asked"),
        "owner": (
            "负责人", "Owner",
            "不设就是生成二维码的人", "Whoever made the link without it",
        ),
        "limits": ("提交上限", "Limits"),
        "days": (
            "新码有效天数", "Days that links hold",
            "不设就一直有效，直到停用", "Until turned off without it",
        ),
    },
    "PublicFieldDef": {
        "field": ("字段", "Field"),
        "help": (
            "填写提示", "Help",
            "只给外面的人看，代替字段自己的说明", "For people outside, instead of the field's own",
        ),
        "cells": (
            "问哪些列", "Columns",
            "子表才用；不写就问能问的所有列", "Of a sub-table; all that can be asked without it",
        ),
    },
    "LimitsDef": {
        "per_hour": ("每个码每小时最多", "Per link and hour"),
        "per_day": ("每个码每天最多", "Per link and day"),
    },
}  # fmt: skip

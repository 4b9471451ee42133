"""What are the keys of demo data and of translations called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

DATA: Mapping[str, Mapping[str, Said]] = {
    "DemoFile": {"form": ("表单", "Form"), "rows": ("示例记录", "Rows")},
    "DemoRow": {
        "id": ("标识", "Id", "其他示例用它来称呼这条", "What other rows call it"),
        "owner": ("负责人", "Owner", "登录名", "A login name"),
        "pipeline": ("路径", "Path"),
        "stage": ("所在阶段", "Stage", "不选就是第一个", "The first without it"),
        "created_at": ("创建时间", "Created", "如 -3d 14:20", "As -3d 14:20"),
        "stage_entered_at": ("进入阶段时间", "Entered its stage", "如 -3d", "As -3d"),
        "last_activity_at": ("最近活动", "Last activity", "如 -1d", "As -1d"),
        "evidence": ("凭证", "Evidence"),
        "comments": ("评论", "Comments"),
        "approval": ("进行中的审批", "Approval under way"),
        "agreed": ("已经同意的人", "Agreed already", "登录名，按先后", "Login names, in order"),
        "in_pool": ("在公海里", "In the pool", "之前由负责人跟进", "Its owner held it before"),
        "values": ("字段的值", "Values", "每个字段填什么", "What stands in each field"),
    },
    "DemoPooled": {
        "since": ("什么时候进公海", "Since", "如 -3d", "As -3d"),
        "reason": ("原因", "Reason"),
        "by": ("谁退回的", "By", "不填就是系统收回", "Taken back by itself without it"),
    },
    "GivenRow": {"form": ("表单", "Form")},
    "DemoEvidence": {
        "item": ("哪项凭证", "Item"),
        "files": ("文件名", "Files", "如 minutes.pdf", "As minutes.pdf"),
        "at": ("提交时间", "When", "如 -2d", "As -2d"),
        "by": ("提交人", "By", "登录名", "A login name"),
        "verdict": ("审核结果", "Verdict"),
        "reason": ("理由", "Reason"),
    },
    "DemoComment": {
        "by": ("谁写的", "By", "登录名", "A login name"),
        "at": ("什么时候", "When", "如 -2d", "As -2d"),
        "text": ("内容", "Text"),
    },
    "LocaleFile": {
        "locale": ("语言", "Language", "如 en", "As en"),
        "texts": ("译文", "Texts", "每个名称在这种语言里怎么说", "By what they translate"),
    },
}  # fmt: skip

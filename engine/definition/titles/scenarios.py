"""What are the keys of scenarios called?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

_RECORD: Said = ("记录", "Record", "前面给它起的名字", "By the name given before")
_VALUES: Said = ("填写", "Values")
_REASON: Said = ("理由", "Reason")
_TO_STAGE: Said = ("到哪个阶段", "To the stage", "不选就是下一阶段", "The next without it")
_WORKFLOW: Said = ("审批", "Approval")
_CHOSEN: Said = ("自选的审批人", "Chosen people", "按步骤，登录名", "Login names by step")
SCENARIOS: Mapping[str, Mapping[str, Said]] = {
    "ScenarioDef": {
        "scenario": ("这个场景说明什么", "What it shows", "一句话", "In one sentence"),
        "given": ("开始之前", "Given"),
        "steps": ("步骤", "Steps"),
    },
    "GivenDef": {
        "now": ("开始的时间", "Clock", "如 2026-03-02 09:00", "As 2026-03-02 09:00"),
        "demo": ("带上示例数据", "With demo data"),
        "records": ("已有的记录", "Records"),
        "asleep": ("停用的规则", "Asleep", "这个场景里不触发", "Rules that do nothing here"),
        "answers": (
            "别的系统怎么回答", "Answers",
            "没有写的不回答", "Whatever is not said is not answered",
        ),
    },
    "CreateStep": {
        "form": ("表单", "Form"),
        "name": ("起个名字", "Called", "后面的步骤用", "By later steps"),
        "values": _VALUES,
    },
    "EditStep": {"record": _RECORD, "values": _VALUES},
    "AdvanceStep": {
        "record": _RECORD, "to": _TO_STAGE, "values": _VALUES, "reason": _REASON,
        "files": ("同时交的凭证", "Evidence", "每项的文件名", "File names by item"),
        "override": ("破例放行", "Override"),
    },
    "CheckStep": {"record": _RECORD, "to": _TO_STAGE},
    "Position": {"latitude": ("纬度", "Latitude"), "longitude": ("经度", "Longitude")},
    "AttachStep": {
        "record": _RECORD,
        "item": ("哪项凭证", "Item"),
        "files": ("文件名", "Files", "同名就是同样的内容", "The same name is the same content"),
        "position": ("拍摄位置", "Position"),
    },
    "ReviewStep": {
        "record": _RECORD, "reason": _REASON,
        "item": ("哪项凭证", "Item"),
        "verdict": ("审核结果", "Verdict"),
    },
    "TransferStep": {
        "record": _RECORD, "reason": _REASON, "to": ("转给谁", "To", "登录名", "A login name"),
    },
    "ReleaseStep": {"record": _RECORD, "reason": _REASON},
    "ConvertStep": {
        "record": _RECORD,
        "by": ("用哪个转换", "Conversion"),
        "names": ("生成的记录叫什么", "Names", "后面的步骤用", "By later steps"),
        "values": ("给新记录填什么", "Values", "按生成的记录分开填", "By what is created"),
    },
    "GivenAnswer": {
        "connector": ("哪个系统", "Connector"),
        "operation": ("办什么事", "Operation"),
        "status": ("状态码", "Status"),
        "body": ("回答的内容", "Body"),
    },
    "TellStep": {
        "rule": ("哪条规则", "Rule"),
        "body": ("发来的内容", "Body"),
        "name": (
            "起个名字", "Called",
            "规则新建的记录，后面的步骤用", "The record that the rule makes",
        ),
    },
    "MakeStep": {"record": _RECORD, "document": ("文档", "Document")},
    "ThenDocument": {
        "document": ("哪个文档", "Document"),
        "says": ("里面写着", "Says", "每句都要有", "Each of these stands in it"),
        "hides": ("里面没有", "Hides", "一句都不能有", "None of these does"),
    },
    "LiftStep": {"record": _RECORD, "reason": _REASON},
    "PressStep": {
        "record": _RECORD, "values": _VALUES, "button": ("哪个按钮", "Button"),
    },
    "CommentStep": {
        "record": _RECORD,
        "text": ("内容", "Text"),
        "mentions": ("提到谁", "Mentions", "登录名", "Login names"),
    },
    "SubmitStep": {
        "record": _RECORD, "workflow": _WORKFLOW, "chosen": _CHOSEN,
        "remark": ("附言", "Remark"),
    },
    "TaskStep": {
        "record": _RECORD, "workflow": _WORKFLOW, "values": _VALUES, "chosen": _CHOSEN,
        "step": ("哪一步", "Step"),
        "opinion": ("意见", "Opinion"),
        "people": ("请谁一起处理", "People", "登录名", "Login names"),
        "to": ("交给谁或退到哪步", "To"),
        "resubmit": ("重新提交后", "When it comes again"),
        "place": ("加签位置", "Place"),
        "signature": ("手写签名", "Signature"),
        "password": ("密码", "Password"),
    },
    "OwnStep": {"record": _RECORD, "workflow": _WORKFLOW, "reason": _REASON},
    "DelegateStep": {
        "to": ("委托给谁", "To", "登录名", "A login name"),
        "workflow": _WORKFLOW,
        "starts": ("从什么时候", "From"),
        "ends": ("到什么时候", "Until"),
    },
    "RecordStep": {"record": _RECORD},
    "ListStep": {
        "form": ("表单", "Form"),
        "view": ("视图", "View"),
        "where": ("筛选条件", "Filter"),
        "search": ("搜索", "Search"),
    },
    "ThenApproval": {
        "workflow": _WORKFLOW,
        "state": ("状态", "State"),
        "waiting": ("正在等谁", "Waits for", "登录名", "Login names"),
        "steps": ("正在哪些步骤", "At the steps"),
    },
    "PrepareStep": {
        "of": ("谁的工作", "Of", "登录名", "A login name"),
        "to": ("接手人", "To", "登录名", "A login name"),
    },
    "NoteStep": {
        "of": ("谁的清单", "Of", "登录名", "A login name"),
        "record": _RECORD,
        "text": ("交接说明", "Text"),
    },
    "GiveStep": {"of": ("谁的清单", "Of", "登录名", "A login name")},
    "ReceiveStep": {
        "of": ("谁的清单", "Of", "登录名", "A login name"),
        "record": ("只确认哪一条", "Record", "不填就全部确认", "All without it"),
    },
    "ThenHandover": {
        "of": ("谁的清单", "Of", "登录名", "A login name"),
        "all": ("全部几条", "All"),
        "noted": ("写了说明的几条", "With a note"),
        "given": ("待接收的几条", "Given", "移交了还没有确认", "Not confirmed yet"),
        "received": ("已接收的几条", "Received"),
    },
    "ThenDef": {
        "stage": ("所在阶段", "Stage"),
        "owner": ("负责人", "Owner", "登录名", "A login name"),
        "values": ("字段的值", "Values"),
        "refused": ("被拦下的提示", "Refused", "一字不差", "Word for word"),
        "invalid": ("填写错误", "Invalid", "按字段，一字不差", "By field, word for word"),
        "denied": ("没有权限", "Denied"),
        "missing": ("看不到这条记录", "Missing"),
        "count": ("列表有几条", "Count"),
        "records": ("列表里有哪些", "Records"),
        "hidden": ("看不到的字段", "Hidden"),
        "events": ("最近的动态", "Events"),
        "approval": ("审批的状态", "Approval"),
        "made": ("生成的文档", "Document"),
        "handover": ("交接清单", "Hand-over list"),
        "points": ("积分", "Points", "每个人现在有多少分", "What people have now"),
        "told": ("收到的消息", "Told", "每个人收到什么，一字不差", "By person, word for word"),
    },
    "StepDef": {
        "as": ("谁来做", "Who", "登录名", "A login name"),
        "at": ("什么时候", "When", "如 +2d 09:00", "As +2d 09:00"),
        "door": ("从哪里做", "Where"),
        "create": ("新建", "Create"),
        "edit": ("编辑", "Edit"),
        "advance": ("推进阶段", "Advance"),
        "check": ("看还差什么", "Check"),
        "attach": ("上传凭证", "Attach"),
        "review": ("审核凭证", "Review"),
        "transfer": ("转移负责人", "Transfer"),
        "claim": ("从公海领取", "Claim"),
        "release": ("放回公海", "Release"),
        "convert": ("转换", "Convert"),
        "comment": ("评论", "Comment"),
        "lift": ("解除冻结", "Lift"),
        "press": ("按按钮", "Press"),
        "tell": ("外部程序发来消息", "Tell"),
        "make": ("生成文档", "Make a document"),
        "submit": ("提交审批", "Submit"),
        "agree": ("同意", "Agree"),
        "refuse": ("不同意", "Refuse"),
        "return": ("退回", "Return"),
        "resubmit": ("重新提交", "Resubmit"),
        "pass_on": ("转交", "Pass on"),
        "add_signer": ("加签", "Add a signer"),
        "ask_opinion": ("征求意见", "Ask for an opinion"),
        "opine": ("给意见", "Give an opinion"),
        "handle": ("办理", "Handle"),
        "acknowledge": ("已阅", "Acknowledge"),
        "take_back": ("收回决定", "Take back"),
        "withdraw": ("撤回审批", "Withdraw"),
        "urge": ("催办", "Urge"),
        "delegate": ("委托", "Delegate"),
        "prepare_handover": ("列出交接清单", "List a hand-over"),
        "note_handover": ("写交接说明", "Write a hand-over note"),
        "give_handover": ("移交清单", "Hand over a list"),
        "receive_handover": ("确认接收", "Confirm a hand-over"),
        "leave": ("离职停用", "Leave", "登录名", "A login name"),
        "pass": ("过了多久", "Time passes"),
        "delete": ("删除", "Delete"),
        "restore": ("恢复", "Restore"),
        "read": ("查看", "Read"),
        "list": ("看列表", "List"),
        "then": ("结果应该是", "Then"),
    },
}  # fmt: skip

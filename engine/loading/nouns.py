"""What are the parts of an app called inside a sentence?"""

from __future__ import annotations

from engine.wording import Said


def _noun(zh: str, en: str) -> Said:
    # Not by gettext: pages have the same Chinese words as headings, with other English ones.
    return Said({"zh": zh, "en": en})


APP_CARD = _noun("卡片", "card")
BUTTON = _noun("按钮规则", "rule with a button")
ANSWER = _noun("读取的值", "answer")
BLOCK = _noun("内容块", "block")
CHECK = _noun("检查", "check")
COLUMN = _noun("列", "column")
CONDITION = _noun("条件", "condition")
CONNECTOR = _noun("连接器", "connector")
CONVERSION = _noun("转换", "conversion")
DATE_FIELD = _noun("日期字段", "date field")
DECISION = _noun("决策表", "decision table")
DECISION_INPUT = _noun("条件列", "input")
DECISION_OUTPUT = _noun("结果列", "output")
DOCUMENT = _noun("文档", "document")
EARLIER_STAGE = _noun("更早的阶段", "earlier stage")
EARLIER_STEP = _noun("更早的步骤", "earlier step")
EVIDENCE = _noun("证据", "piece of evidence")
FIELD = _noun("字段", "field")
FIELD_TYPE = _noun("字段类型", "field type")
FILE_FIELD = _noun("附件字段", "file field")
FILE_TYPE = _noun("文件类型", "file type")
FORM = _noun("表单", "form")
FORMER_ID = _noun("曾用标识", "former id")
GEO_FIELD = _noun("位置字段", "geo field")
INPUT = _noun("输入", "input")
IMAGE_FIELD = _noun("图片字段", "image field")
LEDGER = _noun("积分池", "ledger of points")
LINE_FIELD = _noun("子表字段", "line field")
MENU_GROUP = _noun("菜单组", "menu group")
OPTION = _noun("选项", "option")
OPERATION = _noun("操作", "operation")
OPTION_KEY = _noun("设置", "setting")
PATH = _noun("路径", "path")
PERIOD = _noun("周期", "period")
PERSON_FIELD = _noun("人员字段", "person field")
PIPELINE = _noun("路径", "pipeline")
PUBLIC = _noun("公开表单", "public form")
RECORD = _noun("示例记录", "sample record")
REFERENCE = _noun("引用字段", "reference field")
ROLE = _noun("角色", "role")
ROWS = _noun("范围", "range of rows")
RULE = _noun("规则", "rule")
SCENARIO = _noun("场景", "scenario")
SECRET = _noun("密钥", "secret")
SETUP_STEP = _noun("准备步骤", "setup step")
SECTION = _noun("分区", "section")
SIGNATURE_FIELD = _noun("签名字段", "signature field")
SIGNER = _noun("签名栏", "signer")
STAGE = _noun("阶段", "stage")
STEP = _noun("步骤", "step")
TAB = _noun("标签页", "tab")
VIEW = _noun("视图", "view")
WORKFLOW = _noun("审批", "workflow")

YES_NO_FIELD = _noun("是否字段", "yes-or-no field")

JSON_KINDS = {
    "object": _noun("“键: 值”的映射", "a mapping of “key: value”"),
    "array": _noun("列表", "a list"),
    "string": _noun("文字", "a text"),
    "number": _noun("数字", "a number"),
    "integer": _noun("整数", "a whole number"),
    "boolean": _noun("是否值（true 或 false）", "true or false"),
    "null": _noun("空", "nothing"),
}
"""Kinds of values, by their names in JSON Schema."""
TRUTH = _noun("是否值", "a truth value")
A_PAIR = _noun("两个值的列表", "a list of two values")
"""What some operators take."""
EITHER = _noun("或", " or ")

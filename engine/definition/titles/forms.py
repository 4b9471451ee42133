"""What are the keys called that say what a form asks for?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

FORMS: Mapping[str, Mapping[str, Said]] = {
    "FormDef": {
        "form": ("标识", "Id", "保存后不要改", "Never change it"),
        "label": ("表单名称", "Name of the form"),
        "help": ("表单说明", "Help", "显示在标题下面", "Stands below the title"),
        "formerly": ("曾用标识", "Former id", "旧标识下的数据会移过来", "Its data moves over"),
        "title": ("标题字段", "Title", "用哪个字段称呼一条记录", "The field that names a record"),
        "subtitle": ("副标题字段", "Subtitle", "显示在标题旁边", "Stands beside the title"),
        "tabs": (
            "标签页", "Tabs",
            "表单很长时，把分组分到几个标签页里", "Spread the sections of a long form",
        ),
        "sections": ("分组和字段", "Sections"),
        "checks": ("保存前的检查", "Checks", "不满足就不能保存", "Must hold to save"),
        "stages": ("阶段", "Stages"),
        "pipelines": (
            "流程路径", "Pipelines",
            "不同记录走不同的阶段时用", "Several paths of stages",
        ),
        "access": ("权限", "Access", "每个角色能做什么", "What each role may do"),
        "list": ("列表页", "List"),
        "board": ("看板", "Board"),
        "related": ("关联列表", "Related lists", "列在记录页上", "Listed on the record page"),
        "conversions": ("转换", "Conversions", "一键生成其他表单的记录", "Makes other records"),
        "pool": ("公海", "Pool", "没有负责人的记录怎样被领取", "How free records are taken"),
        "routing": ("自动分派", "Routing", "新记录自动交给谁", "Who is given new records"),
        "search": ("搜索哪些字段", "Search in", "不选就搜标题", "The title without any"),
        "timeline": (
            "显示时间线", "Timeline",
            "谁在什么时候改了什么", "Who changed what, and when",
        ),
        "comments": ("可以评论", "Comments"),
        "indexes": ("索引", "Indexes", "记录很多时让列表更快", "Keep long lists fast"),
    },
    "TabDef": {
        "label": ("标签页名称", "Name of the tab"),
    },
    "SectionDef": {
        "label": ("分组名称", "Name of the section"),
        "help": ("分组说明", "Help", "显示在分组名称下面", "Stands below the name"),
        "tab": ("放在哪个标签页", "Tab", "不选就放在第一个", "On the first if none is chosen"),
        "columns": ("每行几列", "Columns"),
        "visible": ("显示条件", "Visible", "不成立时整组隐藏", "Hidden while it fails"),
        "folded": ("先折叠", "Folded", "打开表单时先收起来", "Closed at first"),
        "fields": ("字段", "Fields"),
    },
    "ConversionDef": {
        "label": ("按钮文字", "On the button"),
        "when": ("什么时候可以转换", "When"),
        "message": ("不能转换时提示", "Message", "条件不成立时显示", "Said while it does not hold"),
        "roles": ("谁可以转换", "Who", "不选就是能编辑的人", "Whoever may edit without any"),
        "creates": ("生成的记录", "Makes"),
        "stage": ("转换后进入阶段", "Then enters", "照常检查关卡", "The gate applies"),
        "keep": ("记住生成的记录", "Keeps", "存进本表单的关联字段", "In reference fields"),
    },
    "CreateDef": {
        "form": ("生成哪张表单的记录", "Form"),
        "id": ("步骤标识", "Id", "后面的步骤用它来称呼", "What later steps call it"),
        "existing": (
            "已有就不再生成", "Existing",
            "这个关联字段已填时用那条记录", "Taken if filled",
        ),
        "set": ("填写字段", "Sets", "标识和类型相同的字段自动带过去", "Like fields go over alone"),
        "refer": ("填写关联", "Refers", "指向本记录或先前生成的记录", "To this or to those made"),
        "lines": ("复制子表", "Copies lines"),
    },
    "IndexDef": {"fields": ("字段", "Fields", "一起查找的字段，最多五个", "At most five")},
    "PoolDef": {
        "label": ("公海名称", "Name of the pool"),
        "roles": ("谁可以领取", "Who may take"),
        "hide": ("领取前看不到的字段", "Hidden while it waits"),
        "claims_per_day": ("每人每天最多领几条", "Taken per day"),
        "hold_at_most": ("每人最多同时持有几条", "Held at most"),
        "cool_down": ("放弃后多久不能再领", "Not again for"),
        "release": ("可以主动放回", "May put back"),
    },
    "RoutingDef": {
        "when": ("哪些新记录", "Which records", "不设就是全部", "All without it"),
        "decision": ("按决策表分派", "By decision table"),
        "role": (
            "分给哪个角色", "To the role",
            "决策表没有答案时也用它", "Where the table is silent",
        ),
        "at_most": ("手上超过几条就跳过", "Passes over whoever holds"),
        "stage": ("分派后进入阶段", "Then enters"),
        "otherwise": ("没人可分时", "Otherwise"),
    },
}  # fmt: skip

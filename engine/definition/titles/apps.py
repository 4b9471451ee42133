"""What are the keys called that say what an app is, who plays in it and what its pages show?"""

from __future__ import annotations

from collections.abc import Mapping

from engine.definition.titles.common import Said

APPS: Mapping[str, Mapping[str, Said]] = {
    "AppDef": {
        "app": ("应用标识", "App id", "安装以后不能改", "Can't be changed once installed"),
        "version": ("版本号", "Version", "如 1.2.0", "As 1.2.0"),
        "description": ("简介", "Description", "一两句话说明这个应用做什么", "What the app is for"),
        "publisher": ("发布者", "Publisher", "制作这个应用的公司或团队", "Who makes this app"),
        "requires": (
            "依赖的应用", "Requires",
            "要先安装的应用和最低版本，如 >=1.0", "Apps that must be there, as >=1.0",
        ),
        "roles": ("角色", "Roles", "在这个应用里分工的人", "The parts that people play"),
        "menu": ("菜单", "Menu", "左侧导航的分组", "The groups of the side navigation"),
        "ledgers": ("积分池", "Ledgers", "规则给人记的积分", "Points that rules book for people"),
        "setup": (
            "开始使用", "Getting started",
            "装好以后要做的几步，列在首页，做完就不见了", "A checklist at home until it is done",
        ),
        "home": ("首页卡片", "Home cards", "首页上的数字和清单", "Figures and lists at home"),
    },
    "OwnTypeDef": {
        "type": ("类型标识", "Type id", "字段里写的类型，保存后不改", "What fields call it"),
        "label": ("类型名称", "Name of the type", "在字段面板里看到的名字", "Seen in the palette"),
        "about": ("用途", "What for", "一句话说明填什么", "One sentence on what it holds"),
        "group": ("放在哪一组", "Group", "字段面板里的分组", "Its heading in the palette"),
        "like": ("基于", "Made of", "由哪种类型设好选项而成", "The type that it is made of"),
        "open": (
            "字段还能改的设置", "Still open",
            "其余的设置由类型定死", "Everything else is settled by the type",
        ),
        "checks": ("检查", "Checks", "每个值都要符合，式子里写 value", "Of every value, as value"),
        "examples": ("例值", "Examples", "应被接受的值，第一个给人看", "Must be accepted"),
        "refused": ("反例", "Refused", "不应被接受的值", "Must not be accepted"),
        "taken_from": (
            "取自", "Taken from",
            "从哪个依赖的应用复制来", "The required app that it was copied from",
        ),
    },
    "SetupStepDef": {
        "label": ("要做什么", "What to do"),
        "go": ("去哪里做", "Where", "点开这一步会到的地方", "The page that the step opens"),
        "form": ("看哪张表单", "Form", "数这张表单的记录", "Whose records count"),
        "where": ("只数哪些记录", "Counts", "符合条件的才算", "Only records that meet it"),
        "role": ("哪个角色要有人", "Role", "有人担任就算完成", "Done once somebody has it"),
        "decision": ("哪张决策表", "Decision table", "看过以后手工标完成", "Ticked by hand"),
        "at_least": ("至少几个", "At least", "这么多条记录或人才算完成", "Records or people"),
        "roles": ("给谁看", "For", "不选就给能设计应用的人看", "Those who design, without any"),
    },
    "LedgerDef": {
        "label": ("积分名称", "Name"),
        "help": ("说明", "What for", "什么情况会记分", "What they are given for"),
        "ranking": ("谁能看排名", "Ranking for", "其他人只看自己的", "Others see their own"),
    },
    "RoleDef": {
        "label": ("角色名称", "Name of the role"),
        "help": ("职责说明", "What they do", "分配角色时看到", "Read when roles are given"),
        "design": (
            "可以设计应用", "May design",
            "能打开设计器修改这个应用", "May open the designer and change this app",
        ),
    },
    "GrantDef": {
        "rows": ("看到哪些记录", "Sees", "不设就一条也看不到", "Nothing without it"),
        "create": ("新建", "Create"),
        "edit": ("编辑", "Edit"),
        "delete": ("删除", "Delete"),
        "advance": ("推进阶段", "Advance"),
        "transfer": ("转移负责人", "Transfer", "把记录交给别人", "Hands records over"),
        "export": ("导出", "Export"),
        "import": (
            "导入", "Import",
            "从表格批量导入，也能撤回", "From sheets, and takes them back",
        ),
        "comment": ("评论", "Comment"),
        "links": (
            "公开登记二维码", "Public links",
            "生成、打印、停用给外面的人登记的二维码", "Makes and turns off links for outsiders",
        ),
        "hide": ("看不到的字段", "Hidden fields"),
        "readonly": ("只能看的字段", "Read-only fields"),
        "mask": ("脱敏的字段", "Masked fields", "只看到部分内容，如 138****0000", "Seen in part"),
    },
    "ListDef": {
        "columns": ("显示的列", "Columns", "从左到右", "From left to right"),
        "sort": ("默认排序", "Sorted by"),
        "views": ("视图", "Views", "常用的筛选，显示为列表上方的标签", "Tabs above the list"),
        "filters": ("优先给出的筛选", "Filters", "添加筛选时排在前面", "Offered first"),
    },
    "ViewDef": {
        "label": ("视图名称", "Name of the view"),
        "where": ("筛选条件", "Shows", "只显示符合条件的记录", "Only records that meet it"),
        "sort": ("排序", "Sorted by"),
        "columns": ("显示的列", "Columns", "不选就和列表一样", "Those of the list without any"),
        "roles": ("给谁看", "For", "不选就给所有角色看", "Everybody without any"),
    },
    "BoardDef": {
        "card": ("卡片上的字段", "On a card", "显示在标题下面", "Below its title"),
        "total": ("每列合计", "Adds up", "每个阶段下把这个数字加起来", "In each column"),
    },
    "RelatedDef": {
        "form": ("哪张表单", "Form", "列出这张表单里指向本记录的", "Whose records point here"),
        "by": ("关联字段", "By", "对方指向本表单的字段", "Their field that points here"),
        "label": ("标题", "Title", "不填就用表单的名称", "The form's name without it"),
        "columns": ("显示的列", "Columns"),
        "add": ("可以新建", "Can add", "给出“新建”按钮", "Offers a button"),
        "timeline": (
            "显示在时间线上", "In the timeline",
            "新增时算作本记录的动态", "What arrives counts as activity here",
        ),
    },
    "MenuDef": {
        "label": ("分组名称", "Name of the group"),
        "forms": ("表单", "Forms", "从上到下", "From top to bottom"),
        "roles": ("给谁看", "For", "不选就给所有角色看", "Everybody without any"),
    },
    "Card": {
        "label": ("卡片名称", "Name of the card"),
        "form": ("统计哪张表单", "Form"),
        "where": ("筛选条件", "Counts", "只算符合条件的记录", "Only records that meet it"),
        "show": ("显示", "Shows"),
        "of": ("求和的字段", "Sum of", "显示合计时用", "Where a sum is shown"),
        "sort": ("排序", "Sorted by", "显示清单时用", "Where a list is shown"),
        "limit": ("最多几条", "At most", "显示清单时用", "Where a list is shown"),
        "roles": ("给谁看", "For", "不选就给所有角色看", "Everybody without any"),
    },
    "FilterDef": {
        "field": ("字段", "Field"),
        "op": ("比较", "Compared"),
        "value": ("值", "Value"),
    },
}  # fmt: skip

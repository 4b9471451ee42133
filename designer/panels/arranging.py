"""Which keys of a thing stand first, and which are only seen by who unfolds the rest?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engine.field import Field
from engine.wording import Message

BASIC, SHOWN, CHECKED = Message("基本"), Message("显示"), Message("校验")
WHO, TIME, THEN, MORE = Message("谁可以"), Message("时间"), Message("然后"), Message("更多")
NEEDS, WHEN = Message("要求"), Message("什么时候")
ROWS, FIELDS, RULES = Message("记录"), Message("字段"), Message("规则")
PAGE, PARTS = Message("页面"), Message("内容")

Arranged = tuple[tuple[Message, tuple[str, ...]], ...]

LIMITS = frozenset(
    {
        "min_length", "max_length", "pattern", "pattern_message", "min", "max", "allow_negative",
        "min_rows", "max_rows", "min_items", "max_items", "max_files", "megabytes", "types",
        "accuracy_within", "only", "hosts", "max_tags", "step", "camera_only",
    }
)  # fmt: skip
"""Keys of field types that limit what can be filled in."""
LATER = frozenset({"id", "formerly", "note", "type", "mask"})
_FIRST = ("label", "required")
_SHOW = ("visible", "readonly", "default", "placeholder", "help", "width")

ARRANGED: Mapping[str, Arranged] = {
    "SectionDef": ((BASIC, ("label", "columns", "help")), (SHOWN, ("tab", "visible", "folded"))),
    "TabDef": ((BASIC, ("label",)),),
    "FormDef": (
        (BASIC, ("label", "help", "icon", "colour", "title", "subtitle")),
        (PAGE, ("tabs", "search", "related", "timeline", "comments")),
        (RULES, ("checks", "conversions")),
    ),
    "AppDef": (
        (BASIC, ("label", "description", "icon", "colour")),
        (PARTS, ("roles", "menu", "home", "setup")),
    ),
    "OwnTypeDef": (
        (BASIC, ("label", "like", "open", "about", "icon", "group")),
        (CHECKED, ("checks", "examples", "refused")),
    ),
    "RoleDef": ((BASIC, ("label", "help", "design")),),
    "SetupStepDef": (
        (BASIC, ("label", "help", "go", "form", "role", "decision")),
        (CHECKED, ("where", "at_least")),
        (WHO, ("roles",)),
    ),
    "MenuDef": ((BASIC, ("label", "forms", "roles")),),
    "Card": (
        (BASIC, ("label", "form", "show", "of", "where")),
        (SHOWN, ("sort", "limit", "roles")),
    ),
    "Option": ((BASIC, ("label", "colour", "retired")), (SHOWN, ("when",))),
    "ConditionDef": ((BASIC, ("that", "message")),),
    "GrantDef": (
        (ROWS, ("rows", "create", "edit", "delete", "advance", "transfer")),
        (WHO, ("export", "import", "comment", "links")),
        (FIELDS, ("hide", "mask", "readonly")),
    ),
    "ListDef": ((BASIC, ("columns", "sort", "filters", "views")),),
    "ViewDef": ((BASIC, ("label", "where", "columns", "sort", "roles")),),
    "BoardDef": ((BASIC, ("card", "total")),),
    "RelatedDef": ((BASIC, ("form", "by", "label", "columns")), (SHOWN, ("add", "timeline"))),
    "ConversionDef": (
        (BASIC, ("label", "creates")),
        (WHO, ("when", "message", "roles")),
        (THEN, ("stage", "keep")),
    ),
    "CreateDef": ((BASIC, ("form", "set", "refer", "lines", "existing")),),
    "PoolDef": (
        (BASIC, ("label", "roles", "release")),
        (NEEDS, ("claims_per_day", "hold_at_most", "cool_down", "hide")),
    ),
    "RoutingDef": ((BASIC, ("role", "decision", "when", "at_most", "otherwise", "stage")),),
    "IndexDef": ((BASIC, ("fields",)),),
    "StageDef": (
        (BASIC, ("label", "help", "colour")),
        (TIME, ("expect", "red")),
        (NEEDS, ("gate", "entry")),
        (THEN, ("back", "outcome", "aside")),
    ),
    "PipelineDef": ((BASIC, ("label", "when", "stages")),),
    "GateDef": ((BASIC, ("fields", "that", "evidence", "approval", "override")),),
    "EvidenceDef": (
        (BASIC, ("label", "kind", "at_least", "help")),
        (NEEDS, ("when", "fresh", "reuse", "types", "within", "expires", "review")),
    ),
    "GeofenceDef": ((BASIC, ("of", "metres")),),
    "BackDef": ((BASIC, ("to", "reason")),),
    "WorkflowDef": (
        (BASIC, ("label", "help", "start", "steps")),
        (WHEN, ("empty", "same", "repeated", "keepers", "limits")),
        (THEN, ("after", "lock", "withdraw", "take_back", "urge")),
    ),
    "ApproveStep": (
        (BASIC, ("label", "who", "mode", "share", "when")),
        (TIME, ("within", "ladder")),
        (FIELDS, ("sees", "edit", "need")),
        (WHO, ("transfer", "add", "back", "refused", "opinion", "phrases")),
    ),
    "HandleStep": (
        (BASIC, ("label", "who", "mode", "when")),
        (FIELDS, ("edit", "need", "sees")),
        (TIME, ("within", "ladder")),
        (WHO, ("transfer", "back")),
    ),
    "CcStep": ((BASIC, ("label", "who", "when", "sees")),),
    "BranchStep": ((BASIC, ("label", "paths")),),
    "ParallelStep": ((BASIC, ("label", "paths", "join")),),
    "SubStep": ((BASIC, ("label", "workflow", "of", "when")),),
    "WaitStep": ((BASIC, ("label", "within", "that")),),
    "PathDef": ((BASIC, ("label", "when", "steps")),),
    "StartDef": ((BASIC, ("button", "created", "stage", "when", "message", "roles")),),
    "AfterDef": ((BASIC, ("agreed", "refused", "withdrawn")),),
    "LimitDef": ((BASIC, ("role", "up_to")),),
    "RungDef": ((BASIC, ("act", "to", "before", "after", "every", "times")),),
    "BackToDef": ((BASIC, ("to", "resubmit")),),
    "DeadlineDef": (
        (BASIC, ("working", "working_hours", "calendar", "until", "before", "at")),
    ),
    "WhoDef": (
        (BASIC, (
            "person", "role", "head", "manager", "above", "chain", "levels", "covers", "field",
            "chosen", "feel",
        )),
    ),
    "Span": ((BASIC, ("working", "working_hours", "calendar")),),
    "Who": ((BASIC, ("fields", "roles", "managers_of", "heads_of")),),
    "RuleDef": ((BASIC, ("label", "on", "if", "do", "paused")),),
    "DecisionDef": ((BASIC, ("label", "policy", "inputs", "outputs", "rules", "partial")),),
    "DecisionInputDef": ((BASIC, ("label", "value", "allowed")),),
    "DecisionOutputDef": ((BASIC, ("label", "default", "order")),),
    "DecisionRuleDef": ((BASIC, ("when", "then")),),
    "DocumentDef": (
        (BASIC, ("label", "blocks", "file_name", "watermark", "page", "language")),
        (WHO, ("roles", "if")),
    ),
    "PublicDef": (
        (BASIC, ("label", "intro", "fields", "consent", "thanks")),
        (NEEDS, ("consent_field", "per", "set", "owner")),
    ),
    "PublicFieldDef": ((BASIC, ("field", "help")),),
    "LimitsDef": ((BASIC, ("per_hour", "per_day")),),
    "PageDef": ((BASIC, ("size", "landscape", "margin", "header", "footer", "numbers")),),
    "SignerDef": ((BASIC, ("label", "name", "field")),),
    "ConnectorDef": (
        (BASIC, ("label", "url", "operations", "test")),
        (NEEDS, ("secrets", "headers")),
    ),
    "SecretDef": ((BASIC, ("label", "help")),),
    "OperationDef": (
        (BASIC, ("label", "method", "path", "repeatable")),
        (NEEDS, ("ask", "query", "body")),
        (THEN, ("answers", "failed_if", "why")),
    ),
    "AskedDef": ((BASIC, ("label", "type", "required")),),
    "AnswerDef": ((BASIC, ("label", "type", "path")),),
}  # fmt: skip
"""The groups of a kind in their order; keys that no group names stand in the fold."""


def arranged(struct: Any, keys: Sequence[str]) -> Iterator[tuple[Message, tuple[str, ...], bool]]:
    """Yield every group of a thing with its keys, and whether it is folded at first."""
    groups = _of_field(keys) if issubclass(struct, Field) else _groups(struct, keys)
    named: set[str] = set()
    for title, wanted in groups:
        found = tuple(key for key in wanted if key in keys)
        named |= set(found)
        if found:
            yield title, found, False
    rest = tuple(key for key in keys if key not in named)
    if rest:
        yield MORE, rest, True


def _groups(struct: Any, keys: Sequence[str]) -> Arranged:
    found = ARRANGED.get(struct.__name__)
    if found is None:
        return ((BASIC, tuple(key for key in keys if key not in LATER)),)
    return found


def _of_field(keys: Sequence[str]) -> Arranged:
    """What people ask for first, then what the type is about, how it shows, what it checks."""
    elsewhere = {*_FIRST, *_SHOW, *LIMITS, *LATER, "unique"}
    own = tuple(key for key in keys if key not in elsewhere)
    limits = tuple(key for key in keys if key in LIMITS)
    return ((BASIC, ("label", *own, "required")), (SHOWN, _SHOW), (CHECKED, ("unique", *limits)))

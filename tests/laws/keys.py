"""How does each key of a definition show that it is alive: who sees what change if it is varied?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.laws.full_app import NO

LIST, BOARD, NEW = "GET /a/full/item/", "GET /a/full/item/board", "GET /a/full/item/new"
FIRST, EDIT = "GET /a/full/item/{first}", "GET /a/full/item/{first}/edit"
RECORDS = "GET /api/v1/apps/full/forms/item/records"
HOME, ADMIN = "GET /", "GET /admin/apps"
PLACE = "GET /a/full/place/{place}"
AGAIN = "GET /a/full/item/{first}/convert/again"
GATE = "MISSING {first}"
SHEET = "GET /a/full/item/{first}/advance"
MOVED = "GET /a/full/item/{moved}"
FIELDS = "item/sections/0/fields"
OPEN = "item/pipelines/0/stages/0"
PROOF = f"{OPEN}/gate/evidence/0"
VIEW = "item/list/views/0"
AGAIN_MAKES = "item/conversions/1/creates/0"
TAKEN = 'CREATE {"name": "新", "city": "城", "code": "c1"}'
NEAR = 'CREATE {"name": "新", "city": "别处", "code": "c1"}'
DEAR = 'CREATE {"name": "新", "cost": "200.00"}'


@dataclass(frozen=True)
class Vary:
    """Say a thing of the app differently, and ask whether that can be noticed."""

    path: str
    value: Any
    ask: str
    who: str = "agent"


ALIVE: Mapping[str, Vary | str] = {
    "AppDef.app": "tests/runtime/store/test_install.py",
    "AppDef.version": Vary("app/version", "9.9.9", ADMIN, "admin"),
    "AppDef.label": Vary("app/label", "别名", LIST),
    "AppDef.description": Vary("app/description", NO, ADMIN, "admin"),
    "AppDef.icon": Vary("app/icon", "users", ADMIN, "admin"),
    "AppDef.colour": Vary("app/colour", "green", ADMIN, "admin"),
    "AppDef.publisher": Vary("app/publisher", NO, ADMIN, "admin"),
    "AppDef.requires": "tests/broken/requires_no_version",
    "AppDef.roles": Vary("app/roles/1/label", "别名", ADMIN, "admin"),
    "AppDef.menu": Vary("app/menu", NO, "GET /menu"),
    "AppDef.home": Vary("app/home", NO, HOME),
    "RoleDef.id": Vary("item/access/boss", NO, LIST, "boss"),
    "RoleDef.label": Vary("app/roles/0/label", "别名", ADMIN, "admin"),
    "RoleDef.design": "tests/designer/test_guards.py",
    "RoleDef.help": Vary("app/roles/0/help", NO, "GET /admin/people/{agent}", "admin"),
    "MenuDef.id": "tests/engine/loading/test_load.py",
    "MenuDef.label": Vary("app/menu/0/label", "别名", HOME),
    "MenuDef.forms": Vary("app/menu/0/forms", ["place"], HOME),
    "MenuDef.roles": Vary("app/menu/0/roles", ["boss"], HOME),
    "Card.id": "tests/engine/loading/test_load.py",
    "Card.label": Vary("app/home/0/label", "别名", HOME),
    "Card.form": Vary("app/home/1/form", "place", HOME),
    "Card.where": Vary("app/home/0/where", "cost = null", HOME),
    "Card.show": Vary("app/home/0", {"id": "sum", "label": "总费用", "form": "item"}, HOME),
    "Card.of": Vary("app/home/0/of", "price", HOME),
    "Card.sort": Vary("app/home/1/sort", ["name"], HOME),
    "Card.limit": Vary("app/home/1/limit", 1, HOME),
    "Card.roles": Vary("app/home/0/roles", ["boss"], HOME),
    "FormDef.form": "tests/runtime/store/test_install.py",
    "FormDef.label": Vary("item/label", "别名", LIST),
    "FormDef.help": Vary("item/help", NO, NEW),
    "FormDef.icon": Vary("item/icon", "users", "GET /menu"),
    "FormDef.colour": Vary("item/colour", "green", "GET /menu"),
    "FormDef.formerly": "tests/runtime/store/test_evolution.py",
    "FormDef.title": Vary("item/title", "made", FIRST),
    "FormDef.subtitle": Vary("item/subtitle", "made", FIRST),
    "FormDef.sections": Vary("item/sections/0/label", "别名", NEW),
    "FormDef.checks": Vary("item/checks", NO, 'CREATE {"name": "新", "cost": "13.00"}'),
    "FormDef.stages": "tests/engine/stages/test_advance.py",
    "FormDef.pipelines": Vary("item/pipelines/0/stages/0/label", "别名", FIRST),
    "FormDef.access": Vary("item/access/agent", NO, LIST),
    "FormDef.list": Vary("item/list", NO, LIST),
    "FormDef.board": Vary("item/board", NO, BOARD),
    "FormDef.related": Vary("place/related", NO, PLACE),
    "FormDef.conversions": Vary("item/conversions/1", NO, FIRST),
    "FormDef.search": Vary("item/search", ["name"], "GET /search?q=qzvwx"),
    "FormDef.timeline": Vary("item/timeline", False, FIRST),
    "FormDef.comments": Vary("item/comments", False, FIRST),
    "FormDef.indexes": "tests/runtime/store/test_install.py",
    "SectionDef.id": Vary("item/sections/0/id", "other", FIRST),
    "SectionDef.label": Vary("item/sections/0/label", "别名", FIRST),
    "SectionDef.help": Vary("item/sections/0/help", NO, NEW),
    "SectionDef.columns": Vary("item/sections/0/columns", 1, FIRST),
    "SectionDef.visible": Vary("item/sections/1/visible", "cost > 1000", NEW),
    "SectionDef.folded": Vary("item/sections/1/folded", False, NEW),
    "SectionDef.fields": Vary(f"{FIELDS}/1/label", "别名", FIRST),
    "StageDef.id": "tests/engine/stages/test_advance.py",
    "StageDef.label": Vary(f"{OPEN}/label", "别名", BOARD),
    "StageDef.help": Vary(f"{OPEN}/help", NO, FIRST),
    "StageDef.colour": Vary(f"{OPEN}/colour", "red", FIRST),
    "StageDef.expect": Vary(f"{OPEN}/expect", "P19D", FIRST),
    "StageDef.red": Vary(f"{OPEN}/red", "P2D", FIRST),
    "StageDef.gate": Vary(f"{OPEN}/gate", NO, GATE),
    "StageDef.entry": Vary("item/pipelines/0/stages/1/entry", {"fields": ["why"]}, GATE),
    "StageDef.back": Vary("item/pipelines/0/stages/1/back", NO, MOVED),
    "StageDef.aside": Vary("item/pipelines/0/stages/2/aside", True, MOVED),
    "StageDef.outcome": Vary("item/pipelines/0/stages/2/outcome", NO, "GET /a/full/item/{ended}"),
    "GateDef.fields": Vary(f"{OPEN}/gate/fields", ["why"], GATE),
    "GateDef.that": Vary(f"{OPEN}/gate/that", NO, GATE),
    "GateDef.evidence": Vary(f"{OPEN}/gate/evidence", NO, GATE),
    "GateDef.approval": "tests/runtime/approvals/test_gate.py",
    "GateDef.override": Vary(f"{OPEN}/gate/override", NO, SHEET),
    "ConditionDef.id": "tests/engine/stages/test_advance.py",
    "ConditionDef.that": Vary(f"{OPEN}/gate/that/0/that", "cost > 1", GATE),
    "ConditionDef.message": Vary(f"{OPEN}/gate/that/0/message", "另一句", GATE),
    "EvidenceDef.id": "tests/engine/stages/test_advance.py",
    "EvidenceDef.label": Vary(f"{PROOF}/label", "别名", GATE),
    "EvidenceDef.kind": Vary(PROOF, {"id": "proof", "label": "凭证", "kind": "document"}, GATE),
    "EvidenceDef.types": Vary(f"{PROOF}/types", ["jpg"], GATE),
    "EvidenceDef.at_least": Vary(f"{PROOF}/at_least", 3, GATE),
    "EvidenceDef.fresh": Vary(f"{PROOF}/fresh", NO, SHEET),
    "EvidenceDef.reuse": Vary(f"{PROOF}/reuse", NO, SHEET),
    "EvidenceDef.within": Vary(f"{PROOF}/within", NO, SHEET),
    "EvidenceDef.expires": Vary(f"{PROOF}/expires", NO, SHEET),
    "EvidenceDef.review": Vary(f"{PROOF}/review", NO, SHEET),
    "EvidenceDef.when": Vary(f"{PROOF}/when", "cost > 1000", GATE),
    "EvidenceDef.help": Vary(f"{PROOF}/help", NO, SHEET),
    "GeofenceDef.of": "tests/engine/stages/test_advance.py",
    "GeofenceDef.metres": Vary(f"{PROOF}/within/metres", 200, SHEET),
    "BackDef.to": Vary("item/pipelines/0/stages/1/back/to", [], MOVED),
    "BackDef.reason": Vary(
        "item/pipelines/0/stages/1/back/reason", False, "GET /a/full/item/{moved}/advance?to=open"
    ),
    "PipelineDef.id": "tests/engine/stages/test_advance.py",
    "PipelineDef.label": Vary("item/pipelines/0/label", "别名", BOARD),
    "PipelineDef.when": Vary("item/pipelines/1/when", NO, 'CREATE {"name": "新", "city": "急"}'),
    "PipelineDef.stages": Vary("item/pipelines/0/stages/0/label", "别名", FIRST),
    "GrantDef.rows": Vary("item/access/agent/rows", "own", LIST),
    "GrantDef.create": Vary("item/access/agent/create", NO, LIST),
    "GrantDef.edit": Vary("item/access/agent/edit", NO, FIRST),
    "GrantDef.delete": Vary("item/access/agent/delete", NO, FIRST),
    "GrantDef.advance": Vary("item/access/agent/advance", NO, FIRST),
    "GrantDef.transfer": Vary("item/access/agent/transfer", NO, FIRST),
    "GrantDef.export": Vary("item/access/agent/export", NO, LIST),
    "GrantDef.import": Vary("item/access/agent/import", NO, LIST),
    "GrantDef.comment": Vary("item/access/agent/comment", False, FIRST),
    "GrantDef.hide": Vary("item/access/agent/hide", NO, FIRST),
    "GrantDef.readonly": Vary("item/access/agent/readonly", NO, EDIT),
    "GrantDef.mask": Vary("item/access/agent/mask", NO, FIRST),
    "ListDef.columns": Vary("item/list/columns", ["made"], f"{LIST}?view=all"),
    "ListDef.sort": Vary("item/list/sort", ["-name"], RECORDS),
    "ListDef.views": Vary("item/list/views", NO, LIST),
    "ListDef.filters": Vary("item/list/filters", NO, "GET /a/full/item/filter"),
    "ViewDef.id": Vary(f"{VIEW}/id", "other", LIST),
    "ViewDef.label": Vary(f"{VIEW}/label", "别名", LIST),
    "ViewDef.where": Vary(f"{VIEW}/where", "cost < 200", f"{LIST}?view=dear"),
    "ViewDef.sort": Vary(f"{VIEW}/sort", ["cost"], f"{LIST}?view=dear"),
    "ViewDef.columns": Vary(f"{VIEW}/columns", NO, f"{LIST}?view=dear"),
    "ViewDef.roles": Vary(f"{VIEW}/roles", ["boss"], LIST),
    "BoardDef.card": Vary("item/board/card", ["made"], BOARD),
    "BoardDef.total": Vary("item/board/total", NO, BOARD),
    "RelatedDef.form": Vary("place/related/0", {"form": "item", "by": "place"}, PLACE),
    "RelatedDef.by": "tests/engine/loading/test_load.py",
    "RelatedDef.label": Vary("place/related/0/label", NO, PLACE),
    "RelatedDef.columns": Vary("place/related/0/columns", ["made"], PLACE),
    "RelatedDef.add": Vary("place/related/0/add", False, PLACE),
    "RelatedDef.timeline": Vary("place/related/0/timeline", False, PLACE),
    "ConversionDef.id": Vary("item/conversions/1/id", "other", FIRST),
    "ConversionDef.label": Vary("item/conversions/1/label", "别名", FIRST),
    "ConversionDef.when": Vary("item/conversions/0/when", "cost > 500", "CONVERT {first} build"),
    "ConversionDef.message": Vary("item/conversions/0/message", NO, "CONVERT {dear} build"),
    "ConversionDef.roles": Vary("item/conversions/0/roles", ["boss"], "CONVERT {first} build"),
    "ConversionDef.creates": Vary(AGAIN_MAKES, {"form": "part"}, AGAIN),
    "ConversionDef.stage": Vary("item/conversions/0/stage", NO, "CONVERT {first} build"),
    "ConversionDef.keep": Vary("item/conversions/2/keep", NO, "CONVERT {open} third"),
    "CreateDef.form": Vary(AGAIN_MAKES, {"form": "place", "id": "second"}, AGAIN),
    "CreateDef.id": Vary(AGAIN_MAKES, {"form": "part"}, "CONVERT {open} again"),
    "CreateDef.existing": Vary(f"{AGAIN_MAKES}/existing", NO, AGAIN),
    "CreateDef.set": Vary("item/conversions/2/creates/0/set", NO, "CONVERT {open} third"),
    "CreateDef.refer": Vary("item/conversions/2/creates/0/refer", NO, "CONVERT {open} third"),
    "CreateDef.lines": Vary("item/conversions/2/creates/0/lines", NO, "CONVERT {open} third"),
    "IndexDef.fields": "tests/runtime/store/test_install.py",
    "FilterDef.field": Vary(f"{VIEW}/where/0/field", "price", f"{LIST}?view=dear"),
    "FilterDef.op": Vary(f"{VIEW}/where/0/op", "<", f"{LIST}?view=dear"),
    "FilterDef.value": Vary(f"{VIEW}/where/0/value", 150, f"{LIST}?view=dear"),
    "Field.id": "tests/runtime/store/test_install.py",
    "Field.label": Vary(f"{FIELDS}/1/label", "别名", NEW),
    "Field.help": Vary(f"{FIELDS}/0/help", NO, NEW),
    "Field.placeholder": Vary(f"{FIELDS}/0/placeholder", NO, NEW),
    "Field.required": Vary(f"{FIELDS}/0/required", NO, 'CREATE {"city": "无名"}'),
    "Field.unique": Vary(f"{FIELDS}/3/unique", True, 'CREATE {"name": "新", "made": "qzvwx"}'),
    "Field.default": Vary(f"{FIELDS}/3/default", NO, NEW),
    "Field.visible": Vary(f"{FIELDS}/5/visible", NO, NEW),
    "Field.readonly": Vary(f"{FIELDS}/7/readonly", NO, NEW),
    "Field.mask": Vary(f"{FIELDS}/9/mask", "ends", FIRST),
    "Field.formerly": "tests/runtime/store/test_evolution.py",
    "Field.width": Vary(f"{FIELDS}/1/width", NO, NEW),
    "When.when": Vary(f"{FIELDS}/6/required/when", "cost > 300", DEAR),
    "When.message": Vary(f"{FIELDS}/6/required/message", NO, DEAR),
    "Unique.within": Vary(f"{FIELDS}/8/unique/within", NO, NEAR),
    "Unique.message": Vary(f"{FIELDS}/8/unique/message", NO, TAKEN),
    "Computed.feel": Vary(f"{FIELDS}/4/default/feel", '"别的"', NEW),
}  # fmt: skip

WAITING: dict[str, str] = {}
"""Keys that do nothing so far, and what they wait for; whoever builds it takes the line out."""

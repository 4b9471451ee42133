"""Who must agree to a record, in which order, by when, and what follows?"""

from datetime import timedelta
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct

from engine.definition.deadline import DeadlineDef
from engine.field import Feel, Id
from engine.wording import Label

Of = Literal["submitter", "owner", "approver"]
"""Whose head or manager: of who submitted, of the record's owner, of who was asked (ladder)."""
Login = Annotated[
    str, Meta(pattern="^[a-z][a-z0-9_.-]{0,47}$", extra_json_schema={"format": "login"})
]
Mode = Literal["all", "any", "ratio", "weighted", "sequential"]
Empty = Literal["keepers", "pass", "refuse"]
Same = Literal["manager", "decide", "pass"]
Repeated = Literal["decide", "pass", "adjacent"]
Resubmit = Literal["all", "straight", "changed"]
Verdict = Literal["agree", "refuse", "return"]


class WhoDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """People, named in exactly one way."""

    person: Login | None = None
    role: Id | None = None
    """Everybody who plays a role of the app."""
    head: Of | None = None
    """The head of somebody's department."""
    manager: Of | None = None
    """Somebody's direct manager."""
    above: Annotated[int, Meta(ge=0, le=9)] = 0
    """So many departments or managers further up, with `head` or `manager`."""
    chain: Of | None = None
    """Somebody's managers, one above the other."""
    levels: Annotated[int, Meta(ge=1, le=20)] = 20
    """At most so many of a chain."""
    covers: Feel | None = None
    """A chain ends with the first whose limit covers this amount."""
    field: str | None = None
    """A field with a person, here or beyond a reference as `site.keeper`."""
    feel: Feel | None = None
    """An expression for the id of a person, or a list of ids."""
    chosen: Id | None = None
    """Chosen by whoever decides before: out of a role, or `anybody`."""


Who = Annotated[tuple[WhoDef, ...], Meta(min_length=1)]
"""People in the order in which they are named; whoever is named twice counts once."""


class LimitDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Up to which amount people of a role may decide alone; without an amount, any."""

    role: Id
    up_to: Decimal | None = None


class RungDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What happens by itself when nobody has decided: at the deadline, or before or after it."""

    before: timedelta | None = None
    """So much earlier than the deadline, in the time by which the deadline counts."""
    after: timedelta | None = None
    every: timedelta | None = None
    """Again and again after that."""
    times: Annotated[int, Meta(ge=1, le=50)] = 10
    """So often at most, with `every`."""
    act: Literal["remind", "tell", "hand", "agree", "refuse", "return"] = "remind"
    """Remind who must decide, tell others, hand the task to others, or decide."""
    to: tuple[WhoDef, ...] = ()
    """Whom to tell, or to hand the task to."""


class BackToDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a step may send the record back to, and how it comes here again."""

    to: tuple[Id, ...] = ("submitter", "previous")
    """`submitter`, `previous`, `any`, or ids of earlier steps; nothing forbids it."""
    resubmit: Annotated[tuple[Resubmit, ...], Meta(min_length=1)] = ("all", "straight", "changed")
    """All decide again, straight back to this step, or only those decide again who saw a field
    that has changed. The first unless whoever sends it back chooses another."""


class PeopleStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What all steps have in common that people do."""

    id: Id
    label: Label
    help: Label | None = None
    who: Who
    when: Feel | None = None
    """Passed over unless this holds."""
    sees: tuple[Id, ...] = ()
    """The fields that are shown and that a decision rests on; all without any."""
    note: str | None = None


class ApproveStep(PeopleStep, frozen=True, kw_only=True, forbid_unknown_fields=True,
                  tag_field="kind", tag="approve"):  # fmt: skip
    """People agree or refuse."""

    mode: Mode | None = None
    """All of them, any one, a share of them, a share of their weights, or one after the other;
    `all` without it, a chain of managers one after the other."""
    share: Annotated[int, Meta(ge=1, le=100)] | None = None
    """The percentage that is needed, with `ratio` and `weighted`."""
    weights: dict[Id, Annotated[int, Meta(ge=0, le=1000)]] = {}
    """The weight of people by role, with `weighted`; 1 for all others."""
    must: tuple[Id, ...] = ()
    """Of each of these roles somebody must be among those who agree."""
    veto: bool | None = None
    """Whether one refusal is enough; without it, not with `ratio` and `weighted`."""
    refused: Literal["end", "return"] = "end"
    """What a refusal does: it ends the approval, or returns the record to who submitted it."""
    edit: tuple[Id, ...] = ()
    """Fields that may be changed while deciding."""
    need: tuple[Id, ...] = ()
    """Fields that must be filled before one agrees."""
    back: BackToDef = BackToDef()
    transfer: bool = True
    add: bool = True
    """Whether others may be asked to sign as well, before or after."""
    opinion: tuple[Verdict, ...] = ("refuse", "return")
    """What needs a written opinion."""
    phrases: tuple[Label, ...] = ()
    """Opinions to choose from."""
    signature: bool = False
    """Agreeing needs a signature written by hand."""
    password: bool = False
    """Deciding needs the password once more."""
    empty: Empty | None = None
    same: Same | None = None
    repeated: Repeated | None = None
    within: DeadlineDef | None = None
    ladder: tuple[RungDef, ...] = ()


class HandleStep(PeopleStep, frozen=True, kw_only=True, forbid_unknown_fields=True,
                 tag_field="kind", tag="handle"):  # fmt: skip
    """People fill in fields; nothing is agreed to or refused."""

    mode: Literal["all", "any"] = "any"
    edit: tuple[Id, ...] = ()
    need: tuple[Id, ...] = ()
    back: BackToDef = BackToDef()
    transfer: bool = True
    empty: Empty | None = None
    within: DeadlineDef | None = None
    ladder: tuple[RungDef, ...] = ()


class CcStep(PeopleStep, frozen=True, kw_only=True, forbid_unknown_fields=True,
             tag_field="kind", tag="cc"):  # fmt: skip
    """People are told and may look; nothing waits for them."""


class PathDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the ways on."""

    id: Id
    label: Label
    when: Feel | None = None
    """Taken while this holds; always without it."""
    steps: "tuple[AnyStep, ...]" = ()


class BranchStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
                 tag_field="kind", tag="branch"):  # fmt: skip
    """Goes on along the first path whose condition holds; past all of them if none does."""

    id: Id
    label: Label
    paths: Annotated[tuple[PathDef, ...], Meta(min_length=1)]
    note: str | None = None


class ParallelStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
                   tag_field="kind", tag="parallel"):  # fmt: skip
    """Goes along all paths whose condition holds, at the same time."""

    id: Id
    label: Label
    paths: Annotated[tuple[PathDef, ...], Meta(min_length=2)]
    join: Literal["all", "any"] = "all"
    """Goes on when all paths have come to their end, or the first one has."""
    note: str | None = None


class SubStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
              tag_field="kind", tag="approval"):  # fmt: skip
    """Another approval must end well first."""

    id: Id
    label: Label
    workflow: Id
    of: Id | None = None
    """A reference field: that record is submitted instead of this one."""
    when: Feel | None = None
    note: str | None = None


class WaitStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True,
               tag_field="kind", tag="wait"):  # fmt: skip
    """Goes on after a while, or as soon as something holds: whatever comes first."""

    id: Id
    label: Label
    within: DeadlineDef | None = None
    that: Feel | None = None
    note: str | None = None


AnyStep = ApproveStep | HandleStep | CcStep | BranchStep | ParallelStep | SubStep | WaitStep


class StartDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an approval begins."""

    button: bool = True
    """Whoever may edit a record finds a button on it."""
    created: bool = False
    """When a record is created."""
    stage: Id | None = None
    """When a record enters this stage."""
    roles: tuple[Id, ...] = ()
    """Only these roles may submit."""
    when: Feel | None = None
    """Only records for which this holds."""
    message: Label | None = None
    """Said when it does not hold."""


class AfterDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Fields that are set when it is over."""

    agreed: dict[Id, Feel] = {}
    refused: dict[Id, Feel] = {}
    withdrawn: dict[Id, Feel] = {}


class WorkflowDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One approval of the records of a form, a file of `workflows/`."""

    workflow: Id
    label: Label
    help: Label | None = None
    form: Id
    start: StartDef = StartDef()
    steps: Annotated[tuple[AnyStep, ...], Meta(min_length=1)]
    keepers: tuple[WhoDef, ...] = ()
    """Who steps in when nobody is found; the workspace's administrators if that is nobody."""
    limits: tuple[LimitDef, ...] = ()
    empty: Empty = "keepers"
    """When nobody is found: the keepers decide, the step is passed over, or it is refused."""
    same: Same = "manager"
    """When somebody would decide on what is their own: their manager does, they do, or nobody."""
    repeated: Repeated = "decide"
    """Who agreed before decides again, or not, or not right after."""
    lock: tuple[Id, ...] | Literal["all", "none"] = "all"
    """Fields that stay as they are while it runs."""
    withdraw: Literal["always", "untouched", "never"] = "always"
    """Whether who submitted may withdraw it: always, until somebody has decided, or never."""
    take_back: bool = True
    """Whether a decision may be taken back until somebody else has decided after it."""
    urge: timedelta | None = timedelta(hours=4)
    """How long one waits before urging again; null forbids it."""
    after: AfterDef = AfterDef()
    note: str | None = None

"""What should happen when people use an app, told as given, when and then?"""

from datetime import timedelta
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from engine.definition.data import DemoRow, Login, Moment
from engine.definition.page import FilterDef
from engine.definition.scenario_outside import FillStep, GivenAnswer, TellStep
from engine.field import Id


class GivenRow(DemoRow, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A record that exists before the first step: a row of demo data that names its form."""

    form: Id


class GivenDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the world is before the first step."""

    now: Moment = "2026-03-02 09:00"
    """The moment at which the clock starts."""
    demo: bool = False
    """The app's demo data is there too; its rows can be named."""
    records: tuple[GivenRow, ...] = ()
    asleep: tuple[Id, ...] = ()
    """Rules that do nothing here, because the story is about others."""
    answers: tuple[GivenAnswer, ...] = ()
    """What other systems answer; a question without one waits for ever."""


class CreateStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Make a record."""

    form: Id
    name: Id | None = None
    """What later steps call it."""
    values: dict[str, Any] = {}


class EditStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Change fields of a record."""

    record: Id
    values: dict[str, Any]


class AdvanceStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Move a record to the next stage, or to the one that is named."""

    record: Id
    to: Id | None = None
    values: dict[str, Any] = {}
    """Filled in on the way."""
    files: dict[str, tuple[str, ...]] = {}
    """Evidence handed in on the way, by item."""
    reason: str | None = None
    override: bool = False


class CheckStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Ask what is still missing to move on; nothing changes."""

    record: Id
    to: Id | None = None


class Position(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a photo was taken."""

    latitude: float
    longitude: float


class AttachStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hand in evidence for an item of a gate."""

    record: Id
    item: Id
    files: Annotated[tuple[str, ...], Meta(min_length=1)]
    """File names, as `minutes.pdf`; the same name is the same content."""
    position: Position | None = None


class ReviewStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Judge the newest evidence of an item."""

    record: Id
    item: Id
    verdict: Literal["accepted", "rejected"]
    reason: str | None = None


class TransferStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hand a record over to another owner."""

    record: Id
    to: Login
    reason: str | None = None


class ReleaseStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put a record back into the pool."""

    record: Id
    reason: str | None = None


class ConvertStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Turn a record into others."""

    record: Id
    by: Id
    """The conversion."""
    names: dict[str, Id] = {}
    """What later steps call the new records, by the id of what the conversion creates."""
    values: dict[str, dict[str, Any]] = {}
    """What is filled in for the new records, by the same ids."""


class PressStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Press a button that a rule waits for."""

    record: Id
    button: Id
    """The rule."""
    values: dict[str, Any] = {}
    """What it asks for."""


class MakeStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Have a document made of a record."""

    record: Id
    document: Id


class LiftStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Lift everything that is frozen for a record."""

    record: Id
    reason: str | None = None


class CommentStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write a comment."""

    record: Id
    text: str
    mentions: tuple[Login, ...] = ()


class SubmitStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Submit a record for approval."""

    record: Id
    workflow: Id
    remark: str | None = None
    chosen: dict[Id, tuple[Login, ...]] = {}
    """Who decides at steps that leave the choice."""


class TaskStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Do something with one's task of an approval of a record: the open one, or the last done."""

    record: Id
    workflow: Id | None = None
    """Which approval, if several are under way."""
    step: Id | None = None
    """Which task, if there are several."""
    opinion: str | None = None
    values: dict[str, Any] = {}
    """Filled in on the way."""
    chosen: dict[Id, tuple[Login, ...]] = {}
    people: tuple[Login, ...] = ()
    """Whom to ask as well."""
    to: str | None = None
    """Who decides instead, or the step that the record goes back to."""
    resubmit: Literal["all", "straight", "changed"] | None = None
    place: Literal["before", "after"] = "before"
    signature: str | None = None
    """A file name, as `signature.png`."""
    password: str | None = None


class OwnStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Do something with an approval that one submitted."""

    record: Id
    workflow: Id | None = None
    reason: str | None = None


class DelegateStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Let somebody else decide for a time."""

    to: Login
    workflow: Id | None = None
    starts: Moment = "+0d"
    ends: Moment


class PrepareStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Put what somebody owns and has not finished on a list for who follows."""

    of: Login
    to: Login


class NoteStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Write what is to be known about a record on the newest list of somebody."""

    of: Login
    record: Id
    text: str


class GiveStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hand over the newest list of somebody, with what waits for them."""

    of: Login


class ReceiveStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Confirm what came over from the newest list of somebody."""

    of: Login
    record: Id | None = None
    """Only this one; else everything that was given."""


class RecordStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Do something with one record that needs no more words."""

    record: Id


class ListStep(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Look at a list."""

    form: Id
    view: Id | None = None
    where: tuple[FilterDef, ...] = ()
    search: str | None = None


class ThenApproval(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an approval of the record stands."""

    workflow: Id | None = None
    """Which one, if there are several; the newest."""
    state: Literal["running", "agreed", "refused", "withdrawn", "cancelled"] | None = None
    waiting: tuple[Login, ...] | None = None
    """Everybody whom it asks for something just now."""
    steps: tuple[Id, ...] | None = None
    """The steps at which it asks for something just now."""


class ThenHandover(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many records of the newest list of somebody are how far."""

    of: Login
    all: Annotated[int, Meta(ge=0)] | None = None
    noted: Annotated[int, Meta(ge=0)] | None = None
    given: Annotated[int, Meta(ge=0)] | None = None
    """Given and not confirmed yet."""
    received: Annotated[int, Meta(ge=0)] | None = None


class ThenDocument(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which document was made of the record last, and what stands in it."""

    document: Id
    says: tuple[str, ...] = ()
    """Each of these stands in it."""
    hides: tuple[str, ...] = ()
    """None of these does."""


class ThenDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What comes of a step. Without refused, invalid, denied or missing it must be done."""

    stage: Id | None = None
    owner: Login | None = None
    values: dict[str, Any] = {}
    """Fields of the record as the person of the step sees them afterwards."""
    refused: tuple[str, ...] = ()
    """Every message of the refusal, word for word."""
    invalid: dict[str, tuple[str, ...]] = {}
    """Every complaint, word for word, by field."""
    denied: bool | str = False
    """The person may not; a text must be the very words."""
    missing: bool = False
    """For this person there is no such record."""
    count: Annotated[int, Meta(ge=0)] | None = None
    """How many records the list holds."""
    records: tuple[Id, ...] | None = None
    """The named records among them, in order."""
    hidden: tuple[Id, ...] = ()
    """Fields that the person does not see."""
    events: tuple[str, ...] = ()
    """The kinds of the record's newest events, oldest first."""
    approval: ThenApproval | None = None
    made: ThenDocument | None = None
    """The document that was made of the record last, for a person or by a rule."""
    handover: ThenHandover | None = None
    points: dict[Login, dict[Id, float]] = {}
    """How many points people have now, by ledger."""
    told: dict[Login, tuple[str, ...]] = {}
    """What people were told by this step, word for word; an empty list is nothing."""


class StepDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that a person does, and what comes of it: exactly one of the verbs."""

    who: Login | None = msgspec.field(name="as", default=None)
    """Missing only where time passes and nobody does anything."""
    at: Moment | None = None
    """Moves the clock there first, seen from where it stands."""
    door: Literal["form", "board", "bulk", "api"] = "form"
    """The way the person takes; the outcome must be the same by each."""
    create: CreateStep | None = None
    edit: EditStep | None = None
    advance: AdvanceStep | None = None
    check: CheckStep | None = None
    attach: AttachStep | None = None
    review: ReviewStep | None = None
    transfer: TransferStep | None = None
    claim: RecordStep | None = None
    """Takes a record out of the pool."""
    release: ReleaseStep | None = None
    convert: ConvertStep | None = None
    press: PressStep | None = None
    tell: TellStep | None = None
    """Another program tells a rule something."""
    fill: FillStep | None = None
    """Somebody outside fills in a page by a code that the person made."""
    make: MakeStep | None = None
    """Has a document made, by the button of the record page."""
    lift: LiftStep | None = None
    comment: CommentStep | None = None
    submit: SubmitStep | None = None
    agree: TaskStep | None = None
    refuse: TaskStep | None = None
    give_back: TaskStep | None = msgspec.field(name="return", default=None)
    hand_in: TaskStep | None = msgspec.field(name="resubmit", default=None)
    pass_on: TaskStep | None = None
    add_signer: TaskStep | None = None
    ask_opinion: TaskStep | None = None
    opine: TaskStep | None = None
    handle: TaskStep | None = None
    acknowledge: TaskStep | None = None
    take_back: TaskStep | None = None
    withdraw: OwnStep | None = None
    urge: OwnStep | None = None
    delegate: DelegateStep | None = None
    prepare_handover: PrepareStep | None = None
    note_handover: NoteStep | None = None
    give_handover: GiveStep | None = None
    receive_handover: ReceiveStep | None = None
    leave: Login | None = None
    """An administrator switches this person off."""
    elapse: timedelta | None = msgspec.field(name="pass", default=None)
    """So much time passes, and everything that becomes due meanwhile is done when it is due."""
    delete: RecordStep | None = None
    restore: RecordStep | None = None
    read: RecordStep | None = None
    list: ListStep | None = None
    then: ThenDef = ThenDef()
    note: str | None = None


VERBS = (
    "create", "edit", "advance", "check", "attach", "review", "transfer", "claim", "release",
    "convert", "press", "tell", "fill", "make", "lift",
    "comment", "submit", "agree", "refuse", "give_back", "hand_in", "pass_on",
    "add_signer",
    "ask_opinion", "opine", "handle", "acknowledge", "take_back", "withdraw", "urge", "delegate",
    "prepare_handover", "note_handover", "give_handover", "receive_handover",
    "leave", "elapse", "delete", "restore", "read", "list",
)  # fmt: skip
"""What can be done in a step."""
WRITTEN = {"give_back": "return", "hand_in": "resubmit", "elapse": "pass"}
"""Verbs whose word in the file is one that Python keeps for itself."""


class ScenarioDef(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One story of an app, a document of `scenarios/`."""

    scenario: str
    """What it shows, in one sentence."""
    given: GivenDef = GivenDef()
    steps: Annotated[tuple[StepDef, ...], Meta(min_length=1)]
    note: str | None = None

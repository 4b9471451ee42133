"""What can be asked and done inside one transaction?"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from sqlalchemy.engine import NestedTransaction, RootTransaction

from runtime.store.app_versions import AppVersions
from runtime.store.approvals import Approvals
from runtime.store.calendar_days import CalendarDays
from runtime.store.connectors import Connectors
from runtime.store.delegations import Delegations
from runtime.store.drafts import Drafts
from runtime.store.events import Events
from runtime.store.evidence import EvidencePieces
from runtime.store.failed_tries import FailedTries
from runtime.store.files import Files
from runtime.store.freezes import Freezes
from runtime.store.handovers import Handovers
from runtime.store.hooks import Hooks
from runtime.store.idempotency import Idempotency
from runtime.store.imports import Imports
from runtime.store.jobs import Jobs
from runtime.store.notices import Notices
from runtime.store.origins import Origins
from runtime.store.paces import Paces
from runtime.store.package_checks import PackageChecks
from runtime.store.packages import Packages
from runtime.store.people import People
from runtime.store.phrases import Phrases
from runtime.store.points import Points
from runtime.store.pools import Pools
from runtime.store.public_links import PublicLinks
from runtime.store.publish_plans import PublishPlans
from runtime.store.query.questions import Questions
from runtime.store.records import Records
from runtime.store.rule_runs import RuleRuns
from runtime.store.samples import Samples
from runtime.store.sessions import Sessions
from runtime.store.successions import Successions
from runtime.store.tasks import Tasks
from runtime.store.tokens import Tokens
from runtime.store.upgrades import Upgrades
from runtime.store.views import Views

if TYPE_CHECKING:
    from runtime.store.store import Store


class Step:
    """A part of a transaction."""

    def __init__(self, nested: NestedTransaction) -> None:
        self._nested = nested
        self.undone = False

    def undo(self) -> None:
        """Undo what was done in this step."""
        self._nested.rollback()
        self.undone = True


class Unit:
    """One transaction on a workspace, with one part for each kind of thing in it."""

    def __init__(self, store: Store, connection: Connection, transaction: RootTransaction) -> None:
        self.store = store
        self.connection = connection
        self._transaction = transaction

    def rollback(self) -> None:
        """Undo everything done in this unit; nothing more can be done in it."""
        self._transaction.rollback()

    @contextmanager
    def step(self) -> Iterator[Step]:
        """One step of this transaction, which can be undone without undoing the others; it is
        undone as well when it raises."""
        with self.connection.begin_nested() as nested:
            step = Step(nested)
            try:
                yield step
            except BaseException:
                step.undone = True
                raise
            finally:
                if step.undone:
                    # What was remembered may be of what is gone.
                    self.__dict__.pop("records", None)
                    self.__dict__.pop("query", None)

    @cached_property
    def records(self) -> Records:
        """Records as rules see them: complete, whoever asks."""
        return Records(self)

    @cached_property
    def query(self) -> Questions:
        """Records as a person may see them."""
        return Questions(self)

    @cached_property
    def events(self) -> Events:
        """What happened."""
        return Events(self)

    @cached_property
    def files(self) -> Files:
        """Files and where they are used."""
        return Files(self)

    @cached_property
    def evidence(self) -> EvidencePieces:
        """What was handed in for gates."""
        return EvidencePieces(self)

    @cached_property
    def people(self) -> People:
        """People, departments and roles."""
        return People(self)

    @cached_property
    def sessions(self) -> Sessions:
        """Who is signed in."""
        return Sessions(self)

    @cached_property
    def failed_tries(self) -> FailedTries:
        """Who guessed wrong how often."""
        return FailedTries(self)

    @cached_property
    def public_links(self) -> PublicLinks:
        """The links for people outside."""
        return PublicLinks(self)

    @cached_property
    def paces(self) -> Paces:
        """How often something was done lately."""
        return Paces(self)

    @cached_property
    def tokens(self) -> Tokens:
        """The keys of programs."""
        return Tokens(self)

    @cached_property
    def views(self) -> Views:
        """Lists that people saved."""
        return Views(self)

    @cached_property
    def packages(self) -> Packages:
        """Installed apps."""
        return Packages(self)

    @cached_property
    def origins(self) -> Origins:
        """From whom installed apps came."""
        return Origins(self)

    @cached_property
    def package_checks(self) -> PackageChecks:
        """What was tried of packages here."""
        return PackageChecks(self)

    @cached_property
    def samples(self) -> Samples:
        """Records that are only samples."""
        return Samples(self)

    @cached_property
    def drafts(self) -> Drafts:
        """Apps as their designers are changing them."""
        return Drafts(self)

    @cached_property
    def app_versions(self) -> AppVersions:
        """Apps as they were published."""
        return AppVersions(self)

    @cached_property
    def upgrades(self) -> Upgrades:
        """New versions of apps, and what they are compared with."""
        return Upgrades(self)

    @cached_property
    def publish_plans(self) -> PublishPlans:
        """What is to be published at which moment."""
        return PublishPlans(self)

    @cached_property
    def handovers(self) -> Handovers:
        """Lists of what one person hands over to another."""
        return Handovers(self)

    @cached_property
    def idempotency(self) -> Idempotency:
        """Which acts were done already."""
        return Idempotency(self)

    @cached_property
    def imports(self) -> Imports:
        """Sheets that were brought in."""
        return Imports(self)

    @cached_property
    def jobs(self) -> Jobs:
        """Work for later."""
        return Jobs(self)

    @cached_property
    def rule_runs(self) -> RuleRuns:
        """Which rules went off."""
        return RuleRuns(self)

    @cached_property
    def connectors(self) -> Connectors:
        """How other systems are reached, and what was asked of them."""
        return Connectors(self)

    @cached_property
    def hooks(self) -> Hooks:
        """What other programs may tell us, and told."""
        return Hooks(self)

    @cached_property
    def freezes(self) -> Freezes:
        """What nothing new may be made of, for whom."""
        return Freezes(self)

    @cached_property
    def points(self) -> Points:
        """Who collected how many points."""
        return Points(self)

    @cached_property
    def tasks(self) -> Tasks:
        """What each person has to do."""
        return Tasks(self)

    @cached_property
    def notices(self) -> Notices:
        """What people were told, and by which ways."""
        return Notices(self)

    @cached_property
    def approvals(self) -> Approvals:
        """Approvals under way and over."""
        return Approvals(self)

    @cached_property
    def calendar(self) -> CalendarDays:
        """What the workspace says about its working days."""
        return CalendarDays(self)

    @cached_property
    def pools(self) -> Pools:
        """Records that belong to nobody, and who took which."""
        return Pools(self)

    @cached_property
    def successions(self) -> Successions:
        """Who took over from whom."""
        return Successions(self)

    @cached_property
    def delegations(self) -> Delegations:
        """Who stands in for whom."""
        return Delegations(self)

    @cached_property
    def phrases(self) -> Phrases:
        """Opinions that people keep to use again."""
        return Phrases(self)

    @property
    def left_work(self) -> bool:
        """Whether work for later was saved, so that somebody should look for it."""
        return "jobs" in self.__dict__ and self.jobs.some_saved

"""What somebody sees is all that a sandbox gets, from each database."""

from __future__ import annotations

from designer.trying.beginning import begin_trial, make_trial
from designer.trying.scratch import scratch_of
from tests.desk import Desk


def test_what_the_designer_sees_masked_is_copied_masked(desk: Desk) -> None:
    ticket = desk.ticket(phone="13800000000", margin=5)
    others = desk.ticket("sue")
    story = begin_trial(desk.services, desk.people["ann"], "desk", "real")
    make_trial(desk.services, desk.people["ann"], "desk", story.token)
    with scratch_of(desk.services, desk.people["ann"].id, "desk") as scratch:
        assert scratch is not None
        with scratch.world.services.store.reading() as unit:
            form = scratch.app.forms["ticket"]
            copy = unit.records.one(form, ticket.id)
            assert unit.records.one(form, others.id) is None
    assert copy is not None
    assert copy.values["phone"] == "138****0000"
    assert copy.values["margin"] is None
    assert copy.owner == desk.people["ann"].id

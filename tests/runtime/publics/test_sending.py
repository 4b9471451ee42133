"""People outside fill in what they are asked, and nothing else of the workspace is theirs."""

from __future__ import annotations

from engine.access.sight import sight_of
from engine.definition.access import GrantDef
from engine.outcomes import Denied, Invalid, Missing, Saved
from engine.wording import Message
from runtime.jobs.workshop import Workshop
from runtime.use_cases.publics.links import Wish, make_links, read_links, turn_link
from runtime.use_cases.publics.opening import open_public
from runtime.use_cases.publics.sending import ASK_CONSENT, CLOSED, CONSENT, TooMuch, told_outside
from tests.runtime.publics.counter import Counter


def test_what_somebody_sends_becomes_a_record_with_its_place_and_owner(counter: Counter) -> None:
    site = counter.site()
    link = counter.link(site)

    sent = counter.send(link, name="门坏了", phone="13800000001")

    assert isinstance(sent, Saved)
    record = counter.desk.stored(sent.record.id)
    values = {id_: record.values[id_] for id_ in ("name", "site", "cost", "agreed", "number")}
    assert values == {
        "name": "门坏了", "site": site.id, "cost": 10, "agreed": True, "number": "T-0001",
    }  # fmt: skip
    assert (record.owner, record.created_by) == (site.owner, link.actor)
    assert counter.kept(link).sent == 1


def test_the_log_keeps_who_it_was_and_what_was_agreed_to(counter: Counter) -> None:
    link = counter.link()
    sent = counter.send(link, name="灯坏了")
    assert isinstance(sent, Saved)

    with counter.desk.services.store.reading() as unit:
        (event,) = unit.events.of_record(counter.desk.form(), sent.record.id)

    assert (event.kind, event.actor, event.door) == ("created", link.actor, "public")
    assert event.data == {"consent": "我同意记录以上内容", "public": "report", "link": link.id}
    assert event.at == counter.desk.clock()


def test_rules_follow_from_it(small: Counter) -> None:
    services = small.desk.services
    sent = small.send(small.link(), name="漏水")
    assert isinstance(sent, Saved)

    Workshop(services=services).run_due()

    assert small.desk.stored(sent.record.id).values["begun"] == services.today(services.now())


def test_nothing_is_kept_without_consent(counter: Counter) -> None:
    link = counter.link()

    sent = counter.send(link, agreed=False, name="门坏了")

    assert sent == Invalid({CONSENT: (ASK_CONSENT,)})
    assert counter.kept(link).sent == 0


def test_what_is_not_asked_is_not_taken(small: Counter) -> None:
    sent = small.send(small.link(), name="门坏了", margin="99", cost="1", site="elsewhere")

    assert isinstance(sent, Saved)
    values = small.desk.stored(sent.record.id).values
    assert (values["margin"], values["cost"]) == (None, 10)


def test_the_same_rules_say_the_same_words_as_inside(small: Counter) -> None:
    sent = small.send(small.link(), due="not a day", cause="锈了", phone="12")

    assert isinstance(sent, Invalid)
    assert set(sent.complaints) == {"name", "due", "phone"}


def test_who_is_known_already_is_thanked_and_noted_on_the_record(counter: Counter) -> None:
    link = counter.link()
    first = counter.send(link, name="门坏了", phone="13800000001")

    again = counter.send(link, name="门又坏了", phone="13800000001")

    assert isinstance(first, Saved)
    assert isinstance(again, Saved)
    assert again.record.id == first.record.id
    with counter.desk.services.store.reading() as unit:
        kinds_ = [one.kind for one in unit.events.of_record(counter.desk.form(), first.record.id)]
    assert kinds_[0] == "registered_again"
    assert counter.desk.stored(first.record.id).values["name"] == "门坏了"


def test_a_second_click_does_nothing_twice(counter: Counter) -> None:
    link = counter.link()

    first = counter.send(link, name="门坏了", key="k1")
    second = counter.send(link, name="门坏了", key="k1")

    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert second.record.id == first.record.id
    assert counter.kept(link).sent == 1


def test_a_link_lets_in_so_much_and_no_more(counter: Counter) -> None:
    link = counter.link()
    sent = [counter.send(link, name=f"第 {n} 件") for n in range(4)]
    counter.desk.clock.move(hours=1)
    later = [counter.send(link, name=f"再来 {n} 件") for n in range(2)]

    assert [isinstance(one, Saved) for one in sent] == [True, True, True, False]
    assert [type(one) for one in later] == [Saved, TooMuch]
    assert counter.kept(link).sent == 4


def test_what_was_refused_does_not_use_up_the_link(small: Counter) -> None:
    link = small.link()
    for _ in range(5):
        small.send(link)

    assert isinstance(small.send(link, name="门坏了"), Saved)


def test_a_link_that_is_off_too_old_or_of_a_lost_place_leads_nowhere(counter: Counter) -> None:
    services, act = counter.desk.services, counter.desk.act("chief_north")
    off, old, lost = (counter.link(counter.site(name)) for name in ("甲", "乙", "丙"))
    counter.opened(lost)

    assert turn_link(services, act, counter.public, off.id, on=False) == off
    assert open_public(services, counter.token(off)) is None
    turn_link(services, act, counter.public, off.id, on=True)
    counter.opened(off)
    with services.store.unit() as unit:
        unit.records.remove(counter.desk.form("site"), lost.record or "")
    assert open_public(services, counter.token(lost)) is None
    counter.desk.clock.move(days=31)
    assert open_public(services, counter.token(old)) is None
    assert open_public(services, "guessed") == Missing()


def test_a_token_can_not_be_told_from_what_is_kept(small: Counter) -> None:
    link = small.link()
    token = small.token(link)

    assert len(token) == 43
    assert token not in str(vars(small.kept(link)))
    assert small.token(small.link(small.site("别处"))) != token


def test_only_who_has_the_right_makes_links_for_what_they_see(counter: Counter) -> None:
    services, public = counter.desk.services, counter.public
    assert GrantDef().links is False
    site, other = counter.site(), counter.site("西站")

    for login in ("ann", "audit"):
        made = make_links(services, counter.desk.act(login), public, Wish(record=site.id))
        assert isinstance(made, Denied)
        assert isinstance(read_links(services, counter.desk.act(login), public), Denied)
    assert {one.record for one in counter.links()} == {site.id, other.id}
    assert counter.links() == ()
    assert (
        make_links(services, counter.desk.act("chief_north"), public, Wish(record="none"))
        == Missing()
    )


def test_an_outsider_sees_and_may_do_nothing_else(small: Counter) -> None:
    act = small.opened(small.link()).act()
    ticket = sight_of(small.desk.form(), act.actor)
    site = sight_of(small.desk.form("site"), act.actor)

    assert ticket.rows.none
    rights = (ticket.export, ticket.links, ticket.comment, ticket.bring_in)
    assert not any(rights)
    assert set(small.desk.form().fields) - ticket.hidden == {"name", "phone", "due", "cause"}
    assert site.hidden == set(small.desk.form("site").fields)
    assert not site.create


def test_words_of_the_inside_are_not_told(small: Counter) -> None:
    opened = small.opened(small.link())
    told = told_outside(opened, {"margin": (Message("内部"),), "": (Message("内部"),)})

    assert told == {"": (CLOSED,)}

"""A process that dies between handing a message over and writing that down."""

from __future__ import annotations

import pytest

from tests.desk import Desk
from tests.runtime.effects.posting import attempts, connected, deliveries, reachable, set_up, tell
from tests.runtime.jobs.labour import PATIENCE, process, until
from tests.services.fakes.smtp import fake_smtp

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
WORKER = ("designer.cli", "worker")


def test_what_was_under_way_is_sent_again_as_the_same_letter_and_noted_once(desk: Desk) -> None:
    with fake_smtp() as post:
        opened = connected(desk, post.port)
        values = {"host": "127.0.0.1", "port": str(post.port), "safety": "none"}
        set_up(opened, "mail", {**values, "sender": "desk@example.com"})
        reachable(opened, "ann", email="ann@example.com")
        tell(opened, "ann")
        settings = opened.services.settings
        inside = {
            "INSIDE": f"127.0.0.1:{post.port}",
            "SECRET_KEY": settings.secret_key,
            "JOB_LEASE": "3",
        }
        post.silent = True
        with process(opened, WORKER, inside) as worker:
            assert post.taken.wait(PATIENCE)
            worker.kill()
        (waiting,) = deliveries(opened, "ann")
        assert (waiting.state, waiting.tries) == ("waiting", 0)
        post.silent = False
        with process(opened, WORKER, inside):
            until(lambda: deliveries(opened, "ann")[0].state == "sent")
        first, second = post.letters
        assert first["Message-ID"] == second["Message-ID"]
        (sent,) = deliveries(opened, "ann")
        assert [each.sent for each in attempts(opened, sent)] == [True]

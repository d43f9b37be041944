"""Claims: one at a time, across processes, with and without an owner."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cinehub.work.models import Claim

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@time_machine.travel(NOW, tick=False)
def test_a_claim_is_held_by_one_until_it_lapses() -> None:
    assert Claim.objects.take("charts", seconds=60)
    assert not Claim.objects.take("charts", seconds=60)
    assert Claim.objects.held("charts")

    with time_machine.travel(NOW + timedelta(seconds=61), tick=False):
        assert not Claim.objects.held("charts")
        assert Claim.objects.take("charts", seconds=60)
        assert not Claim.objects.take("charts", seconds=60)


def test_claims_do_not_stand_in_each_other_s_way() -> None:
    assert Claim.objects.take("one", seconds=60)
    assert Claim.objects.take("other", seconds=60)


@time_machine.travel(NOW, tick=False)
def test_a_claim_can_be_made_longer_by_whoever_knows_better() -> None:
    Claim.objects.take("one", seconds=60)
    Claim.objects.hold("one", seconds=600)

    with time_machine.travel(NOW + timedelta(seconds=599)):
        assert Claim.objects.held("one")


@time_machine.travel(NOW, tick=False)
def test_only_what_has_lapsed_is_swept_away() -> None:
    Claim.objects.take("long", seconds=600)
    Claim.objects.take("short", seconds=60)

    with time_machine.travel(NOW + timedelta(seconds=61)):
        Claim.objects.lapsed().delete()

    assert [claim.name for claim in Claim.objects.all()] == ["long"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("already_lapsed", [False, True])
def test_of_many_who_reach_for_a_claim_at_once_one_has_it(already_lapsed: bool) -> None:
    together = Barrier(8)
    if already_lapsed:
        Claim.objects.create(name="charts", until=NOW - timedelta(days=1000))

    def reach(_: int) -> bool:
        together.wait(timeout=10)
        try:
            return Claim.objects.take("charts", seconds=60)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(reach, range(8)))

    assert sorted(taken) == [False] * 7 + [True]


# --- Owners --------------------------------------------------------------------------------------
@time_machine.travel(NOW, tick=False)
def test_an_owner_may_take_its_claim_again_and_hold_it_longer() -> None:
    assert Claim.objects.take("beat", seconds=60, owner="one")

    with time_machine.travel(NOW + timedelta(seconds=50), tick=False):
        assert Claim.objects.take("beat", seconds=60, owner="one")

    with time_machine.travel(NOW + timedelta(seconds=100), tick=False):
        assert Claim.objects.held("beat")


@time_machine.travel(NOW, tick=False)
@pytest.mark.parametrize("other", ["two", ""])
def test_nobody_else_may_take_what_an_owner_holds(other: str) -> None:
    Claim.objects.take("beat", seconds=60, owner="one")

    assert not Claim.objects.take("beat", seconds=60, owner=other)


@time_machine.travel(NOW, tick=False)
def test_what_an_owner_leaves_is_free_at_once() -> None:
    Claim.objects.take("beat", seconds=60, owner="one")
    Claim.objects.leave("beat", owner="one")

    assert Claim.objects.take("beat", seconds=60, owner="two")


@time_machine.travel(NOW, tick=False)
def test_only_the_owner_can_leave_a_claim() -> None:
    Claim.objects.take("beat", seconds=60, owner="one")
    Claim.objects.leave("beat", owner="two")

    assert not Claim.objects.take("beat", seconds=60, owner="two")


@time_machine.travel(NOW, tick=False)
def test_an_owner_whose_claim_has_lapsed_finds_it_taken() -> None:
    Claim.objects.take("beat", seconds=60, owner="one")

    with time_machine.travel(NOW + timedelta(seconds=61), tick=False):
        assert Claim.objects.take("beat", seconds=60, owner="two")
        assert not Claim.objects.take("beat", seconds=60, owner="one")


@time_machine.travel(NOW, tick=False)
def test_a_claim_without_an_owner_is_nobody_s_to_take_again() -> None:
    Claim.objects.take("charts", seconds=60)

    assert not Claim.objects.take("charts", seconds=60, owner="one")


@time_machine.travel(NOW, tick=False)
def test_who_is_told_no_has_written_nothing() -> None:
    Claim.objects.take("beat", seconds=60, owner="one")

    with CaptureQueriesContext(connection) as asked:
        Claim.objects.take("beat", seconds=60, owner="two")

    assert [query["sql"].split()[0] for query in asked] == ["SELECT"]

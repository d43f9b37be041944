"""What members wait for is told to them: on their day, in their country, and once."""

import threading
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.models import Choice, Kind, Mail, User
from catalog.models import Episode, Offer, Provider, Season, Title
from lists import reminding
from lists.models import Reminder, State, Viewing
from lists.reminding import forget_old, tell_episodes, tell_streaming
from tests.lists.held import track, want
from tests.make import (
    make_episode,
    make_offer,
    make_season,
    make_show,
    make_title,
    make_translation,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 21)
LAST_YEAR = datetime(2025, 11, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _now() -> Any:
    with time_machine.travel("2026-11-21 12:00+00:00", tick=False):
        yield


@pytest.fixture
def ann() -> User:
    return make_user(username="ann", region="DE")


def told(member: User) -> list[str]:
    return list(member.notifications.order_by("pk").values_list("text", flat=True))


def going_on(*numbers: int, day: date = TODAY, season: int = 2, **values: Any) -> Title:
    show = make_show(**{"name": "Dark", "tmdb_id": 70523} | values)
    held = make_season(show, number=season)
    for number in numbers or (4,):
        make_episode(held, number=number, air_date=day)
    return show


# --- Episodes ------------------------------------------------------------------------------------
def test_who_watches_a_show_hears_on_the_day_it_goes_on(ann: User) -> None:
    track(ann, going_on(4))

    assert tell_episodes() == 1
    notice = ann.notifications.get()
    assert notice.text == "Dark goes on today: S2 E4"
    assert notice.kind == Kind.EPISODE
    assert notice.url == "/tv/70523-dark/season/2/episode/4"


def test_several_episodes_of_a_day_are_told_together(ann: User) -> None:
    track(ann, going_on(4, 5, 6))
    tell_episodes()

    assert told(ann) == ["Dark goes on today: 3 episodes"]
    assert ann.notifications.get().url == "/tv/70523-dark/season/2"


def test_episodes_of_two_seasons_lead_to_the_show(ann: User) -> None:
    show = going_on(4)
    make_episode(make_season(show, number=3), number=1, air_date=TODAY)
    track(ann, show)
    tell_episodes()

    assert ann.notifications.get().url == "/tv/70523-dark"


def test_nobody_is_told_twice(ann: User) -> None:
    track(ann, going_on())
    tell_episodes()
    ann.notifications.all().delete()

    assert tell_episodes() == 0
    assert told(ann) == []


def test_what_is_added_later_on_the_day_is_told_by_itself(ann: User) -> None:
    show = going_on(4)
    track(ann, show)
    tell_episodes()
    make_episode(Season.objects.get(title=show), number=5, air_date=TODAY)
    tell_episodes()

    assert told(ann) == ["Dark goes on today: S2 E4", "Dark goes on today: S2 E5"]


@pytest.mark.parametrize("state", [State.PAUSED, State.DROPPED, State.PLANNED])
def test_who_does_not_watch_it_now_is_left_alone(ann: User, state: str) -> None:
    track(ann, going_on(), state=state)

    assert tell_episodes() == 0


def test_who_has_seen_nothing_of_it_is_left_alone(ann: User) -> None:
    track(ann, going_on(), seen=0)

    assert tell_episodes() == 0


def test_who_has_begun_it_anew_is_told(ann: User) -> None:
    track(ann, going_on(), seen=0, rewatch=1)

    assert tell_episodes() == 1


def test_who_has_seen_it_already_is_left_alone(ann: User) -> None:
    show = going_on()
    track(ann, show)
    Viewing.objects.create(
        user=ann,
        title=show,
        episode=Episode.objects.get(),
        watched_at=datetime.now(UTC),
        watched_on=TODAY,
    )

    assert tell_episodes() == 0


@pytest.mark.parametrize("days", [-1, 1])
def test_what_airs_on_another_day_is_not_told(ann: User, days: int) -> None:
    track(ann, going_on(day=TODAY + timedelta(days=days)))

    assert tell_episodes() == 0


@pytest.mark.parametrize(
    ("hour", "zone", "is_told"),
    [
        ("2026-11-20 10:30", "Pacific/Auckland", False),
        ("2026-11-20 11:30", "Pacific/Auckland", True),
        ("2026-11-21 07:30", "America/Los_Angeles", False),
        ("2026-11-21 08:30", "America/Los_Angeles", True),
        ("2026-11-21 00:30", "", True),
        ("2026-11-21 00:30", "Nowhere/Atall", True),
    ],
)
def test_the_day_is_the_members_own(ann: User, hour: str, zone: str, is_told: bool) -> None:
    ann.time_zone = zone
    ann.save()
    track(ann, going_on())
    with time_machine.travel(f"{hour}+00:00", tick=False):
        assert tell_episodes() == is_told


def test_specials_are_not_told(ann: User) -> None:
    track(ann, going_on(season=0))

    assert tell_episodes() == 0


@pytest.mark.parametrize("hidden", [Title, Season, Episode])
def test_what_tmdb_has_dropped_is_not_told(ann: User, hidden: Any) -> None:
    track(ann, going_on())
    hidden.objects.update(hidden_at=datetime.now(UTC))

    assert tell_episodes() == 0


@pytest.mark.parametrize(
    "values", [{"is_active": False}, {"leaves_at": datetime(2026, 12, 1, tzinfo=UTC)}]
)
def test_who_is_gone_is_not_told(ann: User, values: dict[str, Any]) -> None:
    track(ann, going_on())
    User.objects.filter(pk=ann.pk).update(**values)

    assert tell_episodes() == 0


def test_who_does_not_want_to_hear_of_it_does_not(ann: User) -> None:
    Choice.objects.create(user=ann, kind=Kind.EPISODE, is_on_site=False, mail=Mail.OFF)
    track(ann, going_on())
    tell_episodes()

    assert told(ann) == []


def test_it_is_said_in_the_members_language(ann: User) -> None:
    ann.language = "ru"
    ann.save()
    show = going_on()
    make_translation(show, "ru", name="Тьма")
    track(ann, show)
    tell_episodes()

    assert "Тьма" in told(ann)[0]


def test_a_worker_that_dies_has_told_all_or_nothing(
    ann: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    track(ann, going_on())

    def dies(**_: Any) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(reminding, "notify", dies)
        with pytest.raises(MemoryError):
            tell_episodes()

    assert not Reminder.objects.exists()
    assert tell_episodes() == 1


def test_who_is_to_be_told_nothing_costs_nothing(django_assert_num_queries: Any) -> None:
    for _ in range(5):
        track(make_user(), going_on(tmdb_id=make_title().tmdb_id))
    tell_episodes()

    # The zones, and the members of the one day.
    with django_assert_num_queries(2):
        tell_episodes()


def test_a_members_shows_are_asked_for_together(ann: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            tell_episodes()
        return len([q for q in asked if "accounts_" not in q["sql"]])

    track(ann, going_on())
    few = queries()
    for _ in range(4):
        track(ann, going_on(tmdb_id=make_title().tmdb_id))

    assert queries() - few < 4 * 3


def test_what_was_told_long_ago_is_forgotten_and_not_told_again(ann: User) -> None:
    track(ann, going_on())
    tell_episodes()
    with time_machine.travel("2028-01-01 12:00+00:00", tick=False):
        assert forget_old() == 1
        assert tell_episodes() == 0


# --- Streaming -----------------------------------------------------------------------------------
@pytest.fixture
def service() -> Provider:
    return make_offer(make_title(), name="Films at home").provider


def offer(title: Title, service: Provider, **values: Any) -> Offer:
    values = {"country": "DE", "kind": Offer.Kind.FLATRATE} | values
    return Offer.objects.create(title=title, provider=service, **values)


@pytest.fixture
def heat(ann: User, service: Provider) -> Title:
    film = make_title(name="Heat", tmdb_id=949)
    want(ann, film, added_at=LAST_YEAR)
    ann.providers.add(service)
    return film


@pytest.mark.parametrize("kind", [Offer.Kind.FLATRATE, Offer.Kind.FREE, Offer.Kind.ADS])
def test_a_wanted_title_that_comes_to_ones_service_is_told(
    ann: User, heat: Title, service: Provider, kind: str
) -> None:
    offer(heat, service, kind=kind)

    assert tell_streaming() == 1
    notice = ann.notifications.get()
    assert notice.text == "Heat, which is on your watchlist, is now on Films at home."
    assert notice.kind == Kind.STREAMING
    assert notice.url == "/movie/949-heat"


@pytest.mark.parametrize("values", [{"kind": "rent"}, {"kind": "buy"}, {"country": "US"}])
def test_what_costs_more_or_is_elsewhere_is_not(
    ann: User, heat: Title, service: Provider, values: dict[str, str]
) -> None:
    offer(heat, service, **values)

    assert tell_streaming() == 0


def test_a_service_that_one_does_not_have_is_not(ann: User, heat: Title) -> None:
    make_offer(heat, country="DE")

    assert tell_streaming() == 0


def test_who_has_named_no_country_is_where_the_site_is(
    ann: User, heat: Title, service: Provider
) -> None:
    ann.region = ""
    ann.save()
    offer(heat, service, country="US")

    assert tell_streaming() == 1


def test_it_is_told_once(ann: User, heat: Title, service: Provider) -> None:
    offer(heat, service)
    offer(heat, service, kind=Offer.Kind.ADS)
    tell_streaming()

    assert tell_streaming() == 0
    assert len(told(ann)) == 1


def test_it_is_told_again_once_it_was_gone_and_is_back(
    ann: User, heat: Title, service: Provider
) -> None:
    offer(heat, service)
    tell_streaming()
    ann.notifications.update(read_at=datetime.now(UTC))
    Offer.objects.filter(title=heat).delete()
    assert tell_streaming() == 0
    offer(heat, service)

    assert tell_streaming() == 1
    assert len(told(ann)) == 2


def test_taken_off_the_watchlist_and_put_back_it_is_no_news(
    ann: User, heat: Title, service: Provider
) -> None:
    offer(heat, service)
    tell_streaming()
    held = want(ann)
    held.items.all().delete()
    tell_streaming()
    want(ann, heat, added_at=LAST_YEAR)

    assert tell_streaming() == 0


def test_what_was_there_when_it_was_put_on_the_watchlist_is_no_news(
    ann: User, service: Provider
) -> None:
    ann.providers.add(service)
    film = make_title()
    offer(film, service)
    want(ann, film)

    assert tell_streaming() == 0
    with time_machine.travel("2026-12-21 12:00+00:00", tick=False):
        assert tell_streaming() == 0
    assert told(ann) == []


def test_another_service_is_told_by_itself(ann: User, heat: Title, service: Provider) -> None:
    offer(heat, service)
    tell_streaming()
    other = make_offer(heat, name="Mubi", country="DE").provider
    ann.providers.add(other)
    tell_streaming()

    assert told(ann)[-1].endswith("is now on Mubi.")


def test_two_services_at_once_are_one_sentence(ann: User, heat: Title, service: Provider) -> None:
    offer(heat, service)
    ann.providers.add(make_offer(heat, name="Mubi", country="DE").provider)
    tell_streaming()

    assert len(told(ann)) == 1
    assert told(ann)[0].endswith("is now on Films at home, Mubi.")


def test_who_has_a_new_service_is_not_told_of_each_title(ann: User, service: Provider) -> None:
    films = [make_title() for _ in range(6)]
    want(ann, *films, added_at=LAST_YEAR)
    for film in films:
        offer(film, service)
    ann.providers.add(service)

    tell_streaming()

    assert told(ann) == ["6 titles of your watchlist are on your streaming services now."]
    assert ann.notifications.get().url == "/watchlist"


@pytest.mark.parametrize("values", [{"hidden_at": datetime(2026, 1, 1, tzinfo=UTC)}])
def test_what_is_gone_from_tmdb_is_not_told(
    ann: User, heat: Title, service: Provider, values: dict[str, Any]
) -> None:
    offer(heat, service)
    Title.objects.filter(pk=heat.pk).update(**values)

    assert tell_streaming() == 0


def test_what_only_waits_for_approval_is_not(ann: User, service: Provider) -> None:
    film = make_title()
    want(ann, film, added_at=LAST_YEAR, is_accepted=False)
    ann.providers.add(service)
    offer(film, service)

    assert tell_streaming() == 0


def test_members_without_news_cost_nothing(
    service: Provider, django_assert_num_queries: Any
) -> None:
    film = make_title()
    for _ in range(5):
        member = make_user(region="DE")
        want(member, film, added_at=LAST_YEAR)
        member.providers.add(service)
    offer(film, service)
    assert tell_streaming() == 5

    # What is gone, and who has news.
    with django_assert_num_queries(2):
        tell_streaming()


# --- Two workers ---------------------------------------------------------------------------------
@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_once() -> None:
    ann = make_user(region="DE")
    for _ in range(10):
        track(ann, going_on(tmdb_id=make_title().tmdb_id))

    def work() -> None:
        tell_episodes()
        connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert ann.notifications.count() == Reminder.objects.count() == 10

"""Pictures that are here before anybody asks, and what is made of one behind."""

import re
import time
from collections.abc import Iterator
from typing import Any

import pytest
import responses
from celery.exceptions import Retry

from catalog import tasks
from catalog.mirror import ahead, circuit, figures
from catalog.mirror.bringing import Wanted, bring
from catalog.mirror.keeping import enter
from catalog.mirror.sizes import PLANS, Role
from catalog.models import Picture, PictureFile
from cinehub.work import live
from cinehub.work.models import Claim
from tests.catalog.mirror.pictures import HOST, picture
from tests.make import make_chart, make_title

pytestmark = pytest.mark.django_db

ANY = re.compile(rf"{HOST}/.*")


@pytest.fixture(autouse=True)
def few_at_once(settings: Any) -> None:
    settings.MIRROR_AT_ONCE = 4


@pytest.fixture
def host(with_key: None) -> Iterator[responses.RequestsMock]:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def kind_host(host: responses.RequestsMock) -> responses.RequestsMock:
    """It has whatever it is asked for; small, as there is a lot of it."""
    host.get(ANY, body=picture(size=(92, 138)))
    return host


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What open pages hear of."""
    heard: list[Any] = []
    monkeypatch.setattr(live, "publish", lambda *args, **facts: heard.append((*args, facts)))
    return heard


def sizes_of(path: str) -> set[str]:
    return set(PictureFile.objects.filter(picture__path=path).values_list("size", flat=True))


def asked(host: responses.RequestsMock) -> list[str]:
    return [str(call.request.url).removeprefix(HOST) for call in host.calls]


# --- One picture ----------------------------------------------------------------------------------
def test_all_sizes_of_its_role_are_made_of_one_fetch(kind_host: responses.RequestsMock) -> None:
    tasks.finish_picture(path="/a.jpg", size="w342")
    assert sizes_of("/a.jpg") == set(PLANS[Role.POSTER].sizes)
    assert asked(kind_host) == ["/w780/a.jpg"]


def test_what_a_reader_had_fetched_is_not_fetched_again(kind_host: responses.RequestsMock) -> None:
    enter([bring(Wanted("/a.jpg", sizes=("w342",), guess=Role.POSTER), keep_source=True)])
    assert sizes_of("/a.jpg") == {"w342", "source"}

    tasks.finish_picture(path="/a.jpg", size="w342")

    assert sizes_of("/a.jpg") == set(PLANS[Role.POSTER].sizes)
    assert asked(kind_host) == ["/w780/a.jpg"]


def test_done_twice_it_is_done_once(kind_host: responses.RequestsMock) -> None:
    for _ in range(2):
        tasks.finish_picture(path="/a.jpg", size="w342")
    assert len(kind_host.calls) == 1


@pytest.mark.parametrize(
    ("box", "size", "role"),
    [
        ((780, 1170), "w342", Role.POSTER),
        ((780, 439), "w300", Role.STILL),
        ((1280, 720), "w1280", Role.BACKDROP),
        ((421, 632), "h632", Role.PORTRAIT),
        ((780, 439), "w780", Role.STILL),
        ((780, 1170), "w1280", Role.POSTER),
        ((500, 500), "w92", Role.LOGO),
        ((500, 750), "w185", ""),
    ],
)
def test_what_a_picture_is_shows_in_what_is_asked_for_and_in_its_shape(
    host: responses.RequestsMock, box: tuple[int, int], size: str, role: str
) -> None:
    host.get(ANY, body=picture(size=box))
    tasks.finish_picture(path="/a.jpg", size=size)
    assert Picture.objects.get().role == role
    assert size in sizes_of("/a.jpg")


def test_a_portrait_is_not_made_into_posters(host: responses.RequestsMock) -> None:
    host.get(ANY, body=picture(size=(500, 750)))
    tasks.finish_picture(path="/a.jpg", size="w185")
    assert sizes_of("/a.jpg") == {"w185"}


def test_a_larger_size_than_was_fetched_is_fetched(kind_host: responses.RequestsMock) -> None:
    tasks.finish_picture(path="/a.jpg", size="w342")
    tasks.finish_picture(path="/a.jpg", size="w1280")
    assert asked(kind_host) == ["/w780/a.jpg", "/w1280/a.jpg"]
    assert "w1280" in sizes_of("/a.jpg")


def test_what_is_known_to_be_missing_is_left_alone(kind_host: responses.RequestsMock) -> None:
    kind_host.replace("GET", ANY, status=404)
    for _ in range(2):
        tasks.finish_picture(path="/a.jpg", size="w342")
    assert len(kind_host.calls) == 1


def test_pages_that_wait_for_their_first_picture_are_told(
    kind_host: responses.RequestsMock, told: list[Any]
) -> None:
    make_title(tmdb_id=603, poster_path="/a.jpg")
    make_title(kind="tv", tmdb_id=7, backdrop_path="/a.jpg")
    make_title(tmdb_id=9, poster_path="/b.jpg")
    for _ in range(2):
        tasks.finish_picture(path="/a.jpg", size="w342")
    assert told == [
        ("title.movie.603", "picture", {"path": "/a.jpg"}),
        ("title.tv.7", "picture", {"path": "/a.jpg"}),
    ]


def test_a_host_that_is_away_is_tried_again_later(host: responses.RequestsMock) -> None:
    host.get(ANY, status=503)
    with pytest.raises(Retry):
        tasks.finish_picture.apply(kwargs={"path": "/a.jpg", "size": "w342"}, throw=True)
    assert not Picture.objects.exists()


def test_while_it_is_known_to_be_away_it_is_not_even_asked(
    kind_host: responses.RequestsMock,
) -> None:
    Claim.objects.hold(circuit.AWAY, seconds=60)
    with pytest.raises(Retry):
        tasks.finish_picture.apply(kwargs={"path": "/a.jpg", "size": "w342"}, throw=True)
    assert len(kind_host.calls) == 0


# --- Many -----------------------------------------------------------------------------------------
def test_the_charts_pictures_are_here_ahead(kind_host: responses.RequestsMock) -> None:
    make_chart(make_title(poster_path="/p.jpg", backdrop_path="/b.jpg"), make_title())
    make_title(poster_path="/other.jpg")

    tasks.mirror_ahead()

    assert sizes_of("/p.jpg") == set(PLANS[Role.POSTER].sizes)
    assert sizes_of("/b.jpg") == set(PLANS[Role.BACKDROP].sizes)
    assert sorted(asked(kind_host)) == ["/w1280/b.jpg", "/w780/p.jpg"]
    assert figures()["mirror.backlog"] == 0


def test_what_is_here_is_not_brought_again(kind_host: responses.RequestsMock) -> None:
    make_chart(make_title(poster_path="/p.jpg"))
    for _ in range(2):
        ahead.want_charts()
        ahead.mirror(ahead.backlog())
    assert len(kind_host.calls) == 1


def test_one_worker_at_a_time_looks_after_the_charts(kind_host: responses.RequestsMock) -> None:
    make_chart(make_title(poster_path="/p.jpg"))
    Claim.objects.take("mirror ahead", seconds=60)
    tasks.mirror_ahead()
    assert len(kind_host.calls) == 0


def test_pictures_of_titles_that_others_name_are_brought(kind_host: responses.RequestsMock) -> None:
    make_title(tmdb_id=603, poster_path="/p.jpg")
    make_title(kind="tv", tmdb_id=603, poster_path="/other.jpg")
    tasks.mirror_titles(refs=[["movie", 603], ["movie", 999]])
    assert sizes_of("/p.jpg")
    assert not sizes_of("/other.jpg")


def wanted(*names: str) -> list[Wanted]:
    return [Wanted(f"/{name}.jpg", Role.POSTER) for name in names]


def test_each_is_counted_as_what_became_of_it(host: responses.RequestsMock) -> None:
    host.get(f"{HOST}/w780/good.jpg", body=picture())
    host.get(f"{HOST}/w780/gone.jpg", status=404)
    host.get(f"{HOST}/w780/busy.jpg", status=503)
    ticks: list[int] = []
    outcome = ahead.mirror(wanted("good", "gone", "busy"), tick=lambda: ticks.append(1))
    assert (outcome.brought, outcome.missing, outcome.failed) == (1, 1, 1)
    assert outcome.bytes == sum(PictureFile.objects.values_list("bytes", flat=True))
    assert len(ticks) == 3


def test_what_failed_stays_wanted_and_what_is_missing_does_not(
    host: responses.RequestsMock,
) -> None:
    make_chart(make_title(poster_path="/busy.jpg"), make_title(poster_path="/gone.jpg"))
    host.get(f"{HOST}/w780/gone.jpg", status=404)
    host.get(f"{HOST}/w780/busy.jpg", status=503)
    tasks.mirror_ahead()
    assert [picture.path for picture in Picture.objects.wanted()] == ["/busy.jpg"]


def test_a_host_that_is_away_is_left_in_peace(host: responses.RequestsMock) -> None:
    host.get(ANY, status=503)
    outcome = ahead.mirror(wanted(*(f"p{number}" for number in range(100))))
    assert outcome.is_cut_short
    assert len(host.calls) <= circuit.FAILURES_IN_A_ROW + 4


def test_when_the_time_is_up_what_was_brought_is_kept(kind_host: responses.RequestsMock) -> None:
    outcome = ahead.mirror(wanted("a", "b"), until=time.monotonic() - 1)
    assert outcome.is_cut_short
    assert len(kind_host.calls) == 0


def test_told_to_end_it_brings_no_more(
    kind_host: responses.RequestsMock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker has not the fifty minutes that this may take."""
    monkeypatch.setattr(ahead, "is_ending", lambda: len(kind_host.calls) > 5)
    outcome = ahead.mirror(wanted(*(f"p{number}" for number in range(100))))
    assert outcome.is_cut_short
    assert outcome.brought == len(kind_host.calls) < 20


def test_interrupted_it_keeps_what_it_had(kind_host: responses.RequestsMock) -> None:
    def stop() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ahead.mirror(wanted(*(f"p{number}" for number in range(40))), tick=stop)
    assert Picture.objects.filter(seen_at__isnull=False).exists()
    assert len(kind_host.calls) < 40


def test_no_more_are_asked_for_at_once_than_was_said(kind_host: responses.RequestsMock) -> None:
    taken: list[str] = []

    def source() -> Iterator[Wanted]:
        for each in wanted(*(f"p{number}" for number in range(30))):
            taken.append(each.path)
            yield each

    done: list[int] = []

    def tick() -> None:
        done.append(len(taken) - len(done))

    ahead.mirror(source(), tick=tick)
    assert len(done) == 30
    assert max(done) <= 4 + 1


def test_queries_do_not_grow_with_pictures_of_a_batch(
    kind_host: responses.RequestsMock, django_assert_max_num_queries: Any
) -> None:
    brought = [bring(each) for each in wanted(*(f"p{number}" for number in range(20)))]
    with django_assert_max_num_queries(8):
        enter(brought)

"""manage.py mirror."""

import re
import signal
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import responses
from django.core.management import CommandError, call_command

from catalog.mirror import everything, shelf
from catalog.mirror.sizes import PLANS, Role
from catalog.models import Picture, PictureFile
from tests.catalog.mirror.pictures import HOST, picture
from tests.make import (
    make_chart,
    make_episode,
    make_person,
    make_season,
    make_show,
    make_title,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("with_key")]


@pytest.fixture
def host(with_key: None) -> Any:
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.get(re.compile(rf"{HOST}/.*"), body=picture(size=(92, 138)))
        yield mock


def mirror(*arguments: str) -> str:
    out = StringIO()
    call_command("mirror", *arguments, stdout=out)
    return out.getvalue()


def paths() -> set[str]:
    return set(Picture.objects.filter(seen_at__isnull=False).values_list("path", flat=True))


def test_the_charts(host: responses.RequestsMock) -> None:
    make_chart(make_title(poster_path="/p.jpg", backdrop_path="/b.jpg"))
    make_title(poster_path="/other.jpg")
    assert mirror("--charts").startswith("2 brought (0.0 MB), 0 not to be had")
    assert paths() == {"/p.jpg", "/b.jpg"}


def test_these_titles(host: responses.RequestsMock) -> None:
    make_title(tmdb_id=603, poster_path="/p.jpg")
    make_show(tmdb_id=603, poster_path="/tv.jpg")
    make_show(tmdb_id=604, poster_path="/other.jpg")
    mirror("--title", "movie/603", "tv/603")
    assert paths() == {"/p.jpg", "/tv.jpg"}


def test_all_that_is_held_in_full(host: responses.RequestsMock) -> None:
    show = make_show(poster_path="/p.jpg", backdrop_path="/b.jpg")
    season = make_season(show, poster_path="/s.jpg")
    make_episode(season, still_path="/e.jpg")
    make_person(profile_path="/person.jpg")
    make_title(poster_path="/stub.jpg", details_at=None)
    mirror("--all")
    assert paths() == {"/p.jpg", "/b.jpg", "/s.jpg", "/e.jpg", "/person.jpg"}
    roles = dict(Picture.objects.values_list("path", "role"))
    assert roles["/person.jpg"] == Role.PORTRAIT
    assert roles["/e.jpg"] == Role.STILL


def test_done_again_it_asks_for_nothing(host: responses.RequestsMock) -> None:
    make_chart(make_title(poster_path="/p.jpg"))
    mirror("--charts")
    assert mirror("--charts").startswith("0 brought")
    assert len(host.calls) == 1


def test_these_sizes_alone(host: responses.RequestsMock) -> None:
    make_title(tmdb_id=603, poster_path="/p.jpg")
    mirror("--title", "movie/603", "--sizes", "w92", "w154")
    assert set(PictureFile.objects.values_list("size", flat=True)) == {"w92", "w154"}
    assert set(PLANS[Role.POSTER].sizes) > {"w92", "w154"}


def test_what_is_not_to_be_had_is_counted(host: responses.RequestsMock) -> None:
    host.replace("GET", re.compile(rf"{HOST}/.*"), status=404)
    make_chart(make_title(poster_path="/p.jpg"))
    assert "1 not to be had" in mirror("--charts")


def test_a_host_that_is_away_is_said_to_be(host: responses.RequestsMock) -> None:
    host.replace("GET", re.compile(rf"{HOST}/.*"), status=503)
    make_chart(*(make_title(poster_path=f"/p{n}.jpg") for n in range(30)))
    with pytest.raises(CommandError, match="does not answer"):
        mirror("--charts")


@pytest.mark.parametrize("which", ["--charts", "--all"])
def test_ctrl_c_ends_it_in_order(which: str, with_key: None) -> None:
    """What is under way is done and written down, and the rest is for the next time."""
    make_chart(*(make_title(poster_path=f"/p{n}.jpg") for n in range(60)))

    asked: list[Any] = []

    def press(request: Any) -> tuple[int, dict[str, str], bytes]:
        asked.append(request)
        if len(asked) == 10:
            signal.raise_signal(signal.SIGINT)
        return 200, {}, picture(size=(92, 138))

    with responses.RequestsMock() as mock:
        mock.add_callback("GET", re.compile(rf"{HOST}/.*"), callback=press)
        with pytest.raises(CommandError, match=r"^Interrupted: \d+ brought .* stays") as ended:
            mirror(which)

    assert ended.value.returncode == 130
    brought = int(str(ended.value).split()[1])
    assert len(paths()) == brought == len(asked) < 60
    assert Picture.objects.wanted().count() == 60 - brought


def test_ctrl_c_while_it_looks_for_what_there_is_ends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def rows() -> Iterator[int]:
        signal.raise_signal(signal.SIGINT)
        yield 1
        pytest.fail("nobody wants more")

    monkeypatch.setattr(everything, "want_everything", rows)
    with pytest.raises(CommandError, match="Interrupted: 0 brought"):
        mirror("--all")


def test_it_stops_where_the_quota_is_full(host: responses.RequestsMock, settings: Any) -> None:
    settings.MIRROR_QUOTA = 1
    held = Picture.objects.create(path="/held.jpg")
    PictureFile.objects.create(
        picture=held, size="w92", digest="0" * 64, bytes=1_000_001, width=1, height=1
    )
    make_chart(make_title(poster_path="/p.jpg"))
    with pytest.raises(CommandError, match="MIRROR_QUOTA"):
        mirror("--charts")
    assert len(host.calls) == 0


@pytest.mark.parametrize("wrong", [["movie-603"], ["film/603"], ["movie/x"], ["603"]])
def test_what_is_no_title_is_said_to_be_none(wrong: list[str]) -> None:
    with pytest.raises(CommandError, match="movie/603"):
        mirror("--title", *wrong)


def test_one_has_to_say_which() -> None:
    with pytest.raises(CommandError, match="one of the arguments"):
        mirror()


def test_rows_and_files_are_made_to_agree(host: responses.RequestsMock) -> None:
    make_title(tmdb_id=603, poster_path="/p.jpg")
    mirror("--title", "movie/603")
    shelf.drop(PictureFile.objects.get(size="w92").digest)
    shelf.put(b"alone")
    assert "1 files without a row" in mirror("--reconcile")
    assert not PictureFile.objects.filter(size="w92").exists()
    assert mirror("--reconcile").startswith("0 rows without a file, 0 files")

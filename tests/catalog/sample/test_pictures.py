"""Pictures that are drawn when they are asked for, and what is not there."""

from io import BytesIO
from pathlib import Path

import pytest
import requests
from PIL import Image

from catalog.tmdb.sample import SampleAdapter, holdings
from tests.catalog.sample.asking import IMAGES, NOT_FOUND, TODAY, Get, get_from, session_on


@pytest.mark.parametrize(
    ("size", "shape", "width"),
    [
        ("w500", "poster", 500),
        ("original", "poster", 1000),
        ("w780", "backdrop", 780),
        ("original", "backdrop", 1920),
        ("h632", "portrait", 421),
        ("original", "portrait", 600),
        ("w300", "still", 300),
        ("w92", "logo", 92),
    ],
)
def test_a_picture_is_as_wide_as_asked(
    session: requests.Session,
    get: Get,
    bundled: holdings.Holdings,
    size: str,
    shape: str,
    width: int,
) -> None:
    show = get(f"tv/{next(iter(bundled.shows))}")
    path = {
        "poster": show["poster_path"],
        "backdrop": show["backdrop_path"],
        "portrait": f"/person-{next(iter(bundled.people))}-portrait.jpg",
        "still": show["last_episode_to_air"]["still_path"],
        "logo": f"/provider-{next(iter(bundled.providers))}-logo.png",
    }[shape]
    answer = session.get(f"{IMAGES}/{size}{path}", timeout=5)
    picture = Image.open(BytesIO(answer.content))
    picture.load()
    assert answer.headers["Content-Type"] == ("image/png" if shape == "logo" else "image/jpeg")
    assert picture.format == ("PNG" if shape == "logo" else "JPEG")
    assert picture.width == width


def test_every_image_a_show_names_can_be_drawn(
    session: requests.Session, get: Get, bundled: holdings.Holdings
) -> None:
    show = get(f"tv/{next(iter(bundled.shows))}", append_to_response="images,season/1")
    paths = [row["file_path"] for rows in show["images"].values() for row in rows]
    paths += [season["poster_path"] for season in show["seasons"]]
    paths += [network["logo_path"] for network in show["networks"]]
    for path in paths:
        assert session.get(f"{IMAGES}/w92{path}", timeout=5).status_code == 200, path


@pytest.mark.parametrize(
    "path",
    [
        "movie/999999999",
        "tv/999999999",
        "person/999999999",
        "collection/999999999",
        "movie/abc",
        "movie/7/nonsense",
        "tv/9/season/77",
        "tv/9/season/1/episode/0",
        "trending/nobody/day",
        "nonsense",
    ],
)
def test_what_is_not_there_is_not_found(tiny: Path, path: str) -> None:
    assert get_from(tiny)(path, status=404) == NOT_FOUND


@pytest.mark.parametrize(
    "path",
    [
        "w500/movie-999999999-poster.jpg",
        "w500/movie-7-portrait.jpg",
        "w500/tv-9-season-5-poster.jpg",
        "w500/episode-901001-still.jpg",
        "w0/movie-7-poster.jpg",
        "enormous/movie-7-poster.jpg",
        "w500/7.jpg",
    ],
)
def test_a_picture_of_nothing_is_not_found(tiny: Path, path: str) -> None:
    answer = session_on(SampleAdapter(tiny, TODAY)).get(f"{IMAGES}/{path}", timeout=5)
    assert answer.status_code == 404

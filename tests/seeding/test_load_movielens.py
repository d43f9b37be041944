"""MovieLens's people as members, from files as it publishes them."""

import gzip
import os
from datetime import date
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from lists.models import Viewing
from reviews.models import Rating, Tally
from tests.make import make_show, make_title

pytestmark = pytest.mark.django_db

LINKS = """movieId,imdbId,tmdbId
1,0114709,862
2,0113497,8844
3,0000000,
4,0114709,862
5,0000001,1396
"""
RATINGS = """userId,movieId,rating,timestamp
1,1,4.0,964982703
1,2,0.5,964981247
1,3,3.0,964982224
1,4,2.0,964982224
2,1,5.0,1445714835
2,5,5.0,1445714835
3,2,3.5,1445714835
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One plain and one packed."""
    (tmp_path / "links.csv").write_text(LINKS)
    with gzip.open(tmp_path / "ratings.csv.gz", "wt") as file:
        file.write(RATINGS)
    return tmp_path


@pytest.fixture
def catalogue() -> None:
    make_title(tmdb_id=862, name="Toy Story")
    make_title(tmdb_id=8844, name="Jumanji")
    # Of the same number as a film that is not held.
    make_show(tmdb_id=1396)


def loaded(folder: Path, **values: object) -> str:
    said = StringIO()
    call_command("load_movielens", str(folder), stdout=said, **values)
    return said.getvalue().strip()


def test_people_become_members_with_ratings_and_viewings(folder: Path, catalogue: None) -> None:
    said = loaded(folder)

    given = Rating.objects.order_by("user__username", "title__name")
    assert list(given.values_list("user__username", "title__name", "value")) == [
        ("movielens-1", "Jumanji", Decimal(1)),
        ("movielens-1", "Toy Story", Decimal(8)),
        ("movielens-2", "Toy Story", Decimal(10)),
        ("movielens-3", "Jumanji", Decimal(7)),
    ]
    assert said == (
        "3 members, 4 ratings and 4 viewings are new, of 2 titles. 2 ratings were of films that"
        " are not in the catalogue."
    )


def test_a_film_was_watched_on_the_day_of_its_rating(folder: Path, catalogue: None) -> None:
    loaded(folder)

    viewing = Viewing.objects.get(user__username="movielens-2")
    assert (viewing.watched_on, viewing.precision) == (date(2015, 10, 24), "day")


def test_averages_are_of_all_that_was_loaded(folder: Path, catalogue: None) -> None:
    loaded(folder)

    tally = Tally.objects.get(title__name="Toy Story")
    assert (tally.count, tally.average) == (2, Decimal(9))
    assert (tally.histogram[15], tally.histogram[19]) == (1, 1)


def test_a_second_time_adds_nothing(folder: Path, catalogue: None) -> None:
    loaded(folder)

    assert loaded(folder).startswith("3 members, 0 ratings and 0 viewings are new")
    assert User.objects.count() == 3


def test_so_many_are_loaded_as_were_asked_for(folder: Path, catalogue: None) -> None:
    loaded(folder, users=1)

    assert list(User.objects.values_list("username", flat=True)) == ["movielens-1"]


@pytest.mark.parametrize("lacking", ["links.csv", "ratings.csv.gz"])
def test_a_file_that_is_not_there_is_named(folder: Path, catalogue: None, lacking: str) -> None:
    (folder / lacking).unlink()

    with pytest.raises(CommandError, match=lacking.removesuffix(".gz")):
        loaded(folder)


@pytest.mark.skipif(not os.environ.get("MOVIELENS"), reason="needs MovieLens: name its folder")
def test_what_movielens_publishes_can_be_read(catalogue: None) -> None:
    said = loaded(Path(os.environ["MOVIELENS"]), users=20)

    assert said.startswith("20 members, ")
    assert Rating.objects.filter(title__name="Toy Story").exists()

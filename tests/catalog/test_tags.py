"""Pictures and numbers as pages show them."""

import json
import re
from datetime import date

import pytest
from django.template import Context, Template
from django.utils.translation import override

from catalog.mirror.sizes import SIZES
from catalog.models import Collection, Episode, Person, Provider, Season, Title
from catalog.templatetags.catalog import minutes, score


def render(tag: str, **context: object) -> str:
    return Template("{% load catalog %}" + tag).render(Context(context))


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (0, ""),
        (1, "1 min"),
        (45, "45 min"),
        (60, "1 h"),
        (61, "1 h 1 min"),
        (136, "2 h 16 min"),
        (600, "10 h"),
    ],
)
def test_a_runtime_is_in_hours_and_minutes(value: int | None, words: str) -> None:
    assert minutes(value) == words


@pytest.mark.parametrize(
    ("value", "words"), [(None, "–"), (0, "–"), (8.2, "8.2"), (10.0, "10.0"), (7.25, "7.2")]
)
def test_a_score_has_one_decimal(value: float | None, words: str) -> None:
    assert score(value) == words


def test_a_score_is_written_as_the_reader_writes_numbers() -> None:
    with override("de"):
        assert score(8.2) == "8,2"


@pytest.mark.parametrize(
    ("value", "words"), [(None, ""), (0, ""), (1, "1 episode"), (2, "2 episodes")]
)
def test_episodes_are_counted(value: int | None, words: str) -> None:
    assert render("{{ value|episodes }}", value=value) == words


@pytest.mark.parametrize(
    ("tag", "thing"),
    [
        ("{% poster thing %}", Title(name="Heat", poster_path="/abc.jpg")),
        ("{% poster thing %}", Season(name="One", poster_path="/abc.jpg")),
        ("{% poster thing %}", Collection(name="All", poster_path="/abc.jpg")),
        ("{% backdrop thing %}", Title(name="Heat", backdrop_path="/abc.jpg")),
        ("{% still thing %}", Episode(number=1, still_path="/abc.jpg")),
        ("{% portrait thing %}", Person(name="Al", profile_path="/abc.jpg")),
        ("{% logo thing %}", Provider(name="Filmhaus", logo_path="/abc.jpg")),
    ],
)
def test_a_picture_is_our_own_and_its_place_is_reserved(tag: str, thing: object) -> None:
    image = render(tag, thing=thing)

    assert re.search(r'src="/picture/\w+/abc\.jpg"', image)
    assert re.search(r'width="\d+" height="\d+"', image)
    assert 'alt="' in image
    assert "http" not in image


def test_a_poster_comes_in_the_sizes_that_tmdb_has() -> None:
    image = render("{% poster thing %}", thing=Title(name="Heat", poster_path="/abc.jpg"))

    assert re.findall(r"/picture/(\w+)/abc\.jpg \d+w", image) == ["w154", "w185", "w342", "w500"]


def test_a_still_comes_in_sizes_that_the_shelf_has() -> None:
    image = render("{% still thing %}", thing=Episode(number=1, still_path="/abc.jpg"))

    sizes = re.findall(r"/picture/(\w+)/abc\.jpg \d+w", image)
    assert sizes == ["w185", "w300", "w780", "w1280"]
    assert set(sizes) <= set(SIZES)


def test_where_there_is_no_still_there_is_the_number() -> None:
    assert ">12<" in render("{% still thing %}", thing=Episode(number=12))


def test_what_is_told_to_machines_cannot_end_its_script() -> None:
    told = {"name": "</script><!--&", "day": date(1999, 3, 31)}

    script = render("{% json_ld told %}", told=told)

    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&") & set(inside)
    assert json.loads(inside) == {"name": "</script><!--&", "day": "1999-03-31"}


def test_only_the_picture_that_one_sees_first_is_fetched_at_once() -> None:
    title = Title(name="Heat", poster_path="/abc.jpg")

    assert 'loading="lazy"' in render("{% poster thing %}", thing=title)
    assert 'loading="lazy"' not in render("{% poster thing eager=True %}", thing=title)


@pytest.mark.parametrize(
    ("tag", "thing"),
    [
        ("{% poster thing %}", Title(name="<b>Heat")),
        ("{% poster thing %}", Season(name="<b>Heat")),
        ("{% logo thing %}", Provider(name="<b>Heat")),
    ],
)
def test_where_there_is_no_picture_there_is_the_name(tag: str, thing: object) -> None:
    words = render(tag, thing=thing)

    assert "&lt;b&gt;Heat" in words
    assert "<img" not in words


def test_where_there_is_no_portrait_there_is_an_initial() -> None:
    assert ">A<" in render("{% portrait thing %}", thing=Person(name="Al Pacino"))


def test_without_a_backdrop_there_is_nothing() -> None:
    assert render("{% backdrop thing %}", thing=Title(name="Heat")) == ""


def test_a_path_from_tmdb_cannot_leave_its_attribute() -> None:
    image = render("{% poster thing %}", thing=Title(name="x", poster_path='/a"onerror="b.jpg'))

    assert '"onerror="' not in image

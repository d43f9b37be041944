"""Ratings are shown and given on the scale that each reader has chosen."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from accounts.models import RatingScale
from reviews import scales
from reviews.templatetags.ratings import in_figures, in_words, on_scale
from tests.make import make_user

TEN, STARS, HUNDRED = RatingScale.TEN, RatingScale.STARS, RatingScale.HUNDRED


@pytest.mark.parametrize(
    ("value", "ten", "stars", "hundred"),
    [
        ("0.5", "0.5", "½", "5"),
        ("1", "1", "½", "10"),
        ("5", "5", "★★½", "50"),
        ("8", "8", "★★★★", "80"),
        ("8.5", "8.5", "★★★★½", "85"),
        ("10", "10", "★★★★★", "100"),
    ],
)
def test_a_rating_is_shown_on_every_scale(value: str, ten: str, stars: str, hundred: str) -> None:
    given = Decimal(value)

    assert [scales.on_scale(given, scale) for scale in (TEN, STARS, HUNDRED)] == [
        ten,
        stars,
        hundred,
    ]


@pytest.mark.parametrize(
    ("scale", "said"), [(TEN, "8.5 of 10"), (STARS, "4.3 of 5"), (HUNDRED, "85 of 100")]
)
def test_a_rating_is_said_on_every_scale(scale: RatingScale, said: str) -> None:
    assert scales.in_words(Decimal("8.5"), scale) == said


@pytest.mark.parametrize(("scale", "shown"), [(TEN, "7.8"), (STARS, "3.9"), (HUNDRED, "78")])
def test_an_average_is_shown_to_one_place(scale: RatingScale, shown: str) -> None:
    assert scales.in_figures(Decimal("7.8342"), scale) == shown


def test_numbers_are_written_as_in_the_readers_language() -> None:
    with translation.override("de"):
        assert scales.on_scale(Decimal("8.5"), TEN) == "8,5"


@pytest.mark.parametrize(("scale", "count"), [(TEN, 20), (STARS, 10), (HUNDRED, 20)])
def test_a_scale_has_its_steps(scale: RatingScale, count: int) -> None:
    steps = scales.steps(scale)

    assert len(steps) == count
    assert steps[-1].value == 10


def test_five_stars_count_what_lies_between_two_of_them() -> None:
    histogram = [0] * 20
    histogram[15], histogram[16], histogram[17] = 1, 2, 4

    counted = {step.value: count for step, count in scales.bars(histogram, STARS) if count}

    assert counted == {Decimal(8): 1, Decimal(9): 6}


@pytest.mark.django_db
def test_templates_ask_who_reads() -> None:
    ann, nobody = make_user(rating_scale=STARS), AnonymousUser()

    assert (on_scale(Decimal(8), ann), on_scale(Decimal(8), nobody)) == ("★★★★", "8")
    assert (in_words(Decimal(8), ann), in_words(Decimal(8), nobody)) == ("4 of 5", "8 of 10")
    assert (in_figures(Decimal(8), ann), in_figures(Decimal(8), nobody)) == ("4", "8")
    assert on_scale(None, ann) == in_words(None, ann) == in_figures(None, ann) == ""

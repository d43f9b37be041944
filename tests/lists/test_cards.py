"""What a card says of its title to a member, and what they can do from there."""

from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.models import Title
from catalog.templatetags.cards import cards
from cinehub.kit.own import Own
from lists import keeping
from lists.watching import When, watch
from reviews.rating import rate
from tests.make import make_chart, make_episode, make_season, make_show, make_title, make_user
from tests.read import text

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


def seen_by(member: User | None, *titles: Title) -> str:
    """The cards, as this reader gets them."""
    request = RequestFactory().get("/")
    request.user = member or AnonymousUser()
    answer = Own(lambda request: HttpResponse(cards(titles)))(request)
    return unescape(answer.content.decode())


def mark(page: str) -> str:
    start = page.find('<p class="own-mark">')
    return text(page[start : page.index("</p>", start)]) if start >= 0 else ""


def show_of(*days: date) -> Title:
    show = make_show()
    season = make_season(show)
    for number, day in enumerate(days, 1):
        make_episode(season, number=number, air_date=day)
    return show


def test_a_visitor_s_card_has_nothing_to_press() -> None:
    page = seen_by(None, make_title())

    assert "own-" not in page


def test_what_is_on_the_watchlist_says_so(ann: User) -> None:
    film = make_title()
    keeping.add(keeping.watchlist(ann), film, by=ann)

    page = seen_by(ann, film)

    assert mark(page) == "On your watchlist"
    assert 'data-deed="bookmark"' in page
    assert page.count('aria-pressed="true"') == 1


def test_what_is_on_another_list_is_not_on_the_watchlist(ann: User) -> None:
    film = make_title()
    keeping.add(keeping.favorites(ann), film, by=ann)

    assert mark(seen_by(ann, film)) == ""


def test_a_film_that_was_watched_is_seen(ann: User) -> None:
    film = make_title()
    watch(ann, film, when=When.unknown())

    assert mark(seen_by(ann, film)) == "Seen"


def test_a_show_that_was_begun_says_how_far(ann: User) -> None:
    show = show_of(date(2020, 1, 1), date(2020, 1, 8), date(2020, 1, 15))
    watch(ann, show, episode=show.seasons.get().episodes.get(number=1), when=When.unknown())

    assert "1 of 3 episodes seen" in mark(seen_by(ann, show))


def test_a_show_is_seen_as_far_as_it_has_aired(ann: User) -> None:
    show = show_of(date(2020, 1, 1), date(2999, 1, 1))
    watch(ann, show, episode=show.seasons.get().episodes.get(number=1), when=When.unknown())

    assert mark(seen_by(ann, show)) == "Seen"


def test_only_specials_of_a_show_do_not_make_it_seen(ann: User) -> None:
    show = show_of(date(2020, 1, 1))
    special = make_episode(make_season(show, number=0), number=1, air_date=date(2020, 1, 2))
    watch(ann, show, episode=special, when=When.unknown())

    assert mark(seen_by(ann, show)) == ""


def test_what_others_keep_and_watch_is_not_mine(ann: User) -> None:
    film, bob = make_title(), make_user()
    keeping.add(keeping.watchlist(bob), film, by=bob)
    watch(bob, film, when=When.unknown())

    assert mark(seen_by(ann, film)) == ""


def test_my_rating_stands_on_the_card(ann: User) -> None:
    film = make_title()
    rate(ann, title=film, value=Decimal(8))

    assert f'data-own="stars-{film.pk}"' in seen_by(ann, film)


def test_whatever_a_title_is_called_its_buttons_are_named_after_it(ann: User) -> None:
    film = make_title(name='"<b>|--> & more')

    page = seen_by(ann, film)

    assert '"<b>|--> & more: seen' in page
    assert "<b>|" not in page.replace('"<b>|--> & more', "")


def test_many_cards_cost_no_more_questions_than_few(client: Client, ann: User) -> None:
    client.force_login(ann)
    make_chart(*[make_title() for _ in range(3)], name="popular")
    make_chart(*[make_title() for _ in range(20)], name="top_rated")

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    assert cost("/charts/movie/top-rated") == cost("/charts/movie/popular")

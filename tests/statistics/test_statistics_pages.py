"""The pages that tell what a history comes to, and for whom they are."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Audience, Block, Follow, RatingScale, User
from catalog.models import Title
from lists.models import Viewing
from lists.when import When
from reviews.models import Rating, Tally
from tests.make import (
    make_credit,
    make_episode,
    make_genre,
    make_person,
    make_season,
    make_show,
    make_title,
    make_translation,
    make_user,
)
from tests.read import part, shown, text

pytestmark = pytest.mark.django_db

PAGES = ["/@ann/stats", "/@ann/year/2025"]


@pytest.fixture
def ann() -> User:
    return make_user(username="ann", display_name="Ann A.")


def watched(member: User, title: Title, on: str = "2025-03-01", **values: Any) -> None:
    when = When.day(date.fromisoformat(on))
    Viewing.objects.create(
        user=member,
        title=title,
        precision=when.precision,
        watched_at=when.at,
        watched_on=when.on,
        **values,
    )


def rated(member: User, title: Title, value: str, average: str) -> None:
    at = timezone.now().replace(year=2025, month=6, day=1)
    Rating.objects.create(user=member, title=title, value=Decimal(value), rated_at=at)
    Tally.objects.create(title=title, average=Decimal(average), count=2)


def make_history(member: User, number: int = 1) -> None:
    """So many of everything that a page shows."""
    show = make_show(name="A show", poster_path="/s.jpg")
    season = make_season(show)
    for n in range(number):
        film = make_title(name=f"A film {n}", poster_path="/f.jpg", runtime=100)
        film.genres.add(make_genre(name=f"Genre {n}"))
        make_credit(film)
        make_credit(film, department="Directing", job="Director")
        rated(member, film, "9" if n % 2 else "2", "5")
        watched(member, film, f"2025-03-{n + 1:02}")
        watched(member, film, f"2025-04-{n + 1:02}")
        watched(member, show, "2025-05-01", episode=make_episode(season, runtime=20))


# --- What is told --------------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_a_page_tells_the_big_numbers(client: Client, ann: User, page: str) -> None:
    make_history(ann, 3)

    numbers = part(shown(client, page), r'<dl class="numbers">.*?</dl>')

    assert numbers == "hours 11 films 6 episodes 3 show 1 rewatches 3 ratings 3"


@pytest.mark.parametrize("page", PAGES)
def test_a_picture_has_a_table_behind_it(client: Client, ann: User, page: str) -> None:
    make_history(ann, 2)

    found = shown(client, page)
    figure = re.search(r'<figure class="figure-chart">.*?By month.*?</figure>', found, re.DOTALL)

    assert figure
    assert 'aria-label="By month: most for March, 2."' in figure[0]
    assert "March 2 3 h 20 min April 2 3 h 20 min May 2 40 min" in text(figure[0])


@pytest.mark.parametrize("page", PAGES)
def test_no_page_has_styles_or_script_of_its_own(client: Client, ann: User, page: str) -> None:
    make_history(ann, 2)

    body = shown(client, page).partition("<main")[2].partition("</main>")[0]

    assert "style=" not in body
    assert "<script" not in body


def test_titles_people_and_genres_lead_to_their_pages(client: Client, ann: User) -> None:
    keanu, film = make_person(name="Keanu Reeves"), make_title(name="Speed")
    make_credit(film, keanu)
    genre = make_genre(name="Action")
    film.genres.add(genre)
    watched(ann, film)

    page = shown(client, "/@ann/stats")

    for thing in (keanu, film, genre):
        assert f'href="{thing.get_absolute_url()}"' in page


def test_firsts_and_lasts_are_named(client: Client, ann: User) -> None:
    show = make_show(name="Dark")
    episode = make_episode(make_season(show, number=2), number=5)
    watched(ann, make_title(name="Metropolis"), "2025-02-03")
    watched(ann, make_title(name="Alien"), "2025-09-30")
    watched(ann, show, "2025-04-01", episode=episode)

    told = part(shown(client, "/@ann/year/2025"), r'<ul class="minis">.*?</ul>')

    assert "First film Metropolis Feb. 3, 2025" in told
    assert "Last film Alien Sept. 30, 2025" in told
    assert "First episode Dark S2 E5, April 1, 2025" in told
    assert "Last episode" not in told


def test_titles_are_named_in_the_reader_s_language(client: Client, ann: User) -> None:
    film = make_title(name="The Lives of Others")
    make_translation(film, "de", name="Das Leben der Anderen")
    watched(ann, film)

    page = shown(client, "/@ann/stats", **{"accept-language": "de"})

    assert "Das Leben der Anderen" in page


def test_ratings_are_on_the_reader_s_scale(client: Client, ann: User) -> None:
    rated(ann, make_title(name="Speed"), "9", "5")
    client.force_login(make_user(rating_scale=RatingScale.HUNDRED))

    page = text(shown(client, "/@ann/stats"))

    assert "Ann A. gives 90 on average, and members 50" in page
    assert "Speed 90, members 50" in page


@pytest.mark.parametrize("page", PAGES)
def test_what_was_drawn_for_one_reader_is_not_shown_to_another_kind(
    client: Client, ann: User, page: str
) -> None:
    rated(ann, make_title(name="Speed"), "9", "5")
    of_ten = text(shown(client, page))
    client.force_login(make_user(rating_scale=RatingScale.HUNDRED))
    of_a_hundred = text(shown(client, page))

    assert "gives 9 on average" in of_ten
    assert "gives 90 on average" in of_a_hundred
    client.logout()
    assert "gives 9 on average" in text(shown(client, page))


def test_what_tmdb_dropped_is_named_and_leads_nowhere(client: Client, ann: User) -> None:
    film = make_title(name="Gone", hidden_at=timezone.now(), poster_path="/g.jpg")
    watched(ann, film)

    for page in PAGES:
        found = shown(client, page)
        assert "Gone" in found
        assert "No longer at TMDB" in found
        assert film.get_absolute_url() not in found


@pytest.mark.parametrize(("adult", "is_named"), [(False, False), (True, True)])
def test_adult_titles_are_named_to_who_wants_them(
    client: Client, ann: User, adult: bool, is_named: bool
) -> None:
    watched(ann, make_title(name="Unfit", adult=True, poster_path="/u.jpg"))
    client.force_login(make_user(adult=adult))

    for page in PAGES:
        assert ("Unfit" in shown(client, page)) == is_named


def test_the_week_begins_as_the_reader_s_does(client: Client, ann: User) -> None:
    make_history(ann)
    client.force_login(make_user(first_weekday=3))

    page = shown(client, "/@ann/stats")
    weekdays = re.search(r"<h3>By weekday.*?</svg>", page, re.DOTALL)

    assert weekdays
    assert re.findall(r'<text class="name"[^>]*>(\w+)', weekdays[0])[0] == "Thu"


def test_the_years_of_a_history_are_led_to(client: Client, ann: User) -> None:
    watched(ann, make_title(), "2023-01-01")
    watched(ann, make_title(), "2025-01-01")

    years = re.findall(r'href="/@ann/year/(\d+)"', shown(client, "/@ann/stats"))

    assert years == ["2025", "2024", "2023"]


# --- Nothing to tell -----------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_without_a_history_its_member_is_told_how_it_begins(
    client: Client, ann: User, page: str
) -> None:
    client.force_login(ann)

    assert 'href="/discover/movie"' in part_of_main(client, page)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/@ann/stats", "What Ann A. watches and rates will add up here."),
        ("/@ann/year/2025", "Ann A. has nothing on record of this year."),
    ],
)
def test_without_a_history_others_are_told_so(
    client: Client, ann: User, page: str, told: str
) -> None:
    main = part_of_main(client, page)

    assert told in main
    assert "/discover/" not in main


def part_of_main(client: Client, page: str) -> str:
    return shown(client, page).partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("year", ["1", "1879", "2027", "999999"])
def test_years_that_nobody_has_watched_in_are_not_there(
    client: Client, ann: User, year: str
) -> None:
    with time_machine.travel("2025-07-01", tick=False):
        assert client.get(f"/@ann/year/{year}").status_code == 404


@pytest.mark.parametrize("rest", ["stats", "year/2025"])
def test_another_case_leads_to_the_name_as_it_is_written(
    client: Client, ann: User, rest: str
) -> None:
    answer = client.get(f"/@ANN/{rest}")

    assert (answer.status_code, answer["Location"]) == (302, f"/@ann/{rest}")


# --- For whom ------------------------------------------------------------------------------------
def stranger(ann: User) -> User:
    return make_user()


def follower(ann: User) -> User:
    found = make_user()
    Follow.objects.create(follower=found, followed=ann, accepted_at=timezone.now())
    return found


def asking(ann: User) -> User:
    found = make_user()
    Follow.objects.create(follower=found, followed=ann)
    return found


def blocked(ann: User) -> User:
    found = make_user()
    Block.objects.create(blocker=ann, blocked=found)
    return found


def staff(ann: User) -> User:
    return make_user(is_staff=True)


def owner(ann: User) -> User:
    return ann


SEEN, STUB, GONE = "seen", "stub", "gone"
EVERYBODY, FOLLOWERS, PRIVATE = Audience.PUBLIC, Audience.FOLLOWERS, Audience.PRIVATE
# Who sees it, by whom the profile is for and whom additions are for.
TABLE = {
    None: (SEEN, STUB, STUB, STUB, STUB),
    stranger: (SEEN, STUB, STUB, STUB, STUB),
    asking: (SEEN, STUB, STUB, STUB, STUB),
    follower: (SEEN, SEEN, STUB, SEEN, SEEN),
    blocked: (GONE, GONE, GONE, GONE, GONE),
    owner: (SEEN, SEEN, SEEN, SEEN, SEEN),
    staff: (SEEN, SEEN, SEEN, SEEN, SEEN),
}
AUDIENCES = (
    (EVERYBODY, EVERYBODY),
    (EVERYBODY, FOLLOWERS),
    (EVERYBODY, PRIVATE),
    (FOLLOWERS, EVERYBODY),
    (PRIVATE, FOLLOWERS),
)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("who", "audiences", "how"),
    [
        (who, audiences, how)
        for who, row in TABLE.items()
        for audiences, how in zip(AUDIENCES, row, strict=True)
    ],
)
def test_figures_are_for_whom_additions_are_for(
    client: Client, ann: User, who: Any, audiences: tuple[str, str], how: str, page: str
) -> None:
    make_history(ann)
    profile, additions = audiences
    User.objects.filter(pk=ann.pk).update(audience=profile, default_audience=additions)
    viewer = who(ann) if who else None
    if viewer:
        client.force_login(viewer)

    answer = client.get(page)

    found = SEEN if b'class="numbers"' in answer.content else STUB
    assert (GONE if answer.status_code == 404 else found) == how
    assert (b"A film" in answer.content) == (how == SEEN)


def test_who_is_gone_has_no_figures(client: Client, ann: User) -> None:
    make_history(ann)
    User.objects.filter(pk=ann.pk).update(is_active=False)

    for page in PAGES:
        assert client.get(page).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_no_page_of_figures_is_listed_by_machines(client: Client, ann: User, page: str) -> None:
    assert '<meta name="robots" content="noindex">' in shown(client, page)


# --- How much is asked ---------------------------------------------------------------------------
@pytest.mark.parametrize("page", PAGES)
def test_more_history_asks_no_more_and_never_much(client: Client, ann: User, page: str) -> None:
    client.force_login(ann)
    counts = []
    for number in (2, 12):
        Viewing.objects.all().delete()
        Rating.objects.all().delete()
        Tally.objects.all().delete()
        make_history(ann, number)
        client.get("/@ann/stats?warm")
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            client.get(page, headers={"accept-language": "de"})
        counts.append(len(asked))

    assert counts[0] == counts[1]
    assert counts[0] <= 20

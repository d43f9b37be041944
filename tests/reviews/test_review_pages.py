"""Reviews on pages: written, read, ordered, and kept from whom they are not for."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from accounts import following
from accounts.models import Audience, Undo, User
from catalog.models import Title
from cinehub.kit.own import fill
from reviews.models import Edition, Rating, Review
from tests.make import (
    make_comment,
    make_episode,
    make_rating,
    make_review,
    make_season,
    make_show,
    make_title,
    make_user,
)
from tests.read import shown, text

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def film() -> Title:
    return make_title(tmdb_id=603, name="The Matrix", year=1999)


def said(**values: str) -> dict[str, str]:
    return {"text": "It stays with you.", "audience": "public", "value": ""} | values


def authors(page: str) -> list[str]:
    """In the order in which they stand there."""
    heads = page.split('class="review-by"')[1:]
    return [head.split("<b>")[1].split("</b>")[0] for head in heads]


# --- Writing -------------------------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, HX])
def test_a_review_is_written_with_its_rating(
    as_ann: Client, ann: User, film: Title, headers: dict[str, str]
) -> None:
    answer = as_ann.post("/movie/603/review", said(value="8.5"), headers=headers)

    review = ann.reviews.get()
    where = answer.headers["HX-Redirect" if headers else "Location"]
    assert where == f"/@ann/review/{review.pk}"
    assert (review.title, str(ann.ratings.get().value)) == (film, "8.5")


def test_the_form_has_what_was_said(as_ann: Client, ann: User, film: Title) -> None:
    make_review(ann, film, text="Once more.", has_spoilers=True, audience=Audience.PRIVATE)
    make_rating(ann, film, 9)

    form = as_ann.get("/movie/603-the-matrix/review").context["form"]

    assert form["text"].value() == "Once more."
    assert (form["value"].value(), form["audience"].value()) == ("9.0", "private")
    assert form["has_spoilers"].value() is True


def test_who_sees_it_is_as_the_member_usually_likes(client: Client, film: Title) -> None:
    client.force_login(make_user(default_audience=Audience.FOLLOWERS))

    assert client.get("/movie/603/review").context["form"]["audience"].value() == "followers"


def test_a_rating_between_two_stars_stays_when_the_review_is_saved(
    client: Client, film: Title
) -> None:
    ann = make_user(rating_scale="5")
    client.force_login(ann)
    make_rating(ann, film, 8.5)
    form = client.get("/movie/603/review").context["form"]

    client.post("/movie/603/review", said(value=form["value"].value()))

    assert str(Rating.objects.get().value) == "8.5"


def test_to_choose_no_rating_clears_it(as_ann: Client, ann: User, film: Title) -> None:
    make_rating(ann, film, 9)

    as_ann.post("/movie/603/review", said())

    assert not Rating.objects.exists()


def test_a_preview_saves_nothing(as_ann: Client, film: Title) -> None:
    page = as_ann.post("/movie/603/review", said(text="So **very** good.", preview="1"))

    assert "<strong>very</strong>" in page.content.decode()
    assert not Review.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"text": " "}, "This field is required."),
        ({"text": "x" * 20_001}, "at most 20000"),
        ({"audience": "nobody"}, "Select a valid choice."),
        ({"value": "11"}, "Select a valid choice."),
    ],
)
def test_what_is_not_right_is_said_beside_it(
    as_ann: Client, film: Title, wrong: dict[str, str], why: str
) -> None:
    page = as_ann.post("/movie/603/review", said(**wrong))

    assert page.status_code == 422
    assert why in page.content.decode()
    assert not Review.objects.exists()


def test_a_review_of_a_show_may_go_up_to_an_episode(as_ann: Client, ann: User) -> None:
    season = make_season(make_show(tmdb_id=1396), number=2)
    make_episode(season, number=4)
    fifth = make_episode(season, number=5)

    as_ann.post("/tv/1396/review", said(season="2", episode="5"))

    assert ann.reviews.get().covers == fifth
    assert as_ann.get("/tv/1396/review").context["form"]["season"].value() == 2


def test_up_to_a_season_is_up_to_its_end(as_ann: Client, ann: User) -> None:
    season = make_season(make_show(tmdb_id=1396), number=2)
    make_episode(season, number=4)
    last = make_episode(season, number=5)

    as_ann.post("/tv/1396/review", said(season="2"))

    assert ann.reviews.get().covers == last


@pytest.mark.parametrize("numbers", [{"season": "9"}, {"season": "1", "episode": "9"}])
def test_no_review_goes_up_to_what_is_not_there(as_ann: Client, numbers: dict[str, str]) -> None:
    make_episode(make_season(make_show(tmdb_id=1396)), number=1)

    page = as_ann.post("/tv/1396/review", said(**numbers))

    assert page.status_code == 422
    assert "There is no such episode." in page.content.decode()


def test_an_episode_is_one_of_a_season(as_ann: Client) -> None:
    make_show(tmdb_id=1396)

    page = as_ann.post("/tv/1396/review", said(episode="3"))

    assert "Of which season is this episode?" in page.content.decode()


@pytest.mark.parametrize("headers", [{}, HX])
def test_who_is_not_signed_in_is_led_to_the_door(
    client: Client, film: Title, headers: dict[str, str]
) -> None:
    answer = client.get("/movie/603/review", headers=headers)

    door = "/sign-in?next=%2Fmovie%2F603%2Freview"
    assert answer.headers["HX-Redirect" if headers else "Location"] == door


# --- Withdrawing ---------------------------------------------------------------------------------
@pytest.mark.parametrize("headers", [{}, HX])
def test_a_review_is_withdrawn_and_brought_back(
    as_ann: Client, ann: User, film: Title, headers: dict[str, str]
) -> None:
    review = make_review(ann, film)

    gone = as_ann.post(f"/review/{review.pk}/delete", headers=headers)
    assert not Review.objects.exists()
    assert gone.status_code == (200 if headers else 303)

    back = as_ann.post(f"/undo/{Undo.objects.get().key}", headers=headers)
    assert ann.reviews.get() == review
    if headers:
        assert "Write a review" in gone.content.decode()
        assert "It stays with you." in back.content.decode()


def test_who_withdraws_a_review_on_its_own_page_does_not_come_back_to_it(
    as_ann: Client, ann: User, film: Title
) -> None:
    review = make_review(ann, film)
    page = shown(as_ann, review.get_absolute_url())
    form = page.split(f'action="/review/{review.pk}/delete"')[1].split("</form>")[0]

    assert 'name="next"' not in form
    gone = as_ann.post(f"/review/{review.pk}/delete")
    assert gone["Location"] == "/movie/603-the-matrix/reviews"


def test_nobody_withdraws_what_others_wrote(as_ann: Client, bob: User) -> None:
    review = make_review(bob)

    assert as_ann.post(f"/review/{review.pk}/delete").status_code == 404
    assert Review.objects.exists()


# --- Of a title ----------------------------------------------------------------------------------
def test_a_titles_reviews_stand_on_a_page_of_their_own(client: Client, film: Title) -> None:
    author = make_user(display_name="Bob")
    make_review(author, film, text="It *stays* with you.")
    make_rating(author, film, 9)

    page = shown(client, "/movie/603-the-matrix/reviews")

    assert "It <em>stays</em> with you." in page
    assert "Gave 9 of 10" in page
    assert authors(page) == ["Bob"]


def test_a_wrong_name_in_the_address_leads_to_the_right_one(client: Client, film: Title) -> None:
    assert client.get("/movie/603/reviews")["Location"] == "/movie/603-the-matrix/reviews"


def test_reviews_are_in_the_order_that_is_asked_for(as_ann: Client, ann: User, film: Title) -> None:
    for name, likes, value in [("old", 5, 3), ("friend", 0, 6), ("new", 2, 9), ("none", 1, None)]:
        author = make_user(display_name=name)
        make_review(author, film, like_count=likes)
        if value:
            make_rating(author, film, value)
        if name == "friend":
            following.follow(ann, author)

    orders = {
        sort: authors(shown(as_ann, f"/movie/603-the-matrix/reviews?sort={sort}"))
        for sort in ("friends", "liked", "newest", "rating", "nonsense")
    }

    assert orders == {
        "friends": ["friend", "old", "new", "none"],
        "liked": ["old", "new", "none", "friend"],
        "newest": ["none", "new", "friend", "old"],
        "rating": ["new", "friend", "old", "none"],
        "nonsense": ["friend", "old", "new", "none"],
    }


def test_pages_neither_repeat_nor_lose_a_review(client: Client, film: Title) -> None:
    names = {f"m{n}" for n in range(13)}
    for name in names:
        make_review(make_user(display_name=name), film)

    found = [
        name
        for number in (1, 2)
        for name in authors(shown(client, f"/movie/603-the-matrix/reviews?page={number}"))
    ]

    assert sorted(found) == sorted(names)


def test_nobody_has_written_yet(client: Client, film: Title) -> None:
    page = shown(client, "/movie/603-the-matrix/reviews")

    assert "Nobody has written about it yet" in page


def test_what_is_long_goes_on_by_itself(client: Client, film: Title) -> None:
    review = make_review(make_user(), film, text="word " * 400 + "END")

    page = shown(client, "/movie/603-the-matrix/reviews")

    assert "END" not in page
    assert "Read on" in page
    assert "END" in shown(client, review.get_absolute_url())


def test_what_tells_the_plot_is_folded(as_ann: Client, film: Title) -> None:
    make_review(make_user(), film, has_spoilers=True)

    page = shown(as_ann, "/movie/603-the-matrix/reviews")

    assert '<details class="review-fold">' in page
    assert "This review tells the plot." in page


def test_a_review_of_what_the_reader_has_not_watched_is_folded(as_ann: Client) -> None:
    show = make_show(tmdb_id=1396, name="Breaking Bad")
    make_review(make_user(), show)

    page = shown(as_ann, "/tv/1396-breaking-bad/reviews")

    assert "episodes that you have not seen yet" in page


def test_an_authors_private_rating_stays_private(client: Client, film: Title) -> None:
    author = make_user(default_audience=Audience.PRIVATE)
    make_review(author, film)
    make_rating(author, film, 9)

    assert "Gave 9" not in shown(client, "/movie/603-the-matrix/reviews")


def cost(client: Client, address: str) -> int:
    """In questions; once all that is kept is kept."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_many_reviews_cost_as_much_as_one(as_ann: Client, ann: User) -> None:
    show = make_show(tmdb_id=1396, name="Breaking Bad")
    season = make_season(show)
    costs = []
    for number in range(1, 8):
        review = make_review(
            make_user(), show, text="As @ann said.", covers=make_episode(season, number=number)
        )
        make_rating(review.author, show)
        make_comment(review)
        costs.append(cost(as_ann, "/tv/1396-breaking-bad/reviews"))

    assert costs[0] == costs[-1]


# --- Of a member ---------------------------------------------------------------------------------
def test_a_members_reviews_are_listed_the_last_first(client: Client, bob: User) -> None:
    make_review(bob, make_title(name="First film"))
    make_review(bob, make_title(name="Last film"))

    page = shown(client, "/@bob/reviews")

    assert page.index("Last film") < page.index("First film")
    assert "2 reviews" in page


def test_what_tmdb_has_dropped_keeps_its_review(client: Client, bob: User) -> None:
    title = make_title(name="Gone film", hidden_at=timezone.now())
    make_review(bob, title)

    page = shown(client, "/@bob/reviews")

    assert "no longer at TMDB" in page
    assert title.get_absolute_url() + '"' not in page
    assert client.get(f"/@bob/review/{Review.objects.get().pk}").status_code == 200


def test_many_reviews_of_a_member_cost_as_much_as_one(client: Client, bob: User) -> None:
    make_review(bob, make_show())
    one = cost(client, "/@bob/reviews")
    for _n in range(8):
        make_review(bob, make_show())

    assert cost(client, "/@bob/reviews") == one


def test_who_has_written_nothing_is_told_what_will_be_here(as_ann: Client, bob: User) -> None:
    assert "What you write" in shown(as_ann, "/@ann/reviews")
    assert "What bob writes" in shown(as_ann, "/@bob/reviews")
    assert as_ann.get("/@BOB/reviews")["Location"] == "/@bob/reviews"


# --- One -----------------------------------------------------------------------------------------
def test_a_review_by_itself_links_whom_it_mentions(client: Client, ann: User, bob: User) -> None:
    review = make_review(bob, text="As @ann said, and @nobody.")

    page = shown(client, review.get_absolute_url())

    assert '<a href="/@ann" rel="nofollow ugc noopener">@ann</a>' in page
    assert '"/@nobody"' not in page


def test_what_it_said_before_has_a_page(client: Client, bob: User) -> None:
    review = make_review(bob, text="Second.", edited_at=timezone.now())
    Edition.objects.create(
        review=review, text="First.", has_spoilers=True, written_at=review.created_at
    )

    page = shown(client, f"{review.get_absolute_url()}/history")

    assert "First." in page
    assert f"{review.get_absolute_url()}/history" in shown(client, review.get_absolute_url())


def test_what_was_never_edited_has_no_history(client: Client, bob: User) -> None:
    review = make_review(bob)

    page = shown(client, f"{review.get_absolute_url()}/history")

    assert "It has never said anything else." in page


def test_a_review_stands_under_its_authors_name_only(client: Client, bob: User) -> None:
    review = make_review(make_user())

    assert client.get(f"/@bob/review/{review.pk}").status_code == 404


# --- Who sees it ---------------------------------------------------------------------------------
VIEWERS = ("visitor", "stranger", "follower", "blocked", "author", "staff")
SEEN = {
    Audience.PUBLIC: {"visitor", "stranger", "follower", "author", "staff"},
    Audience.FOLLOWERS: {"follower", "author", "staff"},
    Audience.PRIVATE: {"author", "staff"},
}


@pytest.mark.parametrize("viewer", VIEWERS)
@pytest.mark.parametrize("audience", SEEN)
@pytest.mark.parametrize("place", ["/movie/603-the-matrix/reviews", "/@bob/reviews", "one", "old"])
def test_a_review_is_seen_by_whom_it_is_for(
    client: Client, bob: User, film: Title, viewer: str, audience: Audience, place: str
) -> None:
    review = make_review(bob, film, text="Only for some.", audience=audience)
    Edition.objects.create(
        review=review, text="Only for some.", has_spoilers=False, written_at=review.created_at
    )
    if viewer != "visitor":
        client.force_login(a_member(viewer, bob))
    own = review.get_absolute_url()
    place = {"one": own, "old": f"{own}/history"}.get(place, place)

    page = client.get(place)

    assert ("Only for some." in page.content.decode()) is (viewer in SEEN[audience])


def a_member(viewer: str, author: User) -> User:
    if viewer == "author":
        return author
    member = make_user(is_staff=viewer == "staff")
    if viewer == "follower":
        following.follow(member, author)
    if viewer == "blocked":
        following.block(author, member)
    return member


@pytest.mark.parametrize(
    ("viewer", "is_seen"), [("stranger", False), ("author", True), ("staff", True)]
)
def test_a_hidden_review_is_seen_by_its_author_and_the_staff(
    client: Client, bob: User, viewer: str, is_seen: bool
) -> None:
    review = make_review(bob, hidden_at=timezone.now())
    client.force_login(a_member(viewer, bob))

    page = client.get(review.get_absolute_url())

    assert (page.status_code == 200) is is_seen


def test_who_is_about_to_leave_has_written_nothing(client: Client, bob: User, film: Title) -> None:
    make_review(bob, film)
    bob.leaves_at = timezone.now()
    bob.save()

    assert authors(shown(client, "/movie/603-the-matrix/reviews")) == []


# --- On the title's own page ---------------------------------------------------------------------
@pytest.fixture
def on_title(rf: RequestFactory) -> Callable[[Any, str], str]:
    """The section, as a reader gets it who is at this address."""

    def section(viewer: Any, address: str) -> str:
        request = rf.get(address)
        request.user, request.resolver_match = viewer, resolve(address)
        made = render_to_string("reviews/_on_title.html", request=request)
        return unescape(fill(request, made.encode()).decode())

    return section


def test_visitors_find_what_is_for_everybody(on_title: Callable[..., str], film: Title) -> None:
    make_review(make_user(display_name="Bob"), film)
    make_review(make_user(display_name="Cleo"), film, audience=Audience.FOLLOWERS)

    section = on_title(AnonymousUser(), "/movie/603-the-matrix")

    assert authors(section) == ["Bob"]
    assert "Sign in" in section


def test_members_find_their_own_first_and_then_their_friends(
    on_title: Callable[..., str], ann: User, bob: User, film: Title
) -> None:
    for author in (make_user(display_name="Well liked"), bob, ann):
        make_review(author, film, like_count=author.display_name == "Well liked")
    following.follow(ann, bob)

    assert authors(on_title(ann, "/movie/603-the-matrix")) == ["ann", "bob", "Well liked"]


def test_a_title_without_reviews_invites_to_write_one(
    on_title: Callable[..., str], ann: User, film: Title
) -> None:
    section = text(on_title(ann, "/movie/603-the-matrix"))

    assert "Nobody has written about it yet." in section
    assert "Write a review" in section


def test_of_what_is_not_there_there_is_no_section(on_title: Callable[..., str]) -> None:
    assert on_title(AnonymousUser(), "/movie/9").strip() == ""


@pytest.mark.parametrize("count", [1, 4])
def test_the_section_costs_the_same_however_many_there_are(
    on_title: Callable[..., str], ann: User, count: int, django_assert_num_queries: Any
) -> None:
    show = make_show(tmdb_id=1396)
    for _n in range(count):
        make_review(make_user(), show, text="As @ann said.")

    # Five of its own, and one of the reader's own review.
    with django_assert_num_queries(6):
        on_title(ann, show.get_absolute_url())

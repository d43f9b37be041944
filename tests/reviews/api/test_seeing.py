"""Who finds what through the API, and who may do what: the whole of it, as tables.

The same as on pages (tests/test_privacy_of_records.py): a cell names the places where the reader
finds it; in all others there is nothing of it.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts import issuing
from accounts.models import Block, Follow, User
from catalog.models import Title
from reviews import liking
from reviews.models import Comment, Review
from tests.make import make_comment, make_rating, make_review, make_title, make_user
from tests.reviews.api.asking import API, ask, kind, send

pytestmark = pytest.mark.django_db

SECRET = "Secret words"
ALL = "ratings reviews about review history comments comment likers"

PUBLIC = """
          | public | followers | private
anonymous | ALL    |           |
stranger  | ALL    |           |
follower  | ALL    | ALL       |
blocked   |        |           |
blocking  |        |           |
owner     | ALL    | ALL       | ALL
staff     | ALL    | ALL       | ALL
"""
PRIVATE = """
          | public | followers | private
anonymous |        |           |
stranger  |        |           |
follower  | ALL    | ALL       |
blocked   |        |           |
owner     | ALL    | ALL       | ALL
staff     | ALL    | ALL       | ALL
"""
# What moderators have hidden; ratings are nobody's words.
HIDDEN = """
          | public
anonymous | ratings
stranger  | ratings
follower  | ratings
blocked   |
owner     | ALL
staff     | ALL
"""


def cells(table: str) -> list[tuple[str, str, frozenset[str]]]:
    head, *rows = table.strip().splitlines()
    _, *audiences = (word.strip() for word in head.split("|"))
    return [
        (parts[0].strip(), audience, frozenset(cell.replace("ALL", ALL).split()))
        for parts in (row.split("|") for row in rows)
        for audience, cell in zip(audiences, parts[1:], strict=True)
    ]


@pytest.fixture
def film() -> Title:
    return make_title(tmdb_id=603)


@pytest.fixture
def places(ann: User, film: Title) -> dict[str, str]:
    """Ann's rating and review, with what hangs on it: each tells the secret where it is told."""
    review = make_review(ann, film, text=SECRET)
    review.editions.create(text=SECRET, has_spoilers=False, written_at=timezone.now())
    fan = make_user(display_name=SECRET)
    comment = make_comment(review, fan, text=SECRET)
    liking.like(fan, review)
    make_rating(ann, film, 8)
    return {
        "ratings": "users/ann/ratings/",
        "reviews": "users/ann/reviews/",
        "about": "movies/603/reviews/",
        "review": f"reviews/{review.pk}/",
        "history": f"reviews/{review.pk}/history/",
        "comments": f"reviews/{review.pk}/comments/",
        "comment": f"comments/{comment.pk}/",
        "likers": f"reviews/{review.pk}/likes/",
    }


def looking(who: str, ann: User) -> Client:
    client = Client()
    if who == "anonymous":
        return client
    viewer = ann if who == "owner" else make_user(is_staff=who == "staff")
    now = timezone.now()
    ties: dict[str, Callable[[], object]] = {
        "follower": lambda: Follow.objects.create(follower=viewer, followed=ann, accepted_at=now),
        "blocked": lambda: Block.objects.create(blocker=ann, blocked=viewer),
        "blocking": lambda: Block.objects.create(blocker=viewer, blocked=ann),
    }
    ties.get(who, lambda: None)()
    client.force_login(viewer)
    return client


def found(client: Client, places: dict[str, str]) -> frozenset[str]:
    told = {place: client.get(f"{API}{path}") for place, path in places.items()}
    assert {answer.status_code for answer in told.values()} <= {200, 404}
    secrets = dict.fromkeys(places, SECRET) | {"ratings": '"value":8.0'}
    return frozenset(
        place for place, answer in told.items() if secrets[place] in answer.content.decode()
    )


def keep_to(ann: User, audience: str) -> None:
    ann.default_audience = audience
    ann.save()
    Review.objects.update(audience=audience)


@pytest.mark.parametrize(("who", "audience", "sees"), cells(PUBLIC))
def test_who_finds_what(
    ann: User, places: dict[str, str], who: str, audience: str, sees: frozenset[str]
) -> None:
    keep_to(ann, audience)

    assert found(looking(who, ann), places) == sees


@pytest.mark.parametrize(("who", "audience", "sees"), cells(PRIVATE))
def test_who_finds_what_of_somebody_private(
    ann: User, places: dict[str, str], who: str, audience: str, sees: frozenset[str]
) -> None:
    keep_to(ann, audience)
    User.objects.filter(pk=ann.pk).update(audience="private")

    assert found(looking(who, ann), places) == sees


@pytest.mark.parametrize(("who", "audience", "sees"), cells(HIDDEN))
def test_who_finds_what_moderators_have_hidden(
    ann: User, places: dict[str, str], who: str, audience: str, sees: frozenset[str]
) -> None:
    Review.objects.update(hidden_at=timezone.now())

    assert found(looking(who, ann), places) == sees


@pytest.mark.parametrize(
    ("who", "sees"), [("anonymous", False), ("stranger", False), ("owner", False), ("staff", True)]
)
def test_a_comment_that_is_hidden_is_for_its_author_and_staff(
    ann: User, places: dict[str, str], who: str, sees: bool
) -> None:
    Comment.objects.update(hidden_at=timezone.now())
    of_comments = {name: places[name] for name in ("comments", "comment")}

    assert found(looking(who, ann), of_comments) == (frozenset(of_comments) if sees else set())


# --- Who may do what -----------------------------------------------------------------------------
READERS = [
    "movies/603/ratings/",
    "movies/603/reviews/",
    "users/ann/ratings/",
    "users/ann/reviews/",
    "reviews/{review}/",
    "reviews/{review}/history/",
    "reviews/{review}/comments/",
    "reviews/{review}/likes/",
    "comments/{comment}/",
    "comments/{comment}/likes/",
]
MEMBERS = ["ratings/", "ratings/movie/603/", "reviews/", "likes/", "reports/"]
WRITES: list[tuple[str, str, Any]] = [
    ("post", "ratings/", {"items": [{"media_type": "movie", "id": 603, "value": 5}]}),
    ("put", "ratings/movie/603/", {"value": 5}),
    ("delete", "ratings/movie/603/", None),
    ("post", "reviews/", {"media_type": "movie", "id": 605, "text": "Yes."}),
    ("post", "reviews/preview/", {"text": "Yes."}),
    ("patch", "reviews/{own}/", {"text": "No."}),
    ("delete", "reviews/{own}/", None),
    ("post", "reviews/{review}/comments/", {"text": "Yes."}),
    ("put", "reviews/{review}/like/", None),
    ("delete", "reviews/{review}/like/", None),
    ("patch", "comments/{said}/", {"text": "No."}),
    ("delete", "comments/{said}/", None),
    ("put", "comments/{comment}/like/", None),
    ("delete", "comments/{comment}/like/", None),
    ("post", "reports/", {"of": "review", "about_id": 0, "reason": "spam"}),
]
MODERATORS = [
    ("get", "moderation/", None),
    ("get", "moderation/decisions/", None),
    ("get", "moderation/review/{review}/", None),
    ("get", "moderation/comment/{comment}/", None),
    ("post", "moderation/review/{review}/", {"deed": "hidden", "reason": "spam"}),
    ("post", "moderation/comment/{comment}/", {"deed": "hidden", "reason": "spam"}),
]


@pytest.fixture
def keys(ann: User, bob: User, film: Title) -> dict[str, int]:
    """Ann's are `review` and `comment`, Bob's `own` and `said`."""
    make_title(tmdb_id=605)
    review, own = make_review(ann, film), make_review(bob, make_title(tmdb_id=604))
    make_rating(bob, film, 8)
    comment, said = make_comment(review, ann), make_comment(review, bob)
    return {"review": review.pk, "comment": comment.pk, "own": own.pk, "said": said.pk}


def do(method: str, path: str, body: Any, keys: dict[str, int], token: str = "") -> Any:
    if body and "about_id" in body:
        body = body | {"about_id": keys["review"]}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return send(Client(), method, path.format(**keys), body, **headers)


def token_of(member: User, *scopes: str) -> str:
    return issuing.issue(member, name="script", reach=scopes, expires_at=None)[1]


@pytest.mark.parametrize("path", READERS)
def test_anybody_reads_what_is_for_readers(keys: dict[str, int], path: str) -> None:
    assert ask(Client(), "get", path.format(**keys)).status_code == 200


@pytest.mark.parametrize("path", MEMBERS)
def test_what_is_mine_is_not_for_passers_by(keys: dict[str, int], path: str) -> None:
    assert kind(ask(Client(), "get", path)) == (401, "unauthenticated")


@pytest.mark.parametrize("path", [*READERS, *MEMBERS])
def test_a_token_that_may_read_reads(bob: User, keys: dict[str, int], path: str) -> None:
    assert do("get", path, None, keys, token_of(bob, "read")).status_code == 200


@pytest.mark.parametrize("path", [*READERS, *MEMBERS])
def test_a_token_that_may_not_read_does_not(bob: User, keys: dict[str, int], path: str) -> None:
    answer = do("get", path, None, keys, token_of(bob, "write:reviews"))

    assert kind(answer) == (403, "insufficient-scope")
    assert answer.json()["scope"] == "read"


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_nobody_writes_without_a_name(
    keys: dict[str, int], method: str, path: str, body: Any
) -> None:
    assert kind(do(method, path, body, keys)) == (401, "unauthenticated")


@pytest.mark.parametrize(("method", "path", "body"), WRITES)
def test_a_token_writes_as_far_as_it_reaches(
    bob: User, keys: dict[str, int], method: str, path: str, body: Any
) -> None:
    others = token_of(bob, "read", "write:lists", "write:history", "profile")

    refused = do(method, path, body, keys, others)
    done = do(method, path, body, keys, token_of(bob, "write:reviews"))

    assert kind(refused) == (403, "insufficient-scope")
    assert refused.json()["scope"] == "write:reviews"
    assert done.status_code in (200, 201), done.content


@pytest.mark.parametrize(("method", "path", "body"), MODERATORS)
def test_no_token_moderates(keys: dict[str, int], method: str, path: str, body: Any) -> None:
    chief = make_user(is_staff=True, is_superuser=True)
    token = token_of(chief, "read", "write:reviews", "write:lists", "write:history", "profile")

    assert kind(do(method, path, body, keys, token)) == (403, "insufficient-scope")
    assert kind(do(method, path, body, keys)) == (401, "unauthenticated")
    assert not Review.objects.exclude(hidden_at=None).exists()

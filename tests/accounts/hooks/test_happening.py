"""What webhooks hear, and whose."""

import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts import undoing
from accounts.hooks import happening, listening
from accounts.models import Authorization, Delivery, User, Webhook
from cinehub.undo import DEEDS
from lists import arranging, collaborating, keeping, making, watching
from lists.when import When
from reviews.rating import rate
from tests.make import make_episode, make_season, make_show, make_title, make_user

pytestmark = pytest.mark.django_db

MakeHook = Callable[..., Webhook]


def told() -> list[tuple[str, Any]]:
    """Events and their data, the first first."""
    bodies = Delivery.objects.order_by("pk").values_list("body", flat=True)
    return [(said["event"], said["data"]) for said in map(json.loads, bodies)]


def make_app(owner: User, **values: Any) -> App:
    return App.objects.create(owner=owner, name="Couch", scopes="read", **values)


def allow(member: User, app: App, scopes: str = "read\nwrite:lists", **values: Any) -> Token:
    Authorization.objects.get_or_create(user=member, client=app, scopes="read")
    values = {"type": Token.Type.REFRESH_TOKEN, "hash": f"{member.pk}{scopes}"} | values
    return Token.objects.create(client=app, user=member, scopes=scopes, **values)


# --- What -----------------------------------------------------------------------------------------


def test_a_film_that_was_watched_is_told(make_hook: MakeHook) -> None:
    ann, film = make_user(), make_title(name="Heat")
    make_hook(ann)

    viewing = watching.watch(ann, film, when=When.day(timezone.now().date()))

    (event, data) = told()[0]
    assert event == "viewing.created"
    assert data["title"] == {"media_type": "movie", "id": film.tmdb_id, "name": "Heat"}
    assert data["viewings"] == [
        {
            "id": viewing.pk,
            "season_number": None,
            "episode_number": None,
            "precision": "day",
            "watched_at": None,
            "watched_on": timezone.now().date().isoformat(),
        }
    ]


def test_a_season_that_was_watched_in_one_go_is_one_event(make_hook: MakeHook) -> None:
    ann, show = make_user(), make_show()
    season = make_season(show, number=2)
    for number in (1, 2, 3):
        make_episode(season, number=number, air_date="2020-01-01")
    make_hook(ann)

    watching.watch_season(ann, season, when=When.now(ann))

    [(_event, data)] = told()
    numbers = [(row["season_number"], row["episode_number"]) for row in data["viewings"]]
    assert data["count"] == 3
    assert numbers == [(2, 1), (2, 2), (2, 3)]


def test_a_viewing_that_is_changed_taken_out_and_brought_back_is_told(make_hook: MakeHook) -> None:
    ann, film = make_user(), make_title()
    viewing = watching.watch(ann, film, when=When.now(ann))
    make_hook(ann)

    watching.change(viewing, when=When.unknown(), note="")
    key = watching.delete(viewing)
    undo(ann, key)

    assert [event for event, _ in told()] == [
        "viewing.changed",
        "viewing.deleted",
        "viewing.created",
    ]
    assert {data["viewings"][0]["id"] for _, data in told()} == {viewing.pk}
    assert told()[0][1]["viewings"][0]["precision"] == "unknown"


def test_a_mark_that_is_undone_is_told(make_hook: MakeHook) -> None:
    ann, film = make_user(), make_title()
    make_hook(ann)

    undo(ann, watching.see(ann, film, when=When.now(ann)).undo)

    assert [event for event, _ in told()] == ["viewing.created", "viewing.deleted"]


def test_what_was_seen_before_is_no_news(make_hook: MakeHook) -> None:
    ann, film = make_user(), make_title()
    watching.see(ann, film, when=When.now(ann))
    make_hook(ann)

    watching.see(ann, film, when=When.now(ann))

    assert told() == []


def test_a_rating_is_told_and_so_is_its_end(make_hook: MakeHook) -> None:
    ann, show = make_user(), make_show()
    episode = make_episode(make_season(show, number=1), number=7)
    make_hook(ann)

    rate(ann, title=show, episode=episode, value=Decimal("8.5"))
    rate(ann, title=show, episode=episode, value=None)

    (first, set_), (second, cleared) = told()
    assert (first, second) == ("rating.set", "rating.cleared")
    assert (set_["season_number"], set_["episode_number"], set_["value"]) == (1, 7, 8.5)
    assert cleared["value"] is None


def test_to_clear_what_was_not_rated_is_no_news(make_hook: MakeHook) -> None:
    ann = make_user()
    make_hook(ann)

    rate(ann, title=make_title(), value=None)

    assert told() == []


def test_a_list_is_told_from_its_making_to_its_end(make_hook: MakeHook) -> None:
    ann, film = make_user(), make_title()
    make_hook(ann)

    made = making.make(ann, name="Rainy days")
    keeping.add(made, film, by=ann)
    making.describe(made, name="Sunny days")
    keeping.remove(made, [film], by=ann)
    making.delete(made)

    named = {"media_type": "movie", "id": film.tmdb_id, "name": film.name}
    said = [(event, data["list"]["name"], data["added"], data["removed"]) for event, data in told()]
    assert said == [
        ("list.created", "Rainy days", [], []),
        ("list.changed", "Rainy days", [named], []),
        ("list.changed", "Sunny days", [], []),
        ("list.changed", "Sunny days", [], [named]),
        ("list.deleted", "Sunny days", [], []),
    ]


def test_what_goes_from_list_to_list_is_told_of_both(make_hook: MakeHook) -> None:
    ann, film = make_user(), make_title()
    first, second = (making.make(ann, name=name) for name in ("One", "Two"))
    keeping.add(first, film, by=ann)
    make_hook(ann)

    undo(ann, arranging.transfer(first, [film], second, by=ann, stay=False).undo)

    said = [(data["list"]["name"], len(data["added"]), len(data["removed"])) for _, data in told()]
    assert sorted(said) == [("One", 0, 1), ("One", 1, 0), ("Two", 0, 1), ("Two", 1, 0)]


def test_what_is_only_proposed_is_not_on_the_list_yet(make_hook: MakeHook) -> None:
    ann, bob, film = make_user(), make_user(), make_title()
    made = making.make(ann, name="Ours")
    collaborating.invite(made, bob.username, "suggester")
    make_hook(ann)

    item = keeping.add(made, film, by=bob)
    before = told()
    keeping.accept(item)

    assert before == []
    assert [len(data["added"]) for _, data in told()] == [1]


def undo(member: User, key: Any) -> None:
    found = undoing.take(member, key)
    assert found
    DEEDS[found.deed](member, found.data)


# --- To whom --------------------------------------------------------------------------------------


def test_nobody_hears_what_others_do(make_hook: MakeHook) -> None:
    make_hook(make_user())

    rate(make_user(), title=make_title(), value=Decimal(8))

    assert told() == []


def test_a_webhook_hears_what_it_asks_for_and_nothing_else(make_hook: MakeHook) -> None:
    ann, film = make_user(), make_title()
    make_hook(ann, subjects=["rating"])

    watching.see(ann, film, when=When.now(ann))
    keeping.add(keeping.watchlist(ann), film, by=ann)
    rate(ann, title=film, value=Decimal(8))

    assert [event for event, _ in told()] == ["rating.set"]


def test_one_that_is_off_hears_nothing(make_hook: MakeHook) -> None:
    ann = make_user()
    listening.turn_off(make_hook(ann))

    rate(ann, title=make_title(), value=Decimal(8))

    assert told() == []


@pytest.mark.parametrize("values", [{"is_active": False}, {"leaves_at": timezone.now()}])
def test_one_whose_owner_is_gone_hears_nothing(make_hook: MakeHook, values: Any) -> None:
    ann, bob = make_user(), make_user()
    app = make_app(ann)
    make_hook(ann, app=app)
    allow(bob, app)
    User.objects.filter(pk=ann.pk).update(**values)

    rate(bob, title=make_title(), value=Decimal(8))

    assert told() == []


def test_an_app_hears_what_members_do_who_let_it_read(make_hook: MakeHook) -> None:
    ann, bob = make_user(), make_user(username="bob")
    app = make_app(ann)
    make_hook(ann, app=app)
    allow(bob, app)

    rate(bob, title=make_title(), value=Decimal(8))

    said = json.loads(Delivery.objects.get().body)
    assert (said["event"], said["member"]) == ("rating.set", {"username": "bob"})


def test_an_app_hears_its_owner(make_hook: MakeHook) -> None:
    ann = make_user()
    make_hook(ann, app=make_app(ann))

    rate(ann, title=make_title(), value=Decimal(8))

    assert len(told()) == 1


@pytest.mark.parametrize(
    ("scopes", "values"),
    [
        ("write:lists\nprofile", {}),
        ("unread", {}),
        ("read", {"expires_at": timezone.now() - timedelta(seconds=1)}),
        ("read", {"type": Token.Type.AUTHORIZATION_CODE}),
    ],
)
def test_an_app_hears_nothing_without_a_live_token_that_reads(
    make_hook: MakeHook, scopes: str, values: Any
) -> None:
    ann, bob = make_user(), make_user()
    app = make_app(ann)
    make_hook(ann, app=app)
    allow(bob, app, scopes, **values)

    rate(bob, title=make_title(), value=Decimal(8))

    assert told() == []


def test_an_app_hears_nothing_once_it_is_not_allowed_any_more(make_hook: MakeHook) -> None:
    ann, bob = make_user(), make_user()
    app = make_app(ann)
    make_hook(ann, app=app)
    allow(bob, app)
    Authorization.objects.all().delete()

    rate(bob, title=make_title(), value=Decimal(8))

    assert told() == []


def test_an_app_of_somebody_else_tells_nothing(make_hook: MakeHook) -> None:
    ann, bob, eve = make_user(), make_user(), make_user()
    app = make_app(ann)
    allow(bob, app)
    make_hook(eve, app=app)

    rate(bob, title=make_title(), value=Decimal(8))

    assert told() == []


def test_many_tokens_of_one_app_are_one_event(make_hook: MakeHook) -> None:
    ann, bob = make_user(), make_user()
    app = make_app(ann)
    make_hook(ann, app=app)
    allow(bob, app)
    allow(bob, app, "read", type=Token.Type.ACCESS_TOKEN, hash="another")

    rate(bob, title=make_title(), value=Decimal(8))

    assert len(told()) == 1


@pytest.mark.parametrize(("wants", "events"), [(False, 0), (True, 4)])
def test_adult_titles_are_told_of_who_wants_such(
    make_hook: MakeHook, wants: bool, events: int
) -> None:
    ann, film = make_user(adult=wants), make_title(adult=True)
    made = keeping.watchlist(ann)
    make_hook(ann)

    rate(ann, title=film, value=Decimal(8))
    watching.see(ann, film, when=When.now(ann))
    keeping.add(made, film, by=ann)
    keeping.remove(made, [film], by=ann)

    assert len(told()) == events


def test_a_list_is_its_owners_whoever_changes_it(make_hook: MakeHook) -> None:
    ann, bob = make_user(username="ann"), make_user()
    made = making.make(ann, name="Ours")
    collaborating.invite(made, bob.username, "editor")
    make_hook(ann)
    make_hook(bob)

    keeping.add(made, make_title(), by=bob)

    assert json.loads(Delivery.objects.get().body)["member"] == {"username": "ann"}


# --- At what cost ---------------------------------------------------------------------------------


def test_where_nobody_listens_it_is_one_question_more() -> None:
    ann, film = make_user(), make_title()
    rate(ann, title=film, value=Decimal(8))

    with CaptureQueriesContext(connection) as asked:
        rate(ann, title=film, value=Decimal(9))

    about_hooks = [q["sql"] for q in asked if "webhook" in q["sql"]]
    assert len(about_hooks) == 1


def test_questions_do_not_grow_with_what_is_told(make_hook: MakeHook) -> None:
    ann = make_user()
    make_hook(ann)
    seasons = []
    for number, episodes in enumerate((2, 20), 1):
        season = make_season(make_show(), number=number)
        for each in range(episodes):
            make_episode(season, number=each + 1, air_date="2020-01-01")
        seasons.append(season)

    counts = []
    for season in seasons:
        with CaptureQueriesContext(connection) as asked:
            watching.watch_season(ann, season, when=When.now(ann))
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_what_is_taken_back_with_its_transaction_is_not_told(make_hook: MakeHook) -> None:
    ann = make_user()
    make_hook(ann)

    with transaction.atomic():
        rate(ann, title=make_title(), value=Decimal(8))
        transaction.set_rollback(True)

    assert told() == []


def test_a_webhook_that_is_removed_meanwhile_takes_nothing_down_with_it(
    make_hook: MakeHook,
) -> None:
    ann, film = make_user(), make_title()
    hook = make_hook(ann)

    def remove(_: User) -> Any:
        Webhook.objects.filter(pk=hook.pk).delete()
        return {}

    happening.tell(ann.pk, "rating.set", remove)
    connection.check_constraints()
    rate(ann, title=film, value=Decimal(8))

    assert not Webhook.objects.due().exists()

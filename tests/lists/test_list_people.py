"""Lists that members share."""

import pytest
from django.test import Client

from accounts.models import Block, Notification, User
from lists import collaborating, keeping
from lists.models import List
from tests.lists.keep import make_list, names, share, titles
from tests.make import make_title, make_user
from tests.read import shown

pytestmark = pytest.mark.django_db

WAYS = pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["plain", "htmx"])
LIST = "/@ann/list/rainy-sundays"


@pytest.fixture
def ann() -> User:
    return make_user(username="ann")


@pytest.fixture
def bob() -> User:
    return make_user(username="bob", display_name="Bob")


@pytest.fixture
def made(ann: User) -> List:
    return make_list(ann, make_title(name="a"), make_title(name="b"))


def told(member: User) -> list[str]:
    found = Notification.objects.filter(recipient=member, kind="collaboration")
    return list(found.order_by("pk").values_list("text", flat=True))


@WAYS
@pytest.mark.parametrize("name", ["bob", "@BOB", " bob "])
@pytest.mark.parametrize("role", ["editor", "suggester"])
def test_a_member_is_invited_by_name_and_hears_of_it(
    client: Client, made: List, bob: User, headers: dict[str, str], name: str, role: str
) -> None:
    client.force_login(made.owner)

    sent = {"username": name, "role": role}
    answer = client.post(f"{LIST}/people", sent, headers=headers)

    assert answer["HX-Redirect" if headers else "Location"] == f"{LIST}/people"
    assert made.collaborators.get().user == bob
    assert made.collaborators.get().role == role
    assert len(told(bob)) == 1
    assert "Rainy Sundays" in told(bob)[0]


def test_to_invite_somebody_again_changes_what_they_may_do(made: List, bob: User) -> None:
    for role in ("editor", "suggester"):
        collaborating.invite(made, "bob", role)

    assert made.collaborators.get().role == "suggester"
    assert len(told(bob)) == 1


@pytest.mark.parametrize("name", ["nobody", "ann", "gone", "blocked", "blocking"])
def test_only_who_is_there_for_the_owner_is_invited(client: Client, made: List, name: str) -> None:
    make_user(username="gone", is_active=False)
    Block.objects.create(blocker=made.owner, blocked=make_user(username="blocked"))
    Block.objects.create(blocker=make_user(username="blocking"), blocked=made.owner)
    client.force_login(made.owner)

    answer = client.post(f"{LIST}/people", {"username": name, "role": "editor"})

    assert answer.status_code == 422
    assert "There is no member of this name here." in answer.content.decode()
    assert not made.collaborators.exists()


def test_a_list_is_shared_with_so_many_and_no_more(
    client: Client, made: List, bob: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(collaborating, "MOST_COLLABORATORS", 0)
    client.force_login(made.owner)

    answer = client.post(f"{LIST}/people", {"username": "bob", "role": "editor"})

    assert answer.status_code == 422
    assert not made.collaborators.exists()


@WAYS
def test_what_an_editor_adds_is_on_the_list(
    client: Client, made: List, bob: User, headers: dict[str, str]
) -> None:
    share(made, bob)
    client.force_login(bob)
    title = make_title(name="c")

    client.post(f"/movie/{title.tmdb_id}/list", {"on": made.pk}, headers=headers)

    assert names(made) == ["a", "b", "c"]


def test_an_editor_removes_and_arranges(client: Client, made: List, bob: User) -> None:
    share(made, bob)
    client.force_login(bob)
    items = {item.title.name: item.pk for item in made.items.all()}

    client.post(f"{LIST}/order", {"up": items["b"]})
    assert names(made) == ["b", "a"]
    client.post(f"{LIST}/remove", {"items": [items["a"]]})
    assert names(made) == ["b"]


@WAYS
@pytest.mark.parametrize(
    ("button", "after"), [("accept", ["a", "b", "c"]), ("decline", ["a", "b"])]
)
def test_what_is_proposed_waits_for_an_answer(
    client: Client, made: List, bob: User, headers: dict[str, str], button: str, after: list[str]
) -> None:
    share(made, bob, "suggester")
    client.force_login(bob)
    title = make_title(name="c")
    client.post(f"/movie/{title.tmdb_id}/list", {"on": made.pk}, headers=headers)
    assert names(made) == ["a", "b"]
    assert "It waits for an answer." in shown(client, LIST)
    assert len(told(made.owner)) == 1

    client.force_login(made.owner)
    page = shown(client, LIST)
    assert "proposed by Bob" in page
    item = made.items.get(title=title)
    client.post(f"{LIST}/answer", {button: item.pk}, headers=headers)

    assert names(made) == after
    assert not made.items.proposed().exists()
    assert len(told(bob)) == (button == "accept")


def test_a_suggester_takes_nothing_off_and_answers_nothing(
    client: Client, made: List, bob: User
) -> None:
    share(made, bob, "suggester")
    client.force_login(bob)
    item = made.items.all()[0].pk

    for deed in ("remove", "order", "note", "answer"):
        assert client.post(f"{LIST}/{deed}", {"items": [item]}).status_code == 404
    title = made.items.all()[0].title
    off = {"off": made.pk}
    answer = client.post(f"/movie/{title.tmdb_id}/list", off, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert names(made) == ["a", "b"]


def test_what_an_editor_adds_that_was_proposed_is_accepted(made: List, bob: User) -> None:
    share(made, bob, "suggester")
    title = make_title(name="c")
    keeping.add(made, title, by=bob)

    keeping.add(made, title, by=made.owner)

    assert names(made) == ["a", "b", "c"]


def test_who_proposes_takes_back_what_waits(client: Client, made: List, bob: User) -> None:
    share(made, bob, "suggester")
    client.force_login(bob)
    title = make_title()
    client.post(f"/movie/{title.tmdb_id}/list", {"on": made.pk})

    client.post(f"/movie/{title.tmdb_id}/list", {"off": made.pk})

    assert not made.items.proposed().exists()


def test_nobody_sees_what_waits_but_who_may_answer(client: Client, made: List, bob: User) -> None:
    share(made, bob, "suggester")
    client.force_login(bob)
    title = make_title(name="Waits")
    client.post(f"/movie/{title.tmdb_id}/list", {"on": made.pk})

    assert "Waits" not in shown(Client(), LIST)


@WAYS
def test_the_owner_changes_a_role_and_parts(
    client: Client, made: List, bob: User, headers: dict[str, str]
) -> None:
    shared = share(made, bob)
    client.force_login(made.owner)
    assert "Bob" in shown(client, f"{LIST}/people")

    for role in ("suggester", "nonsense"):
        client.post(f"{LIST}/people/{shared.pk}/role", {"role": role}, headers=headers)
    assert made.collaborators.get().role == "suggester"

    client.post(f"{LIST}/people/{shared.pk}/part", headers=headers)
    assert not made.collaborators.exists()


@WAYS
def test_who_leaves_takes_along_what_waits(
    client: Client, made: List, bob: User, headers: dict[str, str]
) -> None:
    share(made, bob, "suggester")
    client.force_login(bob)
    client.post(f"/movie/{make_title(tmdb_id=603).tmdb_id}/list", {"on": made.pk})
    assert "Leave the list" in shown(client, f"{LIST}/people")

    answer = client.post(f"{LIST}/leave", headers=headers)

    assert answer["HX-Redirect" if headers else "Location"] == "/lists"
    assert not made.collaborators.exists()
    assert not made.items.proposed().exists()


def test_a_collaborator_invites_nobody(client: Client, made: List, bob: User) -> None:
    share(made, bob)
    make_user(username="eva")
    client.force_login(bob)

    client.post(f"{LIST}/people", {"username": "eva", "role": "editor"})

    assert made.collaborators.count() == 1


@pytest.mark.parametrize("deed", ["role", "part"])
def test_only_the_owner_changes_who_shares_it(
    client: Client, made: List, bob: User, deed: str
) -> None:
    shared = share(made, bob)
    client.force_login(bob)

    assert client.post(f"{LIST}/people/{shared.pk}/{deed}").status_code == 404


def test_who_shares_nothing_does_not_see_who_does(client: Client, made: List) -> None:
    client.force_login(make_user())

    assert client.get(f"{LIST}/people").status_code == 404
    assert client.post(f"{LIST}/leave").status_code == 404


def test_the_watchlist_is_shared_with_nobody(client: Client, ann: User) -> None:
    make_list(ann, *titles(1), kind="watchlist", name="watchlist")
    client.force_login(ann)

    assert client.get("/@ann/list/watchlist/people").status_code == 404

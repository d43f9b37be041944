"""Who somebody is here, for programs of theirs to read and change."""

from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts import issuing
from accounts.models import Follow, User
from catalog.models import Country, Provider
from tests.accounts.api.entering import codes, kind
from tests.catalog.mirror.pictures import picture
from tests.make import make_offer, make_title, make_user

pytestmark = pytest.mark.django_db

ME = "/api/v1/users/me/"


@pytest.fixture
def ann(client: Client) -> User:
    ann = make_user(username="ann", email="ann@example.org")
    client.force_login(ann)
    return ann


def change(client: Client, **told: Any) -> Any:
    return client.patch(ME, told, content_type="application/json")


def with_token(member: User, *scopes: str) -> dict[str, str]:
    _token, value = issuing.issue(member, name="script", reach=scopes, expires_at=None)
    return {"Authorization": f"Bearer {value}"}


def test_somebody_reads_who_they_are(client: Client, ann: User) -> None:
    told = client.get(ME).json()

    assert (told["username"], told["email"], told["email_verified"]) == (
        "ann",
        "ann@example.org",
        False,
    )
    assert told["preferences"]["theme"] == "system"
    assert told["preferences"]["providers"] == []


def test_nobody_is_nobody(client: Client) -> None:
    assert client.get(ME).status_code == 401


def test_what_is_sent_is_changed_and_nothing_else(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(bio="Silent films.", theme="dark")

    told = change(client, display_name="  Ann   B. ", preferences={"first_weekday": 6}).json()

    assert (told["display_name"], told["bio"]) == ("Ann B.", "Silent films.")
    assert (told["preferences"]["first_weekday"], told["preferences"]["theme"]) == (6, "dark")
    ann.refresh_from_db()
    assert (ann.display_name, ann.first_weekday, ann.theme) == ("Ann B.", 6, "dark")


def test_nothing_is_a_change_too(client: Client, ann: User) -> None:
    assert change(client).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("language", "en"),
        ("region", "NZ"),
        ("time_zone", "Pacific/Auckland"),
        ("first_weekday", None),
        ("theme", "light"),
        ("rating_scale", "100"),
        ("spoiler_shield", False),
        ("adult", True),
    ],
)
def test_each_preference_is_kept(client: Client, ann: User, name: str, value: Any) -> None:
    Country.objects.create(code="NZ", name="New Zealand")

    assert change(client, preferences={name: value}).json()["preferences"][name] == value

    assert client.get(ME).json()["preferences"][name] == value


def test_services_of_the_country_are_chosen_by_their_ids(client: Client, ann: User) -> None:
    Country.objects.create(code="NZ", name="New Zealand")
    offer = make_offer(make_title(), name="Kiwi Films", country="NZ")

    told = change(client, preferences={"region": "NZ", "providers": [offer.provider_id]}).json()

    assert told["preferences"]["providers"] == [offer.provider_id]
    assert ann.providers.get() == offer.provider


def test_services_are_left_alone_where_none_are_sent(client: Client, ann: User) -> None:
    ann.providers.add(Provider.objects.create(tmdb_id=8, name="Kiwi Films"))

    change(client, preferences={"theme": "dark"})

    assert ann.providers.count() == 1


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"bio": "x" * 501}, "bio"),
        ({"display_name": 5}, "display_name"),
        ({"display_name": "a\x00b"}, "display_name"),
        ({"audience": "martians"}, "audience"),
        ({"preferences": {"language": "xx"}}, "preferences.language"),
        ({"preferences": {"region": "ZZ"}}, "preferences.region"),
        ({"preferences": {"time_zone": "Mars/Base"}}, "preferences.time_zone"),
        ({"preferences": {"first_weekday": 7}}, "preferences.first_weekday"),
        ({"preferences": {"providers": [404]}}, "preferences.providers"),
        ({"preferences": "all"}, "preferences"),
    ],
)
def test_what_is_not_right_is_said_by_its_name(
    client: Client, ann: User, told: dict[str, Any], field: str
) -> None:
    assert list(codes(change(client, **told))) == [field]


def test_where_one_thing_is_wrong_nothing_is_changed(client: Client, ann: User) -> None:
    answer = change(client, bio="Silent films.", preferences={"region": "ZZ"})

    assert answer.status_code == 400
    ann.refresh_from_db()
    assert ann.bio == ""


def test_who_opens_their_profile_lets_in_who_has_asked(client: Client, ann: User) -> None:
    User.objects.filter(pk=ann.pk).update(audience="private")
    Follow.objects.create(follower=make_user(), followed=ann)

    change(client, audience="public")

    assert ann.followers.accepted().count() == 1


def test_the_name_can_not_be_changed_here(client: Client, ann: User) -> None:
    change(client, username="bob")

    ann.refresh_from_db()
    assert ann.username == "ann"


def test_what_was_changed_meanwhile_is_not_overwritten(client: Client, ann: User) -> None:
    etag = client.get(ME)["ETag"]
    User.objects.filter(pk=ann.pk).update(bio="Sound films.")

    answer = client.patch(
        ME, {"bio": "Silent."}, content_type="application/json", headers={"If-Match": etag}
    )

    assert kind(answer) == (412, "changed")


@pytest.mark.parametrize(("scope", "status"), [("profile", 200), ("read", 403)])
def test_a_token_has_to_reach_so_far(client: Client, scope: str, status: int) -> None:
    headers = with_token(make_user(), scope)

    assert client.get(ME, headers=headers).status_code == status
    assert (
        client.patch(ME, {"bio": "x"}, content_type="application/json", headers=headers).status_code
        == status
    )


def test_a_token_without_the_scope_learns_no_e_mail_address(client: Client) -> None:
    told = client.get(ME, headers=with_token(make_user(), "profile")).json()

    assert (told["email"], told["email_verified"]) == (None, None)


# --- Picture -------------------------------------------------------------------------------------
def send(client: Client, content: bytes, name: str = "me.png", field: str = "picture") -> Any:
    body = encode_multipart(BOUNDARY, {field: SimpleUploadedFile(name, content)})
    return client.put(f"{ME}avatar/", body, content_type=MULTIPART_CONTENT)


def a_picture() -> bytes:
    return picture("PNG", (300, 300))


def test_a_picture_is_taken(client: Client, ann: User) -> None:
    answer = send(client, a_picture())

    assert answer.status_code == 200
    ann.refresh_from_db()
    assert ann.avatar
    shown = client.get(answer.json()["avatar"].removeprefix("http://testserver"))
    assert shown["Content-Type"] == "image/webp"


def test_a_picture_is_taken_away(client: Client, ann: User) -> None:
    send(client, a_picture())

    assert client.delete(f"{ME}avatar/").status_code == 204

    ann.refresh_from_db()
    assert not ann.avatar


@pytest.mark.parametrize(
    ("content", "name"), [(b"no picture", "me.png"), (b"<svg/>", "me.svg"), (b"", "me.png")]
)
def test_what_is_no_picture_is_refused(
    client: Client, ann: User, content: bytes, name: str
) -> None:
    assert list(codes(send(client, content, name))) == ["picture"]


def test_a_picture_has_to_be_there(client: Client, ann: User) -> None:
    assert codes(send(client, a_picture(), field="photo")) == {"picture": ["required"]}


def test_too_large_a_picture_is_refused(client: Client, ann: User, settings: Any) -> None:
    settings.UPLOAD_AT_MOST = 1000

    assert kind(send(client, a_picture() + bytes(2000))) == (413, "too-large")


def test_much_too_large_a_body_is_not_read(client: Client, ann: User) -> None:
    assert kind(send(client, bytes(10_500_000))) == (413, "too-large")


def test_a_picture_is_no_json(client: Client, ann: User) -> None:
    answer = client.put(f"{ME}avatar/", {"picture": "me"}, content_type="application/json")

    assert kind(answer) == (415, "unsupported-media-type")


def test_what_claims_to_be_a_form_and_is_none_is_refused(client: Client, ann: User) -> None:
    answer = client.put(f"{ME}avatar/", BytesIO(b"--").read(), content_type="multipart/form-data")

    assert kind(answer) == (400, "malformed")

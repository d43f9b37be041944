"""What members take along: everything of theirs, nothing of others', in bounded memory."""

import csv
import io
import json
import tracemalloc
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
from allauth.idp.oidc.models import Client as App
from django.test import Client

from accounts import avatars
from accounts.exporting import Section, pack, pictures, section, sections
from accounts.models import Kind, User
from tests.make import make_offer, make_title, make_user

pytestmark = pytest.mark.django_db

DOWNLOAD = "/settings/data/download"
PASSWORD = "a long enough word for it"


@pytest.fixture
def ann() -> User:
    return make_user(username="ann", email="ann@example.org", password=PASSWORD)


def unpacked(member: User) -> dict[str, Any]:
    with zipfile.ZipFile(pack(sections(member))) as archive:
        assert archive.testzip() is None
        return {
            name.removesuffix(".json"): json.loads(archive.read(name))
            for name in archive.namelist()
            if name.endswith(".json")
        }


def test_all_of_a_member_is_in_it(ann: User) -> None:
    ben = make_user(username="ben")
    ann.followers.create(follower=ben, accepted_at=datetime.now(UTC))
    ann.following.create(followed=ben)
    ann.blocks.create(blocked=make_user(username="cat"))
    ann.mutes.create(muted=make_user(username="dan"))
    ann.notifications.create(kind=Kind.FOLLOW, text="Ben follows you.", url="/@ben", actor=ben)
    ann.choices.create(kind=Kind.LIKE)
    ann.invitations.create(email="eve@example.org", key_hash="secret")
    ann.emailaddress_set.create(email=ann.email, verified=True)
    ann.usersession_set.create(ip="127.0.0.1", session_key="secret", user_agent="Firefox")
    ann.socialaccount_set.create(provider="github", uid="1", extra_data={"login": "ann"})
    ann.authenticator_set.create(type="totp", data={"secret": "secret"})
    app = App.objects.create(name="Telly", owner=ann, secret="secret")
    ann.authorizations.create(client=app, scopes="read")
    ann.tokens.create(name="backup", scopes="read", hash="secret")
    ann.providers.add(make_offer(make_title(), name="Films at home").provider)
    hook = ann.webhooks.create(url="https://hooks.example.org/", secret="secret")
    hook.deliveries.create(member=ann, event="test", body="{}")

    found = unpacked(ann)

    assert {name: len(rows) for name, rows in found.items()} == dict.fromkeys(found, 1)
    assert found["profile"][0]["username"] == "ann"
    assert found["preferences"][0]["theme"] == "system"
    assert found["followers"][0]["member"] == "ben"
    assert found["connected_accounts"][0]["extra_data"] == {"login": "ann"}
    assert found["allowed_apps"][0]["app"] == "Telly"
    assert found["streaming_services"] == [{"name": "Films at home"}]
    # Nothing that would let somebody in.
    assert "secret" not in json.dumps(found)


def test_nothing_of_others_is_in_it(ann: User) -> None:
    ben = make_user(username="ben", email="ben@example.org", bio="Nobody's business")
    ben.followers.create(follower=ann)
    ben.notifications.create(kind=Kind.FOLLOW, text="For Ben alone.", url="/", actor=ann)
    ben.blocks.create(blocked=ann)
    ben.emailaddress_set.create(email=ben.email)

    told = json.dumps(unpacked(ann))

    assert "ben@example.org" not in told
    assert "business" not in told
    assert "For Ben alone." not in told
    # That they block somebody is theirs, and not to be told.
    assert unpacked(ann)["blocked"] == []


def test_a_table_holds_the_same(ann: User) -> None:
    ann.notifications.create(kind=Kind.LIKE, text='Ännchen, "so" to say\nlikes', url="/")

    with zipfile.ZipFile(pack(sections(ann))) as archive:
        raw = archive.read("notifications.csv").decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(raw))

    assert row["text"] == 'Ännchen, "so" to say\nlikes'
    assert row["read_at"] == ""


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_a_spreadsheet_works_nothing_out(ann: User, text: str) -> None:
    ann.notifications.create(kind=Kind.LIKE, text=text, url="/")

    with zipfile.ZipFile(pack(sections(ann))) as archive:
        raw = archive.read("notifications.csv").decode("utf-8-sig")
        told = json.loads(archive.read("notifications.json"))

    assert next(csv.DictReader(io.StringIO(raw)))["text"] == f"'{text}"
    assert told[0]["text"] == text


def test_the_picture_is_with_it(ann: User) -> None:
    avatars.choose(ann, avatars.Avatar(tuple(b"picture" for _ in avatars.SIZES)))

    with zipfile.ZipFile(pack([], pictures(ann))) as archive:
        assert archive.read("picture.webp") == b"picture"


def test_what_holds_more_than_words_is_one_cell(ann: User) -> None:
    ann.socialaccount_set.create(provider="github", uid="1", extra_data={"login": "ann"})

    with zipfile.ZipFile(pack(sections(ann))) as archive:
        raw = archive.read("connected_accounts.csv").decode("utf-8-sig")

    assert next(csv.DictReader(io.StringIO(raw)))["extra_data"] == '{"login": "ann"}'


def test_an_empty_section_is_still_json(ann: User) -> None:
    assert unpacked(ann)["muted"] == []


def test_however_much_there_is_it_takes_little_memory() -> None:
    rows = 50_000

    def long() -> Any:
        return ({"number": n, "text": "x" * 500} for n in range(rows))

    tracemalloc.start()
    packed = pack([Section("long", ("number", "text"), long)])
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert peak < 5_000_000
    with zipfile.ZipFile(packed) as archive:
        assert archive.getinfo("long.json").file_size > rows * 500


def test_rows_are_asked_for_twice_however_many_there_are(
    ann: User, django_assert_num_queries: Any
) -> None:
    for _ in range(20):
        ann.notifications.create(kind=Kind.LIKE, text="x", url="/")
    told = section("told", ann.notifications.all(), "text")

    with django_assert_num_queries(2):
        pack([told])


# --- The door ------------------------------------------------------------------------------------
def test_the_password_is_asked_for_first(client: Client, ann: User) -> None:
    client.login(username="ann", password=PASSWORD)

    asked = client.post(DOWNLOAD)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/sign-in/again")
    sent = client.post(asked["Location"], {"password": PASSWORD})

    assert sent["Content-Type"] == "application/zip"
    assert 'filename="cinehub-ann-' in sent["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(b"".join(sent.streaming_content))) as archive:  # type: ignore[attr-defined]
        assert "profile.json" in archive.namelist()
        assert "followers.csv" in archive.namelist()


@pytest.mark.parametrize("method", ["get", "head"])
def test_it_is_not_had_by_following_a_link(client: Client, ann: User, method: str) -> None:
    client.force_login(ann)

    assert getattr(client, method)(DOWNLOAD).status_code == 405


def test_nobody_else_gets_it() -> None:
    assert Client().post(DOWNLOAD).headers["Location"].startswith("/sign-in")


def test_a_form_of_elsewhere_does_not_get_it(ann: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ann)

    assert client.post(DOWNLOAD).status_code == 403


def test_who_comes_too_often_is_told_to_wait(client: Client) -> None:
    # Who has no password has nothing to be asked for.
    ann = make_user()
    client.force_login(ann)

    answers = [client.post(DOWNLOAD).status_code for _ in range(11)]

    assert answers[0] == 200
    assert answers[-1] == 429

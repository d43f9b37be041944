"""Whom the API lets in, by what, and how far: everything that is shown at its door."""

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest
import time_machine
from allauth.idp.oidc.models import Client as App
from allauth.idp.oidc.models import Token
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import path
from django.utils import timezone, translation
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import consenting, issuing
from accounts.models import Authorization, PersonalToken, User
from cinehub import urls
from cinehub.kit.api import Endpoint, Who
from tests.make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

AN_HOUR = timedelta(hours=1)


class Anything(Endpoint):
    writes = "write:lists"

    def get(self, request: Request) -> Response:
        told = {"who": request.user.username, "zone": timezone.get_current_timezone_name()}
        return Response(told | {"language": translation.get_language()})

    def post(self, request: Request) -> Response:
        return Response({"who": request.user.username})


def endpoint(who_: Who, **values: str) -> Any:
    return type("One", (Anything,), {"who": who_, **values}).as_view()


urlpatterns = [
    *(path(f"api/try/{who.value}/", endpoint(who)) for who in Who),
    path("api/try/own/", endpoint(Who.MEMBERS, reads="", writes="")),
    path("api/try/sync/", endpoint(Who.STAFF, permission="catalog.view_syncrun")),
    *urls.urlpatterns,
]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def personal(member: User, *scopes: str, expires_at: datetime | None = None) -> str:
    _token, value = issuing.issue(member, name="script", reach=scopes, expires_at=expires_at)
    return value


def of_app(member: User, *scopes: str, app: App | None = None, lasts: timedelta = AN_HOUR) -> str:
    app = app or App.objects.create(name="TV")
    consenting.allow(member, app, scopes)
    token = Token(user=member, client=app, type=Token.Type.ACCESS_TOKEN)
    token.set_value(f"opaque-{app.pk}")
    token.set_scopes(list(scopes))
    token.expires_at = timezone.now() + lasts
    token.save()
    return f"opaque-{app.pk}"


KINDS = (personal, of_app)


# --- By what -------------------------------------------------------------------------------------
@pytest.mark.parametrize("make", KINDS)
def test_a_token_tells_who_asks(client: Client, make: Any) -> None:
    token = make(make_user(username="ann"), "read")

    answer = client.get("/api/try/members/", headers=bearer(token))

    assert answer.json()["who"] == "ann"


@pytest.mark.parametrize(
    "shown",
    [
        "",
        "nonsense",
        "chp_nonsense",
        "a.b.c",
        "two words",
        "chp_\u00e4",
        "x" * 5000,
    ],
)
def test_what_is_no_token_is_refused_where_anybody_may_look(client: Client, shown: str) -> None:
    answer = client.get("/api/try/anybody/", headers=bearer(shown))

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert 'error="invalid_token"' in answer["WWW-Authenticate"]


def test_another_scheme_is_nobody_s_token(client: Client) -> None:
    answer = client.get("/api/try/anybody/", headers={"Authorization": "Basic YW5uOnB3"})

    assert (answer.status_code, answer.json()["who"]) == (200, "")


@pytest.mark.parametrize("make", KINDS)
def test_a_token_that_has_run_out_is_refused(client: Client, make: Any) -> None:
    member = make_user()
    if make is personal:
        token = personal(member, "read", expires_at=timezone.now() - AN_HOUR)
    else:
        token = of_app(member, "read", lasts=-AN_HOUR)

    assert client.get("/api/try/members/", headers=bearer(token)).status_code == 401


@pytest.mark.parametrize("make", KINDS)
@pytest.mark.parametrize("values", [{"is_active": False}, {"leaves_at": datetime.now(UTC)}])
def test_who_is_kept_out_or_leaves_has_no_use_of_a_token(
    client: Client, make: Any, values: dict[str, Any]
) -> None:
    member = make_user()
    token = make(member, "read")
    User.objects.filter(pk=member.pk).update(**values)

    assert client.get("/api/try/members/", headers=bearer(token)).status_code == 401


def test_who_leaves_has_no_use_of_the_cookie(client: Client) -> None:
    client.force_login(make_user(leaves_at=timezone.now() + AN_HOUR))

    answer = client.get("/api/try/anybody/")

    assert answer.status_code == 401


def test_a_token_is_gone_with_its_member(client: Client) -> None:
    member = make_user()
    tokens = [make(member, "read") for make in KINDS]
    member.delete()

    answers = [client.get("/api/try/members/", headers=bearer(token)) for token in tokens]

    assert [answer.status_code for answer in answers] == [401, 401]


def test_an_app_that_was_sent_away_has_no_use_of_what_it_gets_later(client: Client) -> None:
    token = of_app(make_user(), "read")
    Authorization.objects.all().delete()

    assert client.get("/api/try/members/", headers=bearer(token)).status_code == 401


def test_a_refresh_token_opens_nothing(client: Client) -> None:
    token = of_app(make_user(), "read")
    Token.objects.update(type=Token.Type.REFRESH_TOKEN)

    assert client.get("/api/try/members/", headers=bearer(token)).status_code == 401


def test_a_token_goes_before_the_cookie(client: Client) -> None:
    client.force_login(make_user(username="bob"))

    answer = client.get(
        "/api/try/members/", headers=bearer(personal(make_user(username="ann"), "read"))
    )

    assert answer.json()["who"] == "ann"


def test_a_cookie_alone_changes_nothing() -> None:
    careful = Client(enforce_csrf_checks=True)
    careful.force_login(make_user())

    answer = careful.post("/api/try/members/")

    assert (answer.status_code, answer.json()["type"].split("/")[-2]) == (403, "csrf")


def test_a_token_needs_no_csrf_token() -> None:
    careful = Client(enforce_csrf_checks=True)
    token = personal(make_user(), "write:lists")

    assert careful.post("/api/try/members/", headers=bearer(token)).status_code == 200


@pytest.mark.parametrize("make", KINDS)
def test_a_token_is_looked_up_in_one_question(
    client: Client, make: Any, django_assert_num_queries: Any
) -> None:
    token = make(make_user(), "read")
    client.get("/api/try/members/", headers=bearer(token))

    with django_assert_num_queries(1):
        client.get("/api/try/members/", headers=bearer(token))


# --- When it was last used -----------------------------------------------------------------------
@pytest.mark.parametrize(("make", "model"), [(personal, PersonalToken), (of_app, Authorization)])
def test_when_a_token_was_last_used_is_known_to_ten_minutes(
    client: Client, make: Any, model: Any
) -> None:
    token = make(make_user(), "read")
    noon = datetime(2026, 11, 21, 12, tzinfo=UTC)
    Token.objects.update(expires_at=noon + timedelta(days=1))
    seen = []
    for minutes in (0, 9, 11):
        with time_machine.travel(noon + timedelta(minutes=minutes), tick=False):
            client.get("/api/try/members/", headers=bearer(token))
        seen.append((model.objects.get().last_used_at - noon).seconds // 60)

    assert seen == [0, 0, 11]


# --- For whom the answer is ----------------------------------------------------------------------
@pytest.mark.parametrize("make", KINDS)
def test_an_answer_is_in_the_language_and_the_time_zone_of_the_token_s_member(
    client: Client, make: Any, settings: Any
) -> None:
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    token = make(make_user(language="de", time_zone="Asia/Tokyo"), "read")

    told = client.get("/api/try/members/", headers=bearer(token)).json()

    assert (told["language"], told["zone"]) == ("de", "Asia/Tokyo")


def test_the_next_request_is_in_nobody_s_time_zone(client: Client) -> None:
    token = personal(make_user(time_zone="Asia/Tokyo"), "read")
    client.get("/api/try/members/", headers=bearer(token))

    assert client.get("/api/try/anybody/").json()["zone"] == "UTC"
    assert timezone.get_current_timezone_name() == "UTC"


# --- How far -------------------------------------------------------------------------------------
# What each gets of a reading and of a writing request.
READ, WRITE, HERE = "read", "write:lists", "signed in here"
TABLE = {
    "anybody": {"nobody": (200, 200), READ: (200, 200), WRITE: (403, 200), HERE: (200, 200)},
    "readers": {"nobody": (200, 401), READ: (200, 403), WRITE: (403, 200), HERE: (200, 200)},
    "members": {"nobody": (401, 401), READ: (200, 403), WRITE: (403, 200), HERE: (200, 200)},
    "own": {"nobody": (401, 401), READ: (403, 403), WRITE: (403, 403), HERE: (200, 200)},
    "staff": {"nobody": (401, 401), READ: (403, 403), WRITE: (403, 403), HERE: (403, 403)},
}
CELLS = [(where, who) for where, row in TABLE.items() for who in row]


@pytest.mark.parametrize(("where", "who"), CELLS)
@pytest.mark.parametrize("make", KINDS)
def test_each_gets_as_far_as_they_may(client: Client, make: Any, where: str, who: str) -> None:
    headers: dict[str, str] = {}
    if who in (READ, WRITE):
        headers = bearer(make(make_user(is_staff=True, is_superuser=True), who))
    elif who == HERE:
        client.force_login(make_user())

    got = client.get(f"/api/try/{where}/", headers=headers).status_code
    put = client.post(f"/api/try/{where}/", headers=headers).status_code

    assert (got, put) == TABLE[where][who]


def test_a_token_is_told_which_scope_it_lacks(client: Client) -> None:
    answer = client.post("/api/try/members/", headers=bearer(personal(make_user(), "read")))

    assert answer["WWW-Authenticate"] == 'Bearer error="insufficient_scope", scope="write:lists"'
    told = answer.json()
    assert (told["type"].split("/")[-2], told["scope"]) == ("insufficient-scope", "write:lists")


def test_what_is_for_signing_in_alone_names_no_scope(client: Client) -> None:
    answer = client.post("/api/try/own/", headers=bearer(personal(make_user(), "read")))

    assert answer["WWW-Authenticate"] == 'Bearer error="insufficient_scope"'
    assert "scope" not in answer.json()


@pytest.mark.parametrize(
    ("values", "permission", "status"),
    [
        ({"is_staff": True, "is_superuser": True}, False, 200),
        ({"is_staff": True}, True, 200),
        ({"is_staff": True}, False, 403),
        ({"is_superuser": True}, False, 403),
        ({}, True, 403),
    ],
)
def test_of_the_staff_who_has_the_permission_gets_in(
    client: Client, values: dict[str, bool], permission: bool, status: int
) -> None:
    member = make_user(**values)
    if permission:
        member.user_permissions.add(Permission.objects.get(codename="view_syncrun"))
    client.force_login(member)

    assert client.get("/api/try/sync/").status_code == status


@pytest.mark.parametrize(("where", "method"), list(product(TABLE, ["get", "post"])))
def test_who_is_refused_learns_it_from_a_problem_document(
    client: Client, where: str, method: str
) -> None:
    answer = getattr(client, method)(f"/api/try/{where}/")

    if answer.status_code == 401:
        assert answer["WWW-Authenticate"].startswith("Bearer")
        assert answer.json()["type"].endswith("/unauthenticated/")

"""What an endpoint has without a line of its own, on an API made for these tests."""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client, RequestFactory
from django.urls import path
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from cinehub.kit.api import Endpoint, NotHere, Problem, Sparse, Who, after, matching
from cinehub.kit.api.delivery import etag_of
from cinehub.kit.api.shapes import last_modified
from tests.make import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]

# What the API below holds.
held: dict[str, Any] = {}


class Thing(Sparse):
    id = serializers.IntegerField(min_value=1)
    name = serializers.CharField(max_length=20)


class Things(Endpoint):
    who = Who.READERS

    def get(self, request: Request) -> Response:
        return self.page([{"id": n, "name": f"Nr. {n}"} for n in range(1, 46)], Thing)

    def post(self, request: Request) -> Response:
        wanted = self.read(Thing)
        held["made"] += 1
        if wanted["id"] == 13:
            raise Problem(409, "duplicate", "There is one.")
        return self.show(wanted, Thing, 201, Location=f"/api/things/{held['made']}/")


class One(Endpoint):
    who = Who.ANYBODY

    def get(self, request: Request) -> Response:
        return self.show({"id": 1, "name": held["name"]}, Thing)

    def patch(self, request: Request) -> Response:
        held["name"] = self.read(Thing, partial=True)["name"]
        return self.get(request)


class Going(Endpoint):
    who = Who.ANYBODY

    def get(self, request: Request) -> Response:
        begin = after(lambda place: int(place) if place.isdecimal() else None, self.after) or 0
        size = self.asked_after["page_size"]
        things = [{"id": n, "name": "x"} for n in range(begin + 1, min(begin + size, 50) + 1)]
        last = things[-1]["id"]
        return self.cursor_page(things, Thing, following=str(last) if last < 50 else None)

    @property
    def after(self) -> str:
        return str(self.asked_after["cursor"])


class Reading(Endpoint):
    who = Who.ANYBODY

    def get(self, request: Request) -> Response:
        return Response({"language": self.reader.language, "country": self.reader.country})


urlpatterns = [
    path("api/things/", Things.as_view()),
    path("api/one/", One.as_view()),
    path("api/going/", Going.as_view()),
    path("api/reading/", Reading.as_view()),
    path("api/<path:rest>", NotHere.as_view()),
]


@pytest.fixture(autouse=True)
def things() -> Iterator[None]:
    held.update(made=0, name="first")
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def member() -> Client:
    client = Client()
    client.force_login(make_user())
    return client


def send(client: Client, body: Any, **headers: str) -> Any:
    return client.post("/api/things/", body, content_type="application/json", headers=headers)


def key(name: str) -> dict[str, str]:
    return {"Idempotency-Key": name}


# --- Twice ---------------------------------------------------------------------------------------
def test_what_is_sent_twice_is_done_once_and_answered_the_same(member: Client) -> None:
    first = send(member, {"id": 1, "name": "a"}, **key("k"))
    second = send(member, {"id": 1, "name": "a"}, **key("k"))

    assert held["made"] == 1
    assert (second.status_code, second.json()) == (201, first.json())
    assert second["Location"] == first["Location"]
    assert second["Idempotency-Replayed"] == "true"


def test_without_a_key_it_is_done_twice(member: Client) -> None:
    send(member, {"id": 1, "name": "a"})
    send(member, {"id": 1, "name": "a"})

    assert held["made"] == 2


def test_one_key_is_not_for_two_requests(member: Client) -> None:
    send(member, {"id": 1, "name": "a"}, **key("k"))

    answer = send(member, {"id": 2, "name": "a"}, **key("k"))

    assert answer.status_code == 422
    assert answer.json()["type"].endswith("/other-request/")


def test_a_key_is_its_members_own(member: Client) -> None:
    other = Client()
    other.force_login(make_user())

    send(member, {"id": 1, "name": "a"}, **key("k"))
    send(other, {"id": 1, "name": "a"}, **key("k"))

    assert held["made"] == 2


def test_what_was_wrong_is_answered_the_same_and_what_stood_in_the_way_is_tried_again(
    member: Client,
) -> None:
    wrong = [send(member, {"id": 0, "name": "a"}, **key("wrong")) for _ in range(2)]
    there = [send(member, {"id": 13, "name": "a"}, **key("there")) for _ in range(2)]

    assert [answer.status_code for answer in wrong] == [400, 400]
    assert wrong[1]["Idempotency-Replayed"] == "true"
    assert [answer.status_code for answer in there] == [409, 409]
    assert held["made"] == 2


def test_a_second_one_does_not_wait_for_the_first(member: Client, settings: Any) -> None:
    seen = {}

    class Slow(Things):
        def post(self, request: Request) -> Response:
            if "again" not in seen:
                seen["again"] = None
                seen["again"] = send(member, {"id": 1, "name": "a"}, **key("k"))
            return super().post(request)

    urlpatterns[0] = path("api/things/", Slow.as_view())
    try:
        send(member, {"id": 1, "name": "a"}, **key("k"))
    finally:
        urlpatterns[0] = path("api/things/", Things.as_view())

    assert seen["again"].status_code == 409
    assert seen["again"].json()["type"].endswith("/in-progress/")


# --- Edits ---------------------------------------------------------------------------------------
def edit(client: Client, name: str, match: str) -> Any:
    body = json.dumps({"name": name})
    return client.patch("/api/one/", body, "application/json", headers={"If-Match": match})


def test_an_edit_of_what_was_read_goes_through(client: Client) -> None:
    read = client.get("/api/one/")["ETag"]

    assert edit(client, "second", read).status_code == 200
    assert held["name"] == "second"


def test_an_edit_of_what_is_no_more_as_it_was_read_does_not(client: Client) -> None:
    read = client.get("/api/one/")["ETag"]
    held["name"] = "somebody else's"

    answer = edit(client, "second", read)

    assert answer.status_code == 412
    assert held["name"] == "somebody else's"


def test_of_two_edits_of_the_same_one_is_done(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, seen = client.get("/api/one/")["ETag"], {}
    change = One.patch

    def slow(self: Any, request: Request) -> Response:
        """Before it is done, another one comes that has read the same."""
        if not seen:
            seen["other"] = None
            seen["other"] = edit(client, "third", read)
        return change(self, request)

    monkeypatch.setattr(One, "patch", slow)

    assert edit(client, "second", read).status_code == 200
    assert seen["other"].status_code == 409
    assert seen["other"].json()["type"].endswith("/in-progress/")
    assert held["name"] == "second"


def test_who_takes_too_long_leaves_the_next_one_their_turn(rf: RequestFactory) -> None:
    read = partial(Response, {"id": 1})
    said = {"If-Match": etag_of(b'{"id":1}')}
    edits = Request(rf.patch("/api/one/", headers=said))
    slow = matching.begin(edits, read)
    assert slow
    # Its time has passed.
    cache.delete(slow.name)
    matching.begin(edits, read)

    matching.end(slow)

    with pytest.raises(Problem, match="still under way"):
        matching.begin(edits, read)


def test_what_was_refused_stands_in_nobodys_way(client: Client) -> None:
    assert edit(client, "second", '"else"').status_code == 412

    read = client.get("/api/one/")["ETag"]
    assert [edit(client, "second", read).status_code, edit(client, "third", "*").status_code] == [
        *(200, 200)
    ]


def test_who_does_not_say_what_they_have_read_stands_in_nobodys_way(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    change, seen = One.patch, []

    def slow(self: Any, request: Request) -> Response:
        if not seen:
            seen.append(200)
            seen.append(edit(client, "third", "*").status_code)
        return change(self, request)

    monkeypatch.setattr(One, "patch", slow)

    assert edit(client, "second", "*").status_code == 200
    assert seen == [200, 200]


def test_an_edit_that_failed_stands_in_nobodys_way(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = client.get("/api/one/")["ETag"]

    def fail(*_told: Any) -> Response:
        raise OperationalError("Nobody expects this")

    with monkeypatch.context() as patch:
        patch.setattr(One, "patch", fail)
        with pytest.raises(OperationalError):
            edit(client, "second", read)

    assert edit(client, "second", read).status_code == 200


def test_what_was_packed_on_the_way_is_the_same(client: Client) -> None:
    read = client.get("/api/one/")["ETag"]

    assert edit(client, "second", f"W/{read}").status_code == 200


# --- What is asked for ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("shown", "date"),
    [
        ({"changed_at": "2026-05-02T10:00:00Z", "created_at": "2026-05-01T10:00:00Z"}, "02 May"),
        ({"rated_at": "2026-05-02T10:00:00Z"}, "02 May"),
        ({"edited_at": "2026-05-02T10:00:00Z", "created_at": "2026-05-01T10:00:00Z"}, "02 May"),
        ({"edited_at": None, "created_at": "2026-05-01T10:00:00Z"}, "01 May"),
        ({"created_at": "2026-05-01T10:00:00Z"}, ""),
        ({"changed_at": None}, ""),
    ],
)
def test_what_tells_when_it_changed_is_dated(shown: dict[str, Any], date: str) -> None:
    """Of what only tells when it was made nobody knows when it changed."""
    assert date in last_modified(shown).get("Last-Modified", "")
    assert bool(date) == bool(last_modified(shown))


def test_fields_leave_no_more_than_these(client: Client) -> None:
    told = client.get("/api/things/?fields=name&page_size=2").json()

    assert told["results"] == [{"name": "Nr. 1"}, {"name": "Nr. 2"}]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("fields=size", "fields"),
        ("page=0", "page"),
        ("page=x", "page"),
        ("page_size=101", "page_size"),
        ("page_size=0", "page_size"),
        ("sort=", "sort"),
    ],
)
def test_what_can_not_be_asked_for_is_said_with_its_field(
    client: Client, query: str, field: str
) -> None:
    answer = client.get(f"/api/things/?{query}")

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("query", ["language=german", "language=de_DE", "region=Germany"])
def test_what_is_no_language_and_no_country_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/api/reading/?{query}").status_code == 400


def test_the_query_goes_before_what_the_browser_says(client: Client) -> None:
    told = client.get(
        "/api/reading/?language=fr-CA&region=JP", headers={"Accept-Language": "de-AT"}
    ).json()

    assert told == {"language": "fr-CA", "country": "JP"}


# --- Pages ---------------------------------------------------------------------------------------
def test_a_page_says_how_many_there_are_and_where_the_others_are(client: Client) -> None:
    answer = client.get("/api/things/?page=2")

    told = answer.json()
    assert [told[name] for name in ("page", "page_size", "total_pages", "total_results")] == [
        *(2, 20, 3, 45)
    ]
    assert [rel.split("; ")[1] for rel in answer["Link"].split(", ")] == [
        *('rel="first"', 'rel="prev"', 'rel="next"', 'rel="last"')
    ]
    assert "page=3" in answer["Link"]


def test_there_is_no_page_beyond_the_last(client: Client) -> None:
    assert client.get("/api/things/?page=4").status_code == 404


def test_a_cursor_leads_through_all_of_them(client: Client) -> None:
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        told = client.get(f"/api/going/?page_size=20&cursor={cursor}").json()
        seen += [thing["id"] for thing in told["results"]]
        cursor = told["next_cursor"]

    assert seen == list(range(1, 51))


@pytest.mark.parametrize("cursor", ["!", "nonsense", "4p1", "x" * 301])
def test_what_is_no_cursor_is_refused(client: Client, cursor: str) -> None:
    answer = client.get(f"/api/going/?cursor={cursor}")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "cursor"


# --- On the way ----------------------------------------------------------------------------------
def test_a_long_answer_is_packed_as_the_client_likes(client: Client) -> None:
    for name in ("br", "gzip"):
        answer = client.get("/api/things/", headers={"Accept-Encoding": name})
        assert answer["Content-Encoding"] == name
        assert answer["ETag"].startswith("W/")


def test_a_passers_by_answer_may_be_kept_for_a_while_and_a_members_only_by_them(
    client: Client, member: Client
) -> None:
    assert client.get("/api/things/")["Cache-Control"] == "public, max-age=60"
    assert member.get("/api/things/")["Cache-Control"] == "private, no-cache"
    assert "Authorization" in client.get("/api/things/")["Vary"]


def test_another_sites_page_may_ask_only_where_the_settings_name_it(
    client: Client, settings: Any
) -> None:
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]

    known = client.get("/api/one/", headers={"Origin": "https://app.example"})
    unknown = client.get("/api/one/", headers={"Origin": "https://elsewhere.example"})

    assert known["Access-Control-Allow-Origin"] == "https://app.example"
    assert "RateLimit-Remaining" in known["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Origin" not in unknown


# --- Types ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"id": "1", "name": "a"}, "id"),
        ({"id": True, "name": "a"}, "id"),
        ({"id": 1, "name": 5}, "name"),
        ({"id": 1, "name": "a\ud800"}, "name"),
        ({"id": 1, "name": "a\x00"}, "name"),
        ({"id": 1.5, "name": "a"}, "id"),
    ],
)
def test_nothing_is_understood_by_chance(member: Client, body: Any, field: str) -> None:
    answer = send(member, body)

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("body", ["[]", "5", '"text"', "null", "{", "NaN", "", "[" * 90_000])
def test_what_is_no_object_is_refused(member: Client, body: str) -> None:
    assert member.post("/api/things/", body, content_type="application/json").status_code == 400


def test_what_is_not_json_is_refused(member: Client) -> None:
    answer = member.post("/api/things/", "id=1", content_type="application/x-www-form-urlencoded")

    assert answer.status_code == 415

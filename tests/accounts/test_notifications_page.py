"""What a member was told: the page, the bell, and how each is opened."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Kind, Mail, Notification, User
from accounts.views.notifications import PER_PAGE
from tests.make import make_user
from tests.read import part, shown, text

pytestmark = pytest.mark.django_db

ROW = r"<li>\s*<form.*?</li>"


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


def tell(member: User, words: str = "Ben follows you.", **values: Any) -> Notification:
    ago = values.pop("ago", timedelta())
    values = {"kind": Kind.FOLLOW, "url": "/about"} | values
    told = member.notifications.create(text=words, **values)
    Notification.objects.filter(pk=told.pk).update(created_at=timezone.now() - ago)
    return told


def rows(page: str) -> list[str]:
    return [text(row) for row in re.findall(ROW, page, re.DOTALL)]


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    assert client.get("/notifications").headers["Location"].startswith("/sign-in?next=")
    assert client.get("/notifications/bell").status_code == 403


def test_who_was_told_nothing_reads_what_will_stand_there(client: Client, ann: User) -> None:
    assert "All is quiet" in shown(client, "/notifications")


def test_the_newest_is_first_and_days_are_told_apart(client: Client, ann: User) -> None:
    tell(ann, "Long ago.", ago=timedelta(days=40))
    tell(ann, "Just now.")

    page = shown(client, "/notifications")

    assert re.findall("Just now|Long ago", " ".join(rows(page))) == ["Just now", "Long ago"]
    assert "Today" in page


def test_unread_is_said_in_words(client: Client, ann: User) -> None:
    tell(ann, "Read.", read_at=timezone.now(), ago=timedelta(hours=1))
    tell(ann, "Unread.")

    unread, read = rows(shown(client, "/notifications"))

    assert "New" in unread
    assert "New" not in read


def test_what_is_for_the_mail_alone_and_what_others_were_told_is_not_there(
    client: Client, ann: User
) -> None:
    tell(ann, is_on_site=False, mail=Mail.DAILY)
    tell(make_user())

    assert rows(shown(client, "/notifications")) == []


def test_looking_marks_nothing_as_read(client: Client, ann: User) -> None:
    told = tell(ann)

    client.get("/notifications")
    assert client.get(f"/notifications/{told.pk}/open").status_code == 405

    assert ann.notifications.unread().count() == 1


def test_opening_one_marks_it_as_read_and_leads_to_what_it_is_about(
    client: Client, ann: User
) -> None:
    told, _other = tell(ann), tell(ann)

    answer = client.post(f"/notifications/{told.pk}/open")

    assert (answer.status_code, answer["Location"]) == (303, "/about")
    assert list(ann.notifications.filter(read_at__isnull=False)) == [told]


def test_nobody_opens_what_others_were_told(client: Client, ann: User) -> None:
    told = tell(make_user())

    assert client.post(f"/notifications/{told.pk}/open").status_code == 404
    assert Notification.objects.unread().count() == 1


def test_all_are_marked_as_read_at_once(client: Client, ann: User) -> None:
    tell(ann)
    tell(ann)
    tell(make_user())

    client.post("/notifications/read")

    assert not ann.notifications.unread().exists()
    assert Notification.objects.unread().count() == 1


def test_pages_lead_through_all_without_loss(client: Client, ann: User) -> None:
    # Many of the same moment, of which one page ends within.
    moment = timezone.now()
    for number in range(2 * PER_PAGE + 5):
        tell(ann, f"Told {number}.", ago=timezone.now() - moment)
    Notification.objects.update(created_at=moment)

    seen: list[str] = []
    address = "/notifications"
    while address:
        page = shown(client, address)
        seen += re.findall(r"Told \d+\.", page)
        more = re.search(r'href="(\?after=[^"]+)"', page)
        address = f"/notifications{more[1]}" if more else ""

    assert seen == [f"Told {number}." for number in reversed(range(2 * PER_PAGE + 5))]


@pytest.mark.parametrize(
    "after",
    [
        "0001-01-01T00:00:00+14:00_1",
        "9999-12-31T23:59:59-14:00_1",
        "x",
        "_",
        "2020-01-01_1",
        "2020-01-01T00:00:00+00:00_-1",
        "\x00",
        "_" * 2000,
    ],
)
def test_nonsense_begins_from_the_start(client: Client, ann: User, after: str) -> None:
    tell(ann)

    page = client.get("/notifications", {"after": after})

    assert len(rows(page.content.decode())) == 1


def test_the_bell_says_how_many_are_unread(client: Client, ann: User) -> None:
    assert part(shown(client, "/notifications/bell"), r"<a .*</a>") == "Notifications"
    for _ in range(3):
        tell(ann)

    assert part(shown(client, "/notifications/bell"), r"<span class=\"visually.*?</span>") == (
        "Notifications, 3 unread"
    )


def test_many_are_not_counted_out_in_the_corner(client: Client, ann: User) -> None:
    Notification.objects.bulk_create(
        Notification(recipient=ann, kind=Kind.LIKE, text="x", url="/") for _ in range(120)
    )

    page = shown(client, "/notifications/bell")

    assert "99+" in page
    assert "120 unread" in page


def test_more_of_them_cost_no_more_queries(
    client: Client, ann: User, django_assert_max_num_queries: Any
) -> None:
    for _ in range(PER_PAGE + 1):
        tell(ann, actor=make_user())

    with django_assert_max_num_queries(6):
        client.get("/notifications")


def test_the_bell_costs_one_query(client: Client, ann: User) -> None:
    tell(ann)

    with CaptureQueriesContext(connection) as queries:
        client.get("/about")

    assert sum("accounts_notification" in query["sql"] for query in queries) == 1

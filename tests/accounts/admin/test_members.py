"""Members in the admin: found, looked at, helped, and never by who may not."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import avatars
from accounts.models import Notification, User
from tests.make import make_user
from tests.read import text

pytestmark = pytest.mark.django_db

LIST = "/admin/accounts/user/"
SECRET = "JBSWY3DPEHPK3PXP"


def page_of(member: User) -> str:
    return reverse("admin:accounts_user_change", args=[member.pk])


def with_factor(member: User) -> User:
    Authenticator.objects.create(user=member, type="totp", data={"secret": SECRET})
    return member


def act(client: Client, action: str, *members: User, back: bool = False) -> str:
    data: dict[str, Any] = {"action": action, "_selected_action": [m.pk for m in members]}
    answer = client.post(LIST, data | ({"back": "1"} if back else {}), follow=True)
    return text(answer.content.decode())


def listed(client: Client, query: str) -> str:
    return text(client.get(LIST + query).content.decode())


# --- Finding -------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["ann", "Lee", "a.lee@example.com"])
def test_a_member_is_found_by_name_and_by_address(as_superuser: Client, words: str) -> None:
    make_user(username="ann", display_name="Ann Lee", email="a.lee@example.com")
    make_user(username="bob")

    page = listed(as_superuser, f"?q={words}")

    assert "Ann Lee" in page
    assert "bob" not in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?state=active", {"confirmed", "plain", "safe", "staffed"}),
        ("?state=deactivated", {"gone"}),
        ("?state=leaving", {"leaver"}),
        ("?confirmed=yes", {"confirmed"}),
        ("?confirmed=no", {"gone", "leaver", "plain", "safe", "staffed"}),
        ("?factor=yes", {"safe"}),
        ("?factor=no", {"confirmed", "gone", "leaver", "plain", "staffed"}),
        ("?role=none", {"confirmed", "gone", "leaver", "plain", "safe"}),
        ("?role=staff", {"staffed"}),
        ("?role=Catalogue editor", {"staffed"}),
        ("?role=nonsense", set()),
    ],
)
def test_members_are_narrowed_down(as_superuser: Client, query: str, found: set[str]) -> None:
    make_user(username="plain")
    make_user(username="gone", is_active=False)
    make_user(username="leaver", leaves_at=timezone.now() + timedelta(days=3))
    with_factor(make_user(username="safe"))
    confirmed = make_user(username="confirmed")
    EmailAddress.objects.create(user=confirmed, email=confirmed.email, primary=True, verified=True)
    make_user(username="staffed", is_staff=True).groups.create(name="Others")
    User.objects.get(username="staffed").groups.add(
        *User.groups.rel.model.objects.filter(name="Catalogue editor")
    )

    members = as_superuser.get(LIST + query).context["cl"].queryset

    assert {member.username for member in members} - {"root"} == found


def test_the_list_asks_no_more_for_more_members(as_superuser: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert as_superuser.get(LIST).status_code == 200
        return len(queries)

    with_factor(make_user())
    asked()
    few = asked()
    for _ in range(6):
        with_factor(make_user())

    assert asked() == few <= 15


# --- Looking -------------------------------------------------------------------------------------
def test_a_members_page_shows_how_they_sign_in_and_no_secret(as_superuser: Client) -> None:
    member = with_factor(make_user(password="a hash of this is kept"))
    SocialAccount.objects.create(user=member, provider="github", uid="1", extra_data={"x": "token"})
    UserSession.objects.create(
        user=member, ip="192.0.2.7", user_agent="Lynx/2.9", session_key="key-of-the-session"
    )
    EmailAddress.objects.create(user=member, email="second@example.org", verified=False)

    page = as_superuser.get(page_of(member)).content.decode()

    for shown in ("github", "192.0.2.7", "Lynx/2.9", "second@example.org", "TOTP"):
        assert shown in page
    for secret in (SECRET, "key-of-the-session", member.password, member.password[-12:]):
        assert secret not in page


def test_a_members_page_says_what_was_done_by_whom(as_superuser: Client) -> None:
    member = make_user()
    act(as_superuser, "deactivate", member)

    page = text(as_superuser.get(page_of(member)).content.decode())

    assert "Deactivated root" in page


def test_a_members_page_asks_few_questions(as_superuser: Client) -> None:
    member = with_factor(make_user())
    as_superuser.get(page_of(member))

    with CaptureQueriesContext(connection) as queries:
        as_superuser.get(page_of(member))

    assert len(queries) <= 20


def test_what_allauth_has_is_not_listed_by_itself(as_superuser: Client) -> None:
    for address in ("mfa/authenticator", "account/emailaddress", "socialaccount/socialtoken"):
        assert as_superuser.get(f"/admin/{address}/").status_code == 404


# --- Helping -------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", ["deactivate", "end_sessions"])
def test_whose_sessions_are_ended_has_to_sign_in_again(as_superuser: Client, action: str) -> None:
    member = make_user()
    theirs = Client()
    theirs.force_login(member)
    key = theirs.session.session_key
    UserSession.objects.get_or_create(session_key=key, defaults={"user": member, "ip": "192.0.2.7"})
    assert theirs.get("/settings/password/set").status_code == 200

    said = act(as_superuser, action, member)
    act(as_superuser, "reactivate", member)

    assert "Done for 1 member" in said
    assert theirs.get("/settings/password/set").headers["Location"].startswith("/sign-in")


def test_who_is_deactivated_comes_back_when_reactivated(as_superuser: Client) -> None:
    member = make_user()

    act(as_superuser, "deactivate", member)
    assert not User.objects.filter(pk=member.pk, is_active=True).exists()

    act(as_superuser, "reactivate", member)
    assert User.objects.filter(pk=member.pk, is_active=True).exists()


def test_a_password_reset_goes_to_the_members_own_address(
    as_superuser: Client, mailbox: list[Any]
) -> None:
    member = make_user(email="ann@example.org", password="something to be forgotten")

    act(as_superuser, "send_reset", member)

    assert [message.to for message in mailbox] == [["ann@example.org"]]
    assert LogEntry.objects.get().get_change_message() == "Password reset sent"


def test_lost_factors_are_removed_from_the_members_page_and_the_member_is_told(
    as_superuser: Client,
) -> None:
    member = with_factor(make_user())

    act(as_superuser, "remove_second_factors", member, back=True)

    assert not Authenticator.objects.exists()
    assert "removed your second factors" in Notification.objects.get(recipient=member).text
    assert LogEntry.objects.get().get_change_message() == "Second factors removed"


def test_a_picture_is_taken_off(as_superuser: Client) -> None:
    member = make_user()
    avatars.choose(member, avatars.Avatar((b"large", b"small")))

    act(as_superuser, "remove_pictures", member)

    member.refresh_from_db()
    assert not member.avatar
    assert LogEntry.objects.get().get_change_message() == "Picture removed"


def test_whose_password_a_superuser_sets_is_told(as_superuser: Client) -> None:
    member = make_user()
    secret = "long enough, and rare"

    address = f"{LIST}{member.pk}/password/"
    values = {"usable_password": "true", "password1": secret}
    as_superuser.post(address, values | {"password2": "another one than that"})
    assert not Notification.objects.exists()
    as_superuser.post(address, values | {"password2": secret})

    member.refresh_from_db()
    assert member.check_password(secret)
    assert "set a new password" in Notification.objects.get(recipient=member).text


def test_factors_are_not_removed_from_the_list(as_superuser: Client) -> None:
    member = with_factor(make_user())

    act(as_superuser, "remove_second_factors", member)

    assert Authenticator.objects.exists()


def test_a_member_who_is_made_in_the_admin_has_an_address(as_superuser: Client) -> None:
    secret = "long enough, and rare"
    values = {"username": "made", "email": "made@example.org", "usable_password": "true"}

    as_superuser.post(LIST + "add/", values | {"password1": secret, "password2": secret})

    made = User.objects.get(username="made")
    assert (made.email, made.check_password(secret)) == ("made@example.org", True)


# --- Who may what --------------------------------------------------------------------------------
def test_who_may_only_look_can_do_nothing(
    client: Client, staff: Callable[..., User], mailbox: list[Any]
) -> None:
    member = with_factor(make_user())
    client.force_login(staff("accounts.view_user"))

    page = client.get(page_of(member)).content.decode()

    assert 'name="action"' not in page
    assert 'name="_save"' not in page
    assert "TOTP" not in page
    for action in ("deactivate", "end_sessions", "send_reset", "remove_second_factors"):
        act(client, action, member, back=True)
    member.refresh_from_db()
    assert member.is_active
    assert Authenticator.objects.exists()
    assert not mailbox


def test_nobody_deletes_a_member(as_superuser: Client) -> None:
    member = make_user()

    assert as_superuser.post(f"{LIST}{member.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("above", [{"is_superuser": True}, {}], ids=["superuser", "staff"])
def test_nobody_deals_with_who_stands_above_them(
    client: Client, staff: Callable[..., User], above: dict[str, bool]
) -> None:
    other = with_factor(make_user(is_staff=True, **above))
    client.force_login(staff("accounts.view_user", "accounts.change_user"))

    act(client, "remove_second_factors", other, back=True)
    answer = client.post(page_of(other), {"username": "fool", "display_name": "", "bio": ""})

    assert answer.status_code == 403
    assert Authenticator.objects.filter(user=other).exists()


def test_who_may_change_members_gives_no_rights(client: Client, staff: Callable[..., User]) -> None:
    member = make_user(username="ann")
    client.force_login(staff("accounts.view_user", "accounts.change_user"))
    rights = {"is_staff": "on", "is_superuser": "on", "is_active": "on", "user_permissions": ["1"]}

    client.post(page_of(member), {"username": "ann", "display_name": "", "bio": ""} | rights)

    member.refresh_from_db()
    assert (member.is_staff, member.is_superuser) == (False, False)
    assert not member.user_permissions.exists()


def test_only_a_superuser_sets_a_password_or_adds_a_member(
    client: Client, staff: Callable[..., User]
) -> None:
    member = make_user()
    client.force_login(staff("accounts.view_user", "accounts.change_user", "accounts.add_user"))

    assert client.get(f"{LIST}{member.pk}/password/").status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_a_superuser_cannot_lock_themselves_out_by_an_action(
    as_superuser: Client, superuser: User
) -> None:
    said = act(as_superuser, "deactivate", superuser)

    superuser.refresh_from_db()
    assert superuser.is_active
    assert "not for you to do" in said


@pytest.mark.parametrize("lookup", ["password", "phone", "session__key", "bio", "is_superuser"])
def test_nothing_is_found_out_through_the_address_of_the_list(
    as_superuser: Client, lookup: str
) -> None:
    assert as_superuser.get(f"{LIST}?{lookup}__startswith=a").status_code in (302, 400)


def test_the_day_of_joining_narrows_the_list_down(as_superuser: Client) -> None:
    make_user(username="old", date_joined=timezone.now() - timedelta(days=900))
    make_user(username="new")
    since = quote((timezone.now() - timedelta(days=7)).isoformat())

    page = listed(as_superuser, f"?date_joined__gte={since}")

    assert "new" in page
    assert "old" not in page


def test_the_staff_changes_its_password_where_all_members_do(as_superuser: Client) -> None:
    assert as_superuser.get("/admin/password_change/").headers["Location"] == "/settings/password"

"""How members choose to hear of things, on the page of it and by links in mails."""

from typing import Any

import pytest
from django.test import Client

from accounts import unsubscribe
from accounts.choosing import USUAL, Way, choose, stop_mail, way, ways
from accounts.models import Kind, Mail, User
from tests.make import make_user
from tests.read import shown

pytestmark = pytest.mark.django_db

PAGE = "/settings/notifications"


@pytest.fixture
def ann(client: Client) -> User:
    member = make_user(username="ann")
    client.force_login(member)
    return member


def sent(**changes: str) -> dict[str, str]:
    """The form as it is filled in for a new member, but for the changes; "" is unticked."""
    form = {f"{kind}-mail": str(how.mail) for kind, how in USUAL.items()}
    form |= {f"{kind}-site": "on" for kind in Kind}
    form |= {name.replace("_", "-"): value for name, value in changes.items()}
    return {name: value for name, value in form.items() if value}


def test_a_kind_s_usual_way_is_known() -> None:
    assert set(USUAL) == set(Kind)


def test_nothing_chosen_is_as_usual(ann: User) -> None:
    assert ways(ann) == USUAL
    assert way(ann, Kind.LIKE) == USUAL[Kind.LIKE]


def test_a_choice_is_kept(client: Client, ann: User) -> None:
    answer = client.post(PAGE, sent(like_site="", follow_mail="off"))

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert way(ann, Kind.LIKE) == Way(False, Mail.OFF)
    assert way(ann, Kind.FOLLOW) == Way(True, Mail.OFF)
    assert way(ann, Kind.COMMENT) == USUAL[Kind.COMMENT]


def test_a_choice_can_be_taken_back(client: Client, ann: User) -> None:
    client.post(PAGE, sent(like_site=""))
    client.post(PAGE, sent())

    assert ways(ann) == USUAL


def test_what_happens_to_the_account_cannot_be_chosen(client: Client, ann: User) -> None:
    client.post(PAGE, sent(security_site="", security_mail="off"))

    assert ways(ann)[Kind.SECURITY] == USUAL[Kind.SECURITY]


def test_nonsense_changes_nothing(client: Client, ann: User) -> None:
    page = client.post(PAGE, sent(like_mail="by pigeon", follow_site=""))

    assert "Nothing was saved" in page.content.decode()
    assert not ann.choices.exists()


def test_who_has_not_confirmed_their_address_is_told_why_no_mail_comes(
    client: Client, ann: User
) -> None:
    assert "confirmed that" in shown(client, PAGE)

    ann.emailaddress_set.create(email="ANN@example.org", verified=True)
    User.objects.filter(pk=ann.pk).update(email="ann@example.org")

    assert "confirmed that" not in shown(client, PAGE)


def test_what_waits_for_the_daily_mail_does_not_come_once_it_is_not_wanted(ann: User) -> None:
    told = {"kind": Kind.FOLLOW, "text": "x", "url": "/", "mail": Mail.DAILY}
    ann.notifications.create(**told)
    ann.notifications.create(**told | {"kind": Kind.COMMENT})

    choose(ann, {Kind.FOLLOW: Way(True, Mail.OFF)})

    assert ann.notifications.get(mail=Mail.DAILY).kind == Kind.COMMENT


# --- Links in mails ------------------------------------------------------------------------------
def link(member: User, what: str) -> str:
    return unsubscribe.address(member.pk, what).removeprefix("http://testserver")


def test_to_look_at_the_link_changes_nothing(ann: User) -> None:
    page = shown(Client(), link(ann, Kind.COMMENT))

    assert "Somebody comments on what you wrote" in page
    assert ann.username not in page
    assert ways(ann) == USUAL


def test_a_mail_program_s_button_needs_no_session_and_no_token_of_a_form(ann: User) -> None:
    asked = {"List-Unsubscribe": "One-Click"}

    answer = Client(enforce_csrf_checks=True).post(link(ann, Kind.COMMENT), asked)

    assert answer.status_code == 200
    assert way(ann, Kind.COMMENT) == Way(True, Mail.OFF)
    assert way(ann, Kind.MENTION) == USUAL[Kind.MENTION]


def test_from_the_daily_mail_all_that_comes_daily_is_stopped(ann: User) -> None:
    Client().post(link(ann, unsubscribe.DAILY), {"stop": "this"})

    now = ways(ann)
    assert Mail.DAILY not in {how.mail for how in now.values()}
    assert now[Kind.REQUEST] == USUAL[Kind.REQUEST]


def test_all_mails_can_be_stopped_but_for_what_happens_to_the_account(ann: User) -> None:
    page = Client().post(link(ann, Kind.COMMENT), {"stop": "all"})

    assert "no more mails, but for what happens to your account" in page.content.decode()
    assert {kind for kind, how in ways(ann).items() if how.mail != Mail.OFF} == {Kind.SECURITY}


@pytest.mark.parametrize("token", ["x", "WzEsImFsbCJd:1:x", "a" * 3000])
def test_a_link_that_is_not_ours_is_none(token: str) -> None:
    assert Client().post(f"/unsubscribe/{token}").status_code == 404


def test_a_link_about_what_there_is_not_is_none(ann: User) -> None:
    assert Client().get(link(ann, "nonsense")).status_code == 404


def test_a_link_of_a_member_who_is_gone_is_none(ann: User) -> None:
    address = link(ann, Kind.COMMENT)
    ann.delete()

    assert Client().post(address).status_code == 404


def test_stopping_is_for_one_member(ann: User) -> None:
    other = make_user()

    stop_mail(ann)

    assert ways(other) == USUAL


def test_who_is_not_signed_in_has_no_settings(ann: Any) -> None:
    assert Client().get(PAGE).status_code == 302

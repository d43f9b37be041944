"""Signing up, in and out."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from tests.accounts.coming import PASSWORD, sign_in, sign_up
from tests.make import make_user

pytestmark = pytest.mark.django_db


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def errors(page: Any) -> str:
    return " ".join(
        re.findall(r'class="field-error".*?<span>(.*?)</span>', page.content.decode(), re.S)
    )


# --- Signing up ----------------------------------------------------------------------------------
def test_who_signs_up_is_in_and_gets_a_link_to_confirm_the_address(
    client: Client, mailbox: list[Any]
) -> None:
    sign_up(client, email="Bob@Example.org")

    assert is_in(client)
    bob = User.objects.get(username="bob")
    assert bob.email == "bob@example.org"
    assert bob.password.startswith("md5$") or bob.password.startswith("argon2$")
    [mail] = mailbox
    address = re.search(r"http://testserver(/confirm-email/\S+)", mail.body)[1]
    client.post(address)
    assert bob.emailaddress_set.get().verified


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"username": "admin"}, "not for anybody to take"),
        ({"username": "Cine.Hub"}, "not for anybody to take"),
        ({"username": "ANN"}, "There is a member with this name"),
        ({"username": "b ob"}, "2 to 30 letters"),
        ({"username": "боб"}, "2 to 30 letters"),
        ({"email": "nobody"}, "valid email address"),
        ({"password1": "short"}, "at least 10 characters"),
        ({"password1": "1234567890"}, "too common"),
        ({"password1": "bob@example.org"}, "too similar"),
    ],
)
def test_what_will_not_do_is_said_beside_the_field(
    fields: dict[str, str], said: str, client: Client, ann: User
) -> None:
    page = sign_up(client, **fields)

    assert said in errors(page)
    assert not User.objects.filter(username="bob").exists()


def test_signing_up_with_somebodys_address_looks_like_any_other(
    ann: User, mailbox: list[Any]
) -> None:
    """And their account stays theirs."""
    known, unknown = Client(), Client()

    answers = [
        sign_up(known, username="bob", email=ann.email),
        sign_up(unknown, username="eve", email="eve@example.org"),
    ]

    assert [answer.redirect_chain for answer in answers] == [[("/", 302)]] * 2
    assert [mail.subject for mail in mailbox] == ["Confirm your e-mail address"] * 2
    known.post(re.search(r"http://testserver(/confirm-email/\S+)", mailbox[0].body)[1])
    assert not User.objects.get(username="bob").emailaddress_set.get().verified
    assert ann.emailaddress_set.get().verified


def test_where_an_address_has_to_be_confirmed_first_the_page_does_not_tell_either(
    ann: User, mailbox: list[Any], settings: Any
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    known, unknown = Client(), Client()

    answers = [
        sign_up(known, username="bob", email=ann.email),
        sign_up(unknown, username="eve", email="eve@example.org"),
    ]

    assert [answer.redirect_chain for answer in answers] == [[("/confirm-email", 302)]] * 2
    assert [mail.subject for mail in mailbox] == [
        "You have an account already",
        "Confirm your e-mail address",
    ]
    assert not is_in(unknown)


# --- Signing in ----------------------------------------------------------------------------------
@pytest.mark.parametrize("login", ["ann", "ANN", "ann@example.org", "Ann@Example.org"])
def test_a_member_signs_in_by_name_or_address_in_any_case(
    login: str, client: Client, ann: User
) -> None:
    answer = sign_in(client, login)

    assert is_in(client)
    assert answer["Location"] == "/"


def test_signing_in_leads_to_where_one_was(client: Client, ann: User) -> None:
    page = client.get("/sign-in?next=/movie/603")
    assert b'name="next" value="/movie/603"' in page.content
    assert b'href="/sign-up?next=%2Fmovie%2F603"' in page.content

    answer = client.post("/sign-in", {"login": "ann", "password": PASSWORD, "next": "/movie/603"})

    assert answer["Location"] == "/movie/603"


def test_it_leads_to_no_other_site(client: Client, ann: User) -> None:
    answer = client.post(
        "/sign-in", {"login": "ann", "password": PASSWORD, "next": "https://evil.example/"}
    )

    assert answer["Location"] == "/"


def test_a_session_changes_its_key_at_the_door(client: Client, ann: User) -> None:
    session = client.session
    session["seen"] = 1
    session.save()
    before = session.session_key

    sign_in(client, "ann")

    assert client.session.session_key != before


@pytest.mark.parametrize("login", ["ann", "nobody", "ann@example.org", "nobody@example.org"])
def test_a_wrong_password_is_said_alike_of_known_and_unknown(
    login: str, client: Client, ann: User
) -> None:
    page = sign_in(client, login, "wrong")

    assert b"These do not match. Try again, or choose a new password." in page.content
    assert page.status_code == 200


def test_a_closed_account_says_so_only_to_who_knows_its_password(client: Client, ann: User) -> None:
    User.objects.update(is_active=False)

    assert b"These do not match" in sign_in(client, "ann", "wrong").content
    assert sign_in(client, "ann")["Location"] == "/sign-in/inactive"
    assert b"This account is closed" in client.get("/sign-in/inactive").content
    assert not is_in(client)


def test_to_sign_out_takes_a_form(client: Client, ann: User) -> None:
    client.force_login(ann)

    assert b"Sign out?" in client.get("/sign-out").content
    assert is_in(client)

    client.post("/sign-out")
    assert not is_in(client)


def test_the_admin_has_no_door_of_its_own(client: Client, ann: User) -> None:
    assert client.get("/admin/login/?next=/admin/")["Location"] == "/sign-in?next=%2Fadmin%2F"
    assert (
        client.post("/admin/login/", {"username": "ann", "password": PASSWORD}).status_code == 302
    )
    assert not is_in(client)


# --- By a code -----------------------------------------------------------------------------------
def ask_code(client: Client, email: str = "ann@example.org") -> Any:
    return client.post("/sign-in/code", {"email": email}, follow=True)


def code_in(mail: Any) -> str:
    return re.search(r"^    (\S+)$", mail.body, re.MULTILINE)[1]


def test_a_code_signs_in_once(client: Client, ann: User, mailbox: list[Any]) -> None:
    ask_code(client)
    code = code_in(mailbox[0])

    client.post("/sign-in/code/confirm", {"code": code})
    assert is_in(client)

    client.post("/sign-out")
    client.post("/sign-in/code/confirm", {"code": code})
    assert not is_in(client)


def test_a_code_is_good_in_the_browser_that_asked_for_it(ann: User, mailbox: list[Any]) -> None:
    ask_code(Client())

    other = Client()
    other.post("/sign-in/code/confirm", {"code": code_in(mailbox[0])})

    assert not is_in(other)


def test_a_code_is_void_after_a_quarter_of_an_hour(
    client: Client, ann: User, mailbox: list[Any], time_machine: Any
) -> None:
    ask_code(client)

    time_machine.move_to(datetime.now(UTC) + timedelta(minutes=15, seconds=1))
    client.post("/sign-in/code/confirm", {"code": code_in(mailbox[0])})

    assert not is_in(client)


def test_a_code_is_void_after_three_wrong_ones(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    ask_code(client)
    for _ in range(3):
        client.post("/sign-in/code/confirm", {"code": "WRONG"})

    client.post("/sign-in/code/confirm", {"code": code_in(mailbox[0])})

    assert not is_in(client)


def test_asking_for_a_code_tells_nobody_who_is_a_member(ann: User, mailbox: list[Any]) -> None:
    known, unknown = (ask_code(Client(), email) for email in ("ann@example.org", "eve@example.org"))

    said = [
        page.content.decode().replace("ann@", "").replace("eve@", "").split("<main")[1]
        for page in (known, unknown)
    ]
    tokens = r'name="csrfmiddlewaretoken" value="\w+"'
    assert re.sub(tokens, "", said[0]) == re.sub(tokens, "", said[1])
    assert [mail.subject for mail in mailbox] == [
        "Your code to sign in",
        "You have no account here",
    ]


def test_no_code_goes_to_an_address_that_nobody_has_confirmed(
    client: Client, mailbox: list[Any]
) -> None:
    make_user(email="victim@example.org")

    ask_code(client, "victim@example.org")

    assert mailbox[0].subject == "You have no account here"


# --- A new password ------------------------------------------------------------------------------
def ask_reset(client: Client, email: str = "ann@example.org") -> Any:
    return client.post("/password/reset", {"email": email}, follow=True)


def reset(client: Client, mail: Any, password: str = "quite another sentence, 43") -> Any:
    link = re.search(r"http://testserver(/password/reset/\S+)", mail.body)[1]
    form = client.get(link, follow=True)
    return client.post(form.request["PATH_INFO"], {"password1": password}, follow=True)


def test_a_reset_signs_in_and_ends_the_other_sessions(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    elsewhere = Client()
    elsewhere.force_login(ann)
    ask_reset(client)

    reset(client, mailbox[0])

    assert is_in(client)
    assert elsewhere.get("/settings/email").status_code == 302
    assert sign_in(Client(), "ann", "quite another sentence, 43").status_code == 302
    assert mailbox[-1].subject == "Your password was changed"


def test_a_reset_link_is_good_once(client: Client, ann: User, mailbox: list[Any]) -> None:
    ask_reset(client)
    reset(client, mailbox[0])

    page = reset(Client(), mailbox[0], "a third sentence, number 44")

    assert b"This link has been used" in page.content


def test_asking_for_a_reset_tells_nobody_who_is_a_member(ann: User, mailbox: list[Any]) -> None:
    known, unknown = (ask_reset(Client(), email) for email in ("ann@example.org", "e@example.org"))

    assert known.content.split(b"<main")[1] == unknown.content.split(b"<main")[1]
    assert [mail.subject for mail in mailbox] == [
        "Choose a new password",
        "You have no account here",
    ]


def test_who_types_a_common_password_anew_is_told(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    ask_reset(client)

    assert "too common" in errors(reset(client, mailbox[0], "password123"))


# --- In the settings -----------------------------------------------------------------------------
def test_a_change_of_address_waits_for_the_new_one_to_be_confirmed(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    sign_in(client, "ann")

    client.post("/settings/email", {"email": "new@example.org", "action_add": ""}, follow=True)
    client.post("/sign-in/again?next=/settings/email", {"password": PASSWORD}, follow=True)
    if not mailbox:
        client.post("/settings/email", {"email": "new@example.org", "action_add": ""})
    ann.refresh_from_db()
    assert ann.email == "ann@example.org"
    assert b"new@example.org" in client.get("/settings/email").content

    link = next(
        found[1]
        for mail in mailbox
        if (found := re.search(r"http://testserver(/confirm-email/\S+)", mail.body))
    )
    client.post(link)
    ann.refresh_from_db()
    assert ann.email == "new@example.org"


def test_a_changed_password_ends_the_other_sessions_and_not_this_one(
    client: Client, ann: User, mailbox: list[Any]
) -> None:
    elsewhere = Client()
    elsewhere.force_login(ann)
    sign_in(client, "ann")

    client.post(
        "/settings/password", {"oldpassword": PASSWORD, "password1": "quite another sentence, 43"}
    )

    assert client.get("/settings/email").status_code == 200
    assert elsewhere.get("/settings/email").status_code == 302
    assert mailbox[-1].subject == "Your password was changed"


def test_the_old_password_has_to_be_known(client: Client, ann: User) -> None:
    client.force_login(ann)

    page = client.post(
        "/settings/password", {"oldpassword": "wrong", "password1": "quite another sentence, 43"}
    )

    assert "This is not your password." in errors(page)


def test_who_has_no_password_may_set_one(client: Client, mailbox: list[Any]) -> None:
    bob = make_user()
    client.force_login(bob)
    assert client.get("/settings/password")["Location"] == "/settings/password/set"

    client.post("/settings/password/set", {"password1": PASSWORD})

    bob.refresh_from_db()
    assert bob.check_password(PASSWORD)


@pytest.mark.parametrize(
    "path",
    [
        "/sign-in",
        "/sign-up",
        "/sign-in/code",
        "/sign-in/inactive",
        "/confirm-email",
        "/confirm-email/nonsense",
        "/password/reset",
        "/password/reset/sent",
        "/password/reset/done",
        "/password/reset/1-nonsense",
    ],
)
def test_every_door_bears_the_name_of_the_site_and_no_placeholder(
    path: str, client: Client
) -> None:
    page = client.get(path).content.decode()

    assert "· CineHub</title>" in page
    assert page.count("<h1") == 1
    assert page.count('class="button first"') == 1
    assert "placeholder" not in page.split("<main")[1].split("</main")[0]
    cache.clear()

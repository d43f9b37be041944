"""A second thing besides the password: set up, asked for, used once, lost, turned off."""

import json
import time
from typing import Any

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client

from accounts.models import User
from tests.make import make_user

pytestmark = pytest.mark.django_db

PASSWORD = "hunter-two-22"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOT_RIGHT = "This is not the right one"


def member(*, confirmed: bool = True) -> User:
    user = make_user(username="ann", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=confirmed, primary=True)
    return user


def protected() -> User:
    """With an app and recovery codes."""
    user = member()
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    return user


def code(secret: str = SECRET, ahead: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def recovery_codes(user: User) -> list[str]:
    held = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    return list(held.wrap().get_unused_codes())


def trusted(client: Client, user: User) -> None:
    """Signed in, and just now shown to be them."""
    client.force_login(user)
    client.post("/sign-in/again", {"password": PASSWORD})


def by_password(client: Client) -> Any:
    return client.post("/sign-in", {"login": "ann", "password": PASSWORD})


def enter(client: Client, code: str) -> bool:
    client.post("/sign-in/two-factor", {"code": code})
    return is_in(client)


def is_in(client: Client) -> bool:
    return bool(client.get("/about").wsgi_request.user.is_authenticated)


# --- Setting it up -------------------------------------------------------------------------------
def test_an_app_is_set_up_by_a_picture_or_by_words_and_brings_recovery_codes(
    client: Client,
) -> None:
    user = member()
    trusted(client, user)

    page = client.get("/settings/two-factor/app")
    secret = page.context["form"].secret
    assert secret in page.content.decode()
    assert 'src="data:image/svg+xml;base64,' in page.content.decode()

    answer = client.post("/settings/two-factor/app", {"code": code(secret)}, follow=True)
    assert answer.redirect_chain[-1][0] == "/settings/two-factor/recovery"
    assert all(one in answer.content.decode() for one in recovery_codes(user))
    assert len(recovery_codes(user)) == 10


def test_a_wrong_code_sets_up_nothing(client: Client) -> None:
    trusted(client, member())
    client.get("/settings/two-factor/app")

    page = client.post("/settings/two-factor/app", {"code": "000000"})

    assert NOT_RIGHT in page.content.decode()
    assert not Authenticator.objects.exists()


def test_it_is_asked_first_whether_it_is_still_them(client: Client) -> None:
    client.force_login(protected())

    for part in ("app/off", "recovery", "recovery/new", "recovery/download", "keys/add"):
        answer = client.get(f"/settings/two-factor/{part}")
        assert answer["Location"].startswith("/sign-in/again"), part


def test_who_has_not_confirmed_their_address_sets_up_nothing(client: Client) -> None:
    """Or whoever signed up with a foreign address would keep its owner out for good."""
    trusted(client, member(confirmed=False))

    for part in ("app", "keys/add"):
        page = client.get(f"/settings/two-factor/{part}", follow=True)
        assert page.redirect_chain[-1][0] == "/settings/two-factor"
        assert "Confirm your e-mail address first" in page.content.decode()


def test_a_copy_of_the_database_has_no_codes() -> None:
    protected()

    kept = json.dumps(list(Authenticator.objects.values_list("data", flat=True)))

    assert SECRET not in kept


def test_another_secret_key_makes_codes_void_and_nothing_worse(
    client: Client, settings: Any
) -> None:
    protected()
    settings.SECRET_KEY = "another secret of the tests, which seals in another way"
    by_password(client)

    assert not enter(client, code())


# --- Signing in ----------------------------------------------------------------------------------
def test_a_password_alone_is_not_enough(client: Client) -> None:
    protected()

    assert by_password(client)["Location"] == "/sign-in/two-factor"
    assert not is_in(client)
    assert client.get("/settings/sessions").status_code == 302


def test_a_password_and_a_code_are(client: Client) -> None:
    protected()
    by_password(client)

    assert enter(client, code())


@pytest.mark.parametrize(("ahead", "is_good"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_wrong_by_half_a_minute(client: Client, ahead: int, is_good: bool) -> None:
    protected()
    by_password(client)

    assert enter(client, code(ahead=ahead)) is is_good


@pytest.mark.parametrize("later", [0, 35, 59])
def test_a_code_is_good_for_once(client: Client, later: int) -> None:
    protected()
    start = int(time.time()) // 30 * 30
    with time_machine.travel(start, tick=False) as clock:
        used = code(ahead=1)
        by_password(client)
        assert enter(client, used)

        clock.shift(later)
        other = Client()
        by_password(other)
        assert not enter(other, used)


def test_a_code_without_the_password_opens_nothing(client: Client) -> None:
    protected()

    assert not enter(client, code())


def test_codes_can_not_be_guessed_for_long(client: Client) -> None:
    """However many browsers somebody tries it with."""
    protected()
    for _ in range(6):
        guesser = Client()
        by_password(guesser)
        guesser.post("/sign-in/two-factor", {"code": "000000"})

    by_password(client)
    assert not enter(client, code())


def test_a_recovery_code_lets_in_once(client: Client) -> None:
    user = protected()
    first = recovery_codes(user)[0]
    by_password(client)
    assert enter(client, first)

    other = Client()
    by_password(other)

    assert not enter(other, first)
    assert len(recovery_codes(user)) == 9


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"id": "a", "rawId": "b"}', "nonsense", "null"])
@pytest.mark.parametrize("door", ["/sign-in/passkey", "/sign-in/two-factor"])
def test_nonsense_instead_of_a_passkey_opens_nothing(client: Client, door: str, said: str) -> None:
    protected()
    if door == "/sign-in/two-factor":
        by_password(client)
    client.get(door, headers={"Accept": "application/json"})

    answer = client.post(door, {"credential": said})

    assert answer.status_code in (200, 302)
    assert not is_in(client)


@pytest.mark.parametrize("said", ["", "[]", "{}", '{"id": "a", "rawId": "b"}', "nonsense", "null"])
def test_nonsense_instead_of_a_new_key_adds_none(client: Client, said: str) -> None:
    trusted(client, member())
    client.get("/settings/two-factor/keys/add")

    answer = client.post("/settings/two-factor/keys/add", {"name": "x", "credential": said})

    assert answer.status_code == 200
    assert not Authenticator.objects.exists()


def test_a_code_shows_that_it_is_still_them_once(client: Client) -> None:
    client.force_login(protected())
    used = code()
    where = {"next": "/settings/two-factor/app/off"}

    page = client.post("/sign-in/again/two-factor", {"code": used} | where)
    assert page["Location"] == "/settings/two-factor/app/off"
    assert client.get("/settings/two-factor/app/off").status_code == 200

    page = client.post("/sign-in/again/two-factor", {"code": used} | where)
    assert NOT_RIGHT in page.content.decode()


def test_a_key_gets_another_name(client: Client) -> None:
    user = member()
    key = Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    trusted(client, user)
    address = f"/settings/two-factor/keys/{key.pk}/name"

    assert 'value="x"' in client.get(address).content.decode()
    client.post(address, {"name": "My phone"})

    key.refresh_from_db()
    assert key.data["name"] == "My phone"


# --- Losing it, and turning it off ---------------------------------------------------------------
def test_new_recovery_codes_make_the_old_ones_void(client: Client) -> None:
    user = protected()
    old = recovery_codes(user)
    trusted(client, user)

    client.post("/settings/two-factor/recovery/new")

    assert not set(old) & set(recovery_codes(user))


def test_recovery_codes_come_as_a_file_that_nobody_keeps(client: Client) -> None:
    user = protected()
    trusted(client, user)

    answer = client.get("/settings/two-factor/recovery/download")

    assert answer.content.decode().split() == recovery_codes(user)
    assert "attachment" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]


def test_turned_off_it_is_not_asked_for(client: Client) -> None:
    user = protected()
    trusted(client, user)

    client.post("/settings/two-factor/app/off")

    assert not Authenticator.objects.exists()
    other = Client()
    by_password(other)
    assert is_in(other)


def test_nobody_has_another_members_key(client: Client) -> None:
    held = Authenticator.objects.create(
        user=make_user(), type=Authenticator.Type.WEBAUTHN, data={"name": "x", "credential": {}}
    )
    trusted(client, member())

    for part in ("remove", "name"):
        address = f"/settings/two-factor/keys/{held.pk}/{part}"
        assert client.post(address, {"name": "y"}).status_code == 404
    held.refresh_from_db()
    assert held.data["name"] == "x"

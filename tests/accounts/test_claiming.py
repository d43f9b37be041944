"""Somebody signs up with a foreign address and waits; then its owner comes, by a reset."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from accounts.models import User
from tests.make import make_user

pytestmark = pytest.mark.django_db

OLD, NEW = "hunter-two-22", "a-better-one-77"


def account(*, confirmed: bool) -> User:
    """With every way in that there is."""
    user = make_user(username="ann", password=OLD, phone="+442079460958", phone_verified=True)
    EmailAddress.objects.create(user=user, email=user.email, verified=confirmed, primary=True)
    SocialAccount.objects.create(user=user, provider="github", uid="7")
    Authenticator.objects.create(user=user, type="webauthn", data={"name": "x", "credential": {}})
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def is_in(client: Client) -> bool:
    return bool(client.get("/about").wsgi_request.user.is_authenticated)


def reset(user: User, mailbox: list[Any]) -> None:
    client = Client()
    client.post("/password/reset", {"email": user.email})
    link = re.search(r"http://testserver(/password/reset/\S+)", mailbox[-1].body)
    assert link
    form = client.get(link[1], follow=True)
    client.post(form.redirect_chain[-1][0], {"password1": NEW, "password2": NEW})
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_whoever_made_it_with_a_foreign_address_has_no_way_in_left(mailbox: list[Any]) -> None:
    user = account(confirmed=False)
    waiting = signed_in(user)

    reset(user, mailbox)

    assert not is_in(waiting)
    assert not SocialAccount.objects.exists()
    assert not Authenticator.objects.exists()
    assert (user.phone, user.phone_verified) == (None, False)
    assert EmailAddress.objects.get().verified


def test_who_had_confirmed_it_keeps_what_they_have(mailbox: list[Any]) -> None:
    user = account(confirmed=True)

    reset(user, mailbox)

    assert SocialAccount.objects.exists()
    assert Authenticator.objects.exists()
    assert user.phone_verified

"""Coming in, as a browser does."""

from typing import Any

from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User

PASSWORD = "a rather long sentence, 42"


def sign_up(client: Client, **fields: str) -> Any:
    told = {"username": "bob", "email": "bob@example.org", "password1": PASSWORD} | fields
    return client.post("/sign-up", told, follow=True)


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: Any) -> Any:
    return client.post("/sign-in", {"login": login, "password": password}, **more)


def confirm(member: User) -> EmailAddress:
    return EmailAddress.objects.create(user=member, email=member.email, verified=True, primary=True)

"""An app at the other end of OAuth 2, as small as one can be."""

import re
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from allauth.idp.oidc.models import Client as App
from django.test import Client

from accounts import registering
from accounts.models import User

BACK = "https://app.example/back"
FORM = "application/x-www-form-urlencoded"


def make_app(owner: User, **values: Any) -> tuple[App, str]:
    values = {
        "name": "Telly",
        "description": "",
        "homepage": "https://app.example/",
        "redirect_uris": [BACK],
        "is_confidential": False,
    } | values
    return registering.register(owner, **values)


def challenge(verifier: str) -> str:
    return urlsafe_b64encode(sha256(verifier.encode()).digest()).decode().rstrip("=")


class Telly:
    """Sends a member's browser to be let in, and fetches keys by itself."""

    def __init__(self, app: App, secret: str = "") -> None:
        self.app, self.secret = app, secret
        self.verifier = secrets.token_urlsafe(48)
        # It has no cookies of the member's.
        self.machine = Client()

    def question(self, *scopes: str, **more: str | None) -> str:
        told: dict[str, str | None] = {
            "client_id": self.app.pk,
            "response_type": "code",
            "redirect_uri": BACK,
            "scope": " ".join(scopes),
            "state": "a state",
            "code_challenge": challenge(self.verifier),
            "code_challenge_method": "S256",
        }
        asked = {name: value for name, value in (told | more).items() if value is not None}
        return f"/oauth/authorize?{urlencode(asked)}"

    def code(self, browser: Client, *scopes: str, **more: str | None) -> str:
        """What the member's answer brings back."""
        return self.answer(browser, scopes, scopes, **more)["code"]

    def answer(
        self,
        browser: Client,
        asked: Iterable[str],
        ticked: Iterable[str],
        action: str = "grant",
        **more: str | None,
    ) -> dict[str, str]:
        page = browser.get(self.question(*asked, **more))
        sealed = re.search('name="request" value="([^"]+)"', page.content.decode())
        assert sealed, page.content.decode()
        answer = {"request": sealed[1], "scopes": list(ticked), "action": action}
        left = browser.post("/oauth/authorize", answer)
        address = re.search('url=([^"]+)"', left.content.decode())
        assert address, left.content.decode()
        return said(address[1].replace("&amp;", "&"))

    def fetch(self, **told: str) -> Any:
        """A token for a code."""
        asked = {"grant_type": "authorization_code", "redirect_uri": BACK}
        return self.ask(**asked | {"code_verifier": self.verifier} | told)

    def refresh(self, token: str, **told: str) -> Any:
        return self.ask(**{"grant_type": "refresh_token", "refresh_token": token} | told)

    def ask(self, **told: str) -> Any:
        known = {"client_id": self.app.pk} | ({"client_secret": self.secret} if self.secret else {})
        return self.machine.post("/oauth/token", known | told)

    def keys(self, browser: Client, *scopes: str) -> dict[str, Any]:
        answer = self.fetch(code=self.code(browser, *scopes))
        assert answer.status_code == 200, answer.content
        told: dict[str, Any] = answer.json()
        return told


def said(address: str) -> dict[str, str]:
    """What an app is told in the address that it is called back at."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}

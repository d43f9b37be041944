"""A site on https, as it is in production: what each page tells browsers to be careful about."""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.test import Client
from django.urls import URLPattern, get_resolver

from cinehub.kit import providers
from tests.make import make_user
from tests.test_settings import ROOT, settings_of, surroundings
from tests.test_site import ELSEWHERE, PAGES, catalogue

pytestmark = pytest.mark.django_db

PASSWORD = "hunter-two-22"
GUARDS = [
    "SECURE_SSL_REDIRECT",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_HSTS_PRELOAD",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_HTTPONLY",
    "CSRF_COOKIE_SAMESITE",
    "CONTENT_SECURITY_POLICY",
]
# Of all that is no page of the catalogue: which have an address without a parameter.
MEMBERS = [
    f"/{pattern.pattern}"
    for include in get_resolver().url_patterns
    if getattr(include, "urlconf_name", None)
    and str(getattr(include.urlconf_name, "__name__", "")).startswith("accounts.")
    for pattern in include.url_patterns
    if isinstance(pattern, URLPattern) and not re.search(r"[<(\\]", str(pattern.pattern))
]


@pytest.fixture(scope="module")
def guards(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    here = surroundings(tmp_path_factory.mktemp("var"), SITE_URL="https://cinehub.example")
    return settings_of(here, *GUARDS)


@pytest.fixture
def production(settings: Any, guards: dict[str, object]) -> None:
    for name, value in guards.items():
        setattr(settings, name, value)
    settings.SOCIALACCOUNT_PROVIDERS = providers.configured(
        {"google": ("id", "secret")}, "Our House|https://our.test|id|secret"
    )


def member(client: Client) -> None:
    """Signed in, shown to be them, and with all there is to have."""
    user = make_user(username="ann", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(user)
    client.force_login(user)
    client.post("/sign-in/again", {"password": PASSWORD}, secure=True)


def check(answer: Any) -> None:
    policy = dict(d.strip().split(" ", 1) for d in answer["Content-Security-Policy"].split(";"))
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert policy["frame-ancestors"] == policy["object-src"] == "'none'"
    assert policy["default-src"] == policy["form-action"] == "'self'"
    assert answer["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    for cookie in answer.cookies.values():
        assert cookie["secure"], cookie
        assert cookie["httponly"], cookie
        assert cookie["samesite"] == "Lax"
    if answer["Content-Type"].startswith("text/html") and not answer.streaming:
        check_page(answer.content.decode())


def check_page(page: str) -> None:
    data = r" id=\"[\w-]+\" type=\"application/json\"| type=\"application/ld\+json\""
    assert re.findall(rf"<script(?!{data})(?![^>]* src=\")", page) == []
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:", page) == []
    # All that a page fetches is named without a host, so nothing comes in the clear.
    loaded = re.findall(r"<(?:script|img|iframe|source)[^>]*?src=\"([^\"]+)", page)
    assert [url for url in loaded if not re.match(r"/(?!/)|data:image/", url)] == []


def test_there_are_pages_of_members_to_walk() -> None:
    assert {"/sign-in", "/settings/two-factor", "/settings/sessions", "/sign-in/again"} <= {
        *MEMBERS
    }


@pytest.mark.usefixtures("production", "catalogue")
@pytest.mark.parametrize("address", [*PAGES, *ELSEWHERE, *MEMBERS])
def test_a_visitor_is_guarded(client: Client, address: str) -> None:
    check(client.get(address, secure=True))


@pytest.mark.usefixtures("production")
@pytest.mark.parametrize(
    "address", ["/", "/about", *MEMBERS, "/sign-in/with/google", "/sign-in/with/our-house"]
)
def test_a_member_is_guarded(client: Client, address: str) -> None:
    member(client)

    check(client.get(address, secure=True))


@pytest.mark.usefixtures("production")
def test_who_sets_up_an_app_is_guarded(client: Client) -> None:
    """Its picture is data, and its secret is kept by nobody."""
    member(client)
    Authenticator.objects.all().delete()

    answer = client.get("/settings/two-factor/app", secure=True)

    assert answer.status_code == 200
    check(answer)
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.usefixtures("production")
def test_whoever_signs_in_gets_no_cookie_that_could_leak(client: Client) -> None:
    make_user(username="ann", password=PASSWORD)
    client.get("/sign-in", secure=True)

    answer = client.post("/sign-in", {"login": "ann", "password": PASSWORD}, secure=True)

    assert {"sessionid", "csrftoken"} <= {*answer.cookies}
    check(answer)


@pytest.mark.usefixtures("production")
def test_what_comes_in_the_clear_is_sent_on(client: Client) -> None:
    answer = client.get("/sign-in")

    assert (answer.status_code, answer["Location"]) == (301, "https://testserver/sign-in")


def test_django_finds_nothing_to_say_of_a_production_site(tmp_path: Path) -> None:
    here = surroundings(
        tmp_path,
        SITE_URL="https://cinehub.example",
        GOOGLE_CLIENT_ID="id",
        GOOGLE_CLIENT_SECRET="secret",
        OIDC_PROVIDERS="Our House|https://our.test|id|secret",
    )
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=here | {"DJANGO_SETTINGS_MODULE": "cinehub.settings"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


__all__ = ["catalogue"]

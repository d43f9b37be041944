"""Other houses whose accounts sign in here: what the settings say of them, as allauth wants it."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.text import slugify

# By allauth's name for it: its own name, what its variables begin with, and what it is asked for.
HOUSES: dict[str, tuple[str, str, dict[str, Any]]] = {
    "google": ("Google", "GOOGLE", {"SCOPE": ["openid", "profile", "email"]}),
    "facebook": ("Facebook", "FACEBOOK", {"SCOPE": ["email"], "FIELDS": ["id", "name", "email"]}),
    "github": ("GitHub", "GITHUB", {"SCOPE": ["read:user", "user:email"]}),
    "twitter_oauth2": ("X", "X", {"FIELDS": ["id", "name", "username"]}),
}
OPENID = "openid_connect"
# What follows /sign-in/with/ and is no provider.
NO_NAMES = {*HOUSES, "cancelled", "error"}
OIDC_FORM = "name|https://issuer|client_id|secret, several of them separated by semicolons"

Providers = dict[str, dict[str, Any]]


def configured(pairs: dict[str, tuple[str, str]], oidc: str) -> Providers:
    """What SOCIALACCOUNT_PROVIDERS is: those whose pair of id and secret is set, and OIDC's."""
    found: Providers = {
        house: _named(house, client_id, secret)
        for house, (client_id, secret) in pairs.items()
        if _is_whole(house, client_id, secret)
    }
    apps = [_openid(part) for part in oidc.split(";") if part.strip()]
    if len({app["provider_id"] for app in apps}) < len(apps):
        raise ImproperlyConfigured("OIDC_PROVIDERS names two providers alike.")
    if apps:
        found[OPENID] = _asked_by(APPS=apps)
    return found


def apps(providers: Providers) -> list[str]:
    """What is to be installed for them; one that is installed without its keys fails."""
    return [f"allauth.socialaccount.providers.{name}" for name in providers]


def _is_whole(house: str, client_id: str, secret: str) -> bool:
    there, missing = ("CLIENT_ID", "CLIENT_SECRET") if client_id else ("CLIENT_SECRET", "CLIENT_ID")
    if bool(client_id) != bool(secret):
        name = HOUSES[house][1]
        raise ImproperlyConfigured(
            f"{name}_{there} is set, but {name}_{missing} is not: they go together."
        )
    return bool(client_id)


def _named(house: str, client_id: str, secret: str) -> dict[str, Any]:
    name, _, asked = HOUSES[house]
    return asked | _asked_by(APP={"name": name, "client_id": client_id, "secret": secret})


def _asked_by(**apps: Any) -> dict[str, Any]:
    return {"OAUTH_PKCE_ENABLED": True} | apps


def _openid(part: str) -> dict[str, Any]:
    # What is wrong is told without its value: there is a secret in it.
    fields = [field.strip() for field in part.split("|")]
    if len(fields) != 4 or not all(fields) or not _is_safe(fields[1]):
        raise ImproperlyConfigured(f"OIDC_PROVIDERS should be {OIDC_FORM}.")
    name, issuer, client_id, secret = fields
    slug = slugify(name)
    if not slug or slug in NO_NAMES or len(name) > 40:
        raise ImproperlyConfigured(
            f"OIDC_PROVIDERS names a provider {name!r}: a name should have letters (a to z) or"
            " digits, 40 characters at most, and be none of " + ", ".join(sorted(NO_NAMES)) + "."
        )
    settings = {"server_url": issuer.rstrip("/")}
    app = {"provider_id": slug, "name": name, "client_id": client_id, "secret": secret}
    return app | {"settings": settings}


def _is_safe(issuer: str) -> bool:
    """What is said in the clear, anybody on the way may say: only to this machine itself."""
    try:
        url = urlsplit(issuer)
    except ValueError:
        return False
    is_here = url.scheme == "http" and url.hostname in ("127.0.0.1", "localhost")
    return bool(url.hostname) and (url.scheme == "https" or is_here)

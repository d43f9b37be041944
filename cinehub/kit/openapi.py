"""How the API is described, and who may ask it: for the settings, so it imports nothing."""

from typing import Any

TITLE = "CineHub API"
DESCRIPTION = """\
Everything CineHub does, for scripts, apps and other sites: find films and shows, keep track of them
and say what one thought. `docs/api.md` walks through it.

Titles are known by their TMDB id. Dates are ISO 8601, ratings go from 0.5 to 10 in steps of 0.5.
Errors are problem documents (RFC 9457); long answers come in pages with `Link` headers.
"""
# Headers of answers that a page on another site may read.
EXPOSED = (
    "ETag",
    "Idempotency-Replayed",
    "Last-Modified",
    "Link",
    "Location",
    "RateLimit-Limit",
    "RateLimit-Policy",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Retry-After",
    "WWW-Authenticate",
    "X-Request-ID",
)
# Headers that it may send.
ALLOWED = (
    "accept",
    "accept-language",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-modified-since",
    "if-none-match",
    "x-request-id",
)

# What stands in addresses, by the names of cinehub/kit/addresses.py.
IN_ADDRESSES = {
    "key": {"type": "integer", "minimum": 0, "maximum": 10**18 - 1},
    "tmdb": {"type": "integer", "minimum": 0, "maximum": 10**15 - 1},
    "number": {"type": "integer", "minimum": 0, "maximum": 999_999},
    "kind": {"type": "string", "enum": ["movie", "tv"]},
    "country": {"type": "string", "pattern": "^[A-Z]{2}$"},
    "username": {"type": "string", "pattern": r"^[\w.@+-]{1,150}$"},
}


# Fields of one name may have several sets of choices, and fields of several names the same one.
ENUMS: dict[str, str | list[str]] = {
    "MediaTypeEnum": ["movie", "tv"],
    "AudienceEnum": "accounts.models.Audience",
    "FoundTypeEnum": ["movie", "tv", "person", "collection"],
    "InvitedRoleEnum": ["editor", "suggester"],
    "ListKindEnum": ["watchlist", "favorites", "custom", "smart"],
    "NoticeKindEnum": "accounts.models.notices.Kind",
    "ShowStatusEnum": ["watching", "up-to-date", "finished", "planned", "paused", "dropped"],
    "TokenScopesEnum": ["read", "write:lists", "write:history", "write:reviews", "profile"],
}


def spectacular(version: str) -> dict[str, Any]:
    return {
        "TITLE": TITLE,
        "DESCRIPTION": DESCRIPTION,
        "VERSION": version,
        "OAS_VERSION": "3.1.1",
        "SCHEMA_PATH_PREFIX": "/api/v1/",
        "SERVE_INCLUDE_SCHEMA": False,
        "COMPONENT_SPLIT_REQUEST": True,
        "ENUM_NAME_OVERRIDES": ENUMS,
        "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
        "ENABLE_DJANGO_DEPLOY_CHECK": False,
        "DISABLE_DOCSTRING_DESCRIPTIONS": True,
        "SWAGGER_UI_DIST": "SIDECAR",
        "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
        "REDOC_DIST": "SIDECAR",
        "PATH_CONVERTER_OVERRIDES": IN_ADDRESSES,
        "SWAGGER_UI_SETTINGS": {"persistAuthorization": False, "displayOperationId": True},
        "POSTPROCESSING_HOOKS": [
            "drf_spectacular.hooks.postprocess_schema_enums",
            "cinehub.kit.api.schema.with_problems",
            "cinehub.kit.api.examples.with_examples",
        ],
    }

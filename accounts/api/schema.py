"""How the API's description says that one signs in."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

from accounts.scopes import ALL
from cinehub.kit.api import Who

SCOPES = {name: str(text) for name, text in ALL.items()}


class Tokens(OpenApiAuthenticationExtension):
    """Of one header: clients sign in through `auth/`, apps through OAuth 2, scripts by a token that
    a member has made."""

    target_class = "accounts.api.authentication.Bearer"
    name = ["bearer", "oauth"]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        bearer = {
            "type": "http",
            "scheme": "bearer",
            "description": "An access token of `auth/login/`, or a personal token (`chp_…`).",
        }
        flow = {
            "authorizationUrl": "/oauth/authorize",
            "tokenUrl": "/oauth/token",
            "refreshUrl": "/oauth/token",
            "scopes": SCOPES,
        }
        oauth = {
            "type": "oauth2",
            "description": "For apps that members have registered. Public ones send PKCE (S256);"
            " where there is no browser, `/oauth/device/code` gives a code to type on `/device`.",
            "flows": {"authorizationCode": flow},
        }
        return [bearer, oauth]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[str]]]:
        is_ours_alone = auto_schema.view.who is Who.STAFF or not auto_schema.scope
        return [{"bearer": []}, *([] if is_ours_alone else [{"oauth": [auto_schema.scope]}])]


class Cookie(OpenApiAuthenticationExtension):
    target_class = "accounts.api.authentication.Session"
    name = "cookie"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "That of the site's pages. What changes something sends X-CSRFToken.",
        }

"""Where apps send people to be let in, and fetch their keys. The protocol is allauth's."""

from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal.httpkit import add_query_params, del_query_params
from allauth.idp.oidc import views
from allauth.idp.oidc.internal.oauthlib.server import get_server
from allauth.idp.oidc.internal.oauthlib.utils import extract_params
from allauth.idp.oidc.internal.resources import get_resources
from allauth.idp.oidc.models import Client
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django_ratelimit.core import is_ratelimited
from oauthlib.oauth2.rfc6749.errors import FatalClientError, OAuth2Error

from accounts import consenting, registering
from accounts.forms.apps import ConsentForm
from accounts.registering import App

View = Callable[[HttpRequest], HttpResponse]

# Of an address; a household of TVs that wait for a code asks every five seconds.
FETCHES = "120/m"
# As long as a code holds, twice.
CODE_SECONDS = 120


class Consent(views.AuthorizationView):
    """Who asks, for what, and where one is sent back to."""

    form_class = ConsentForm
    template_name = "accounts/oauth/consent.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if _is_garbled(request):
            return _wrong(request, _("The app has sent something that can't be read."))
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        address = response.get("Location", "/")
        # What stays here is a way to sign in first.
        if request.method != "POST" or address.startswith("/"):
            return response
        return _leave(request, address)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = self._refusal(request)
        response: HttpResponse = refusal or super().get(request, *args, **kwargs)
        return response

    def form_valid(self, form: ConsentForm) -> HttpResponse:
        consenting.allow(self.request.user, self._client(), form.cleaned_data["scopes"])
        response: HttpResponse = super().form_valid(form)
        return response

    def form_invalid(self, form: ConsentForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        client = self._client()
        back = urlsplit(self._request_info["redirect_uri"])
        told = {"app": App.of(client), "back": back.hostname or back.scheme}
        return super().get_context_data(**kwargs) | told

    def _client(self) -> Client:
        """Somebody may have deleted it while its question was on the screen."""
        found: Client = get_object_or_404(Client, pk=self._request_info["client_id"])
        return found

    def _refusal(self, request: HttpRequest) -> HttpResponse | None:
        """What is asked in a way that we don't answer."""
        try:
            told = _validated(request)
        except ValidationError as error:
            return _wrong(request, error.message)
        except FatalClientError as error:
            return _wrong(request, error.description)
        except OAuth2Error:
            # The way back is known, and allauth takes it.
            return None
        return _objection(request, told)


def machine(view: View) -> View:
    """What programs ask: by POST, without a cookie, as often as is decent, and in text."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return HttpResponse(status=405, headers={"Allow": "POST"})
        if is_ratelimited(request, "oauth", key="ip", rate=FETCHES, increment=True):
            return _error("temporarily_unavailable", status=429, headers={"Retry-After": "60"})
        if _is_garbled(request):
            return _error("invalid_request")
        try:
            return view(request)
        except ValidationError:
            # Of what a token may be asked for, all else is caught on the way.
            return _error("invalid_target")

    return answer


@machine
def token(request: HttpRequest) -> HttpResponse:
    if request.POST.get("grant_type") == Client.GrantType.REFRESH_TOKEN:
        return _refresh(request, request.POST.get("refresh_token", ""))
    code = request.POST.get("code", "")
    if not code:
        return _fetch(request)
    # Of two at once with one code, one gets something.
    name = f"oauth-code:{sha256(code.encode()).hexdigest()}"
    if not cache.add(name, 1, CODE_SECONDS):
        return _error("invalid_grant")
    response = _fetch(request)
    if response.status_code != 200:
        cache.delete(name)
    return response


@machine
def revoke(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = views.revoke(request)
    return response


@machine
def device_code(request: HttpRequest) -> HttpResponse:
    # In which characters, nobody asks.
    request.META["CONTENT_TYPE"] = request.content_type or ""
    response: HttpResponse = views.device_code(request)
    return response


def _fetch(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = views.token(request)
    return response


def _refresh(request: HttpRequest, shown: str) -> HttpResponse:
    with transaction.atomic():
        key = consenting.hold(shown)
        response = _fetch(request)
        if key and response.status_code == 200:
            consenting.spend(key)
    if key is None and response.status_code == 400:
        consenting.catch(shown)
    return response


def _validated(request: HttpRequest) -> dict[str, Any]:
    """What is asked, by the letter. Raises ValidationError and OAuth2Error."""
    get_resources(request)
    uri, *others = extract_params(request)
    # Whether somebody is to be asked is looked at apart: allauth would look here already.
    silent = del_query_params(uri, "prompt")
    _scopes, told = get_server().validate_authorization_request(silent, *others)
    found: dict[str, Any] = told
    return found


def _objection(request: HttpRequest, told: dict[str, Any]) -> HttpResponse | None:
    """What is right by the letter, and not here."""
    asked = told["request"]
    if not registering.is_welcome(asked.client):
        return _wrong(request, _("This app is closed."))
    if asked.code_challenge and asked.code_challenge_method != "S256":
        return _back(told, "invalid_request", "code_challenge_method has to be S256")
    # allauth would look what the member has let any app do.
    if "none" in request.GET.get("prompt", "").split():
        return _back(told, "interaction_required", "")
    return None


def _back(told: dict[str, Any], error: str, description: str) -> HttpResponse:
    """To the app, with what is wrong."""
    said = {"error": error, "error_description": description, "state": told.get("state")}
    address = add_query_params(told["redirect_uri"], {k: v for k, v in said.items() if v})
    return HttpResponse(status=302, headers={"Location": address})


def _leave(request: HttpRequest, address: str) -> HttpResponse:
    """By a page that goes on by itself: our forms may be sent on to no other site."""
    return render(request, "accounts/oauth/leave.html", {"address": address})


def _wrong(request: HttpRequest, text: str | Promise) -> HttpResponse:
    """Without a way back that could be trusted."""
    return render(request, "idp/oidc/error.html", {"text": text}, status=400)


def _error(error: str, status: int = 400, headers: dict[str, str] | None = None) -> HttpResponse:
    return JsonResponse({"error": error}, status=status, headers=headers)


def _is_garbled(request: HttpRequest) -> bool:
    """No database takes it."""
    sent = [*request.GET.values(), *request.POST.values()]
    return any("\x00" in value for value in sent)

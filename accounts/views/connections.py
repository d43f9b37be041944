"""Signing in with another house's account: the way there and back is allauth's."""

import logging
from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any, Concatenate, ParamSpec

import requests
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.views import ConnectionsView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from django_ratelimit.decorators import ratelimit

from accounts import connecting
from cinehub.kit.providers import OPENID

log = logging.getLogger(__name__)

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

# Each is a question to another house, which a visitor makes us ask.
STARTS = "30/m"
# What a house answers is taken apart on the assumption that it is as it should be.
FAILURES = (
    requests.RequestException,
    OAuth2Error,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
)


class Connections(ConnectionsView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = connecting.connections(self.request.user)
        connected = {connection.account.provider for connection in own}
        others = connecting.houses() - connected
        told = {"connections": own, "connected": connected, "others": others}
        return super().get_context_data(**kwargs) | told


def addresses() -> list[URLPattern]:
    """Of those houses only that are installed, and of their doors only the two that are used."""
    return [address for house in registry.get_class_list() for address in _addresses(house)]


def _addresses(house: Any) -> list[URLPattern]:
    views = import_module(f"{house.get_package()}.views")
    if house.id == OPENID:
        there, back, slug = views.login, views.callback, "<slug:provider_id>"
    else:
        there, back, slug = views.oauth2_login, views.oauth2_callback, house.id
    started = ratelimit(key="ip", rate=STARTS, method="POST")(_leaving(_forgiving(there)))
    return [
        path(slug, never_cache(started), name=f"{house.id}_login"),
        path(f"{slug}/callback", never_cache(_forgiving(back)), name=f"{house.id}_callback"),
    ]


def _forgiving(view: View[P]) -> View[P]:
    """A house that is down, or talks nonsense, costs its way in, and nothing else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except SocialApp.DoesNotExist as error:
            raise Http404 from error
        except FAILURES as error:
            log.warning("Signing in at %s failed: %r", request.path, error)
            return render(request, "socialaccount/authentication_error.html", status=502)

    return answer


def _leaving(view: View[P]) -> View[P]:
    """By a page that goes on by itself: our forms may lead to no other site, nor be sent on to one.

    Which sites a house sends its visitors through is not known, so the policy can't name them.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code != 302:
            return response
        return render(request, "socialaccount/leaving.html", {"address": response["Location"]})

    return answer

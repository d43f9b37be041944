"""What all of the API keeps to, so that an endpoint says only what is its own."""

import enum
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import APIException, MethodNotAllowed, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from cinehub.kit import kept, web
from cinehub.kit.api import checking, limits, matching, once, paging, strictness, usage
from cinehub.kit.api.delivery import etag_of
from cinehub.kit.api.shapes import expanded, last_modified

LANGUAGE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
REGION = re.compile(r"[A-Z]{2}")
SAFE = ("GET", "HEAD", "OPTIONS")
EDITS = ("PUT", "PATCH", "DELETE")


class Who(enum.Enum):
    """Whom an endpoint is for."""

    ANYBODY = "anybody"
    # Read by anybody, written by members.
    READERS = "readers"
    MEMBERS = "members"
    STAFF = "staff"


class Endpoint(APIView):
    who = Who.MEMBERS
    # The scope that a token of limited reach needs to read, and to write; without one nothing but
    # signing in here will do.
    reads = "read"
    writes = ""
    # Under which of API_LIMITS it counts.
    limit = "else"
    # Of what the staff's endpoints ask besides.
    permission = ""
    # For so many seconds a passer-by's answer may be used again without asking.
    fresh_seconds = 60
    # Bytes that may be sent to it; None is as much as the site takes elsewhere.
    largest: int | None = None
    # What `expand=` may ask for.
    expands: frozenset[str] = frozenset()

    format_kwarg = None

    # Only said here: endpoints have those that they have.
    get: Any
    post: Any

    @cached_property
    def reader(self) -> web.Reader:
        """Whom the answer is for: `language=` and `region=` go before what is known of them."""
        who = web.reader(self.request._request)
        language = self._asked("language", LANGUAGE, who.language)
        return replace(who, language=language, country=self._asked("region", REGION, who.country))

    @cached_property
    def expanded(self) -> set[str]:
        return expanded(self.request.query_params, set(self.expands))

    # This room knows nobody; and DRF's own settings would load whom they name before all of it is
    # there.
    def get_authenticators(self) -> list[Any]:
        return [import_string(name)() for name in settings.API_AUTHENTICATION]

    def get_permissions(self) -> list[Any]:
        return [import_string(name)() for name in settings.API_PERMISSIONS]

    def about(self) -> tuple[str, ...] | None:
        """What the answer depends on, as `kept.changed` is told it; None if it is not kept.

        Only where it is the same for all who read the same language in the same country.
        """
        return None

    # --- Answers -------------------------------------------------------------------------------
    def read(self, shape: type[serializers.Serializer], **told: Any) -> dict[str, Any]:
        """The body, as the serializer understands it. Raises ValidationError."""
        reading = shape(data=self.request.data, context=self.get_shape_context(), **told)
        strictness.check(reading, self.request.data)
        reading.is_valid(raise_exception=True)
        return reading.validated_data

    def show(
        self, thing: Any, shape: type[serializers.Serializer], status: int = 200, **headers: str
    ) -> Response:
        """`Last_Modified=…` is a header."""
        shown = shape(thing, context=self.get_shape_context()).data
        named = last_modified(shown) if self.request.method in SAFE else {}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        return Response(shown, status, headers=named)

    def show_all(self, things: Sequence[Any], shape: type[serializers.Serializer]) -> Response:
        """All that there are, in no pages: `{"results": […]}`."""
        return Response({"results": self._shapes(things, shape)})

    def page(
        self,
        rows: Any,
        shape: type[serializers.Serializer],
        ready: Callable[[list[Any]], Sequence[Any]] = list,
    ) -> Response:
        """The page that is asked for of rows; `ready` makes its things of them."""
        wanted = self.asked_page
        found, count = paging.numbered(rows, wanted["page"], wanted["page_size"])
        return self.page_of(ready(found), shape, count=count)

    def page_of(
        self,
        things: Sequence[Any],
        shape: type[serializers.Serializer],
        *,
        count: int,
        is_exact: bool = True,
    ) -> Response:
        """A page that somebody else has cut, and how many things there are in all."""
        number, size = self.asked_page["page"], self.asked_page["page_size"]
        last = max(1, -(-count // size))
        told = {
            "page": number,
            "page_size": size,
            "total_pages": last,
            "total_results": count,
            "total_is_exact": is_exact,
            "results": self._shapes(things, shape),
        }
        pages = {
            "first": {"page": 1},
            "prev": {"page": number - 1} if number > 1 else None,
            "next": {"page": number + 1} if number < last else None,
            "last": {"page": last},
        }
        return Response(told, headers={"Link": paging.links(self.request, **pages)})

    @cached_property
    def asked_page(self) -> dict[str, int]:
        return paging.asked(self.request, paging.Asked)

    @cached_property
    def asked_after(self) -> dict[str, Any]:
        return paging.asked(self.request, paging.AskedAfter)

    def cursor_page(
        self, things: Sequence[Any], shape: type[serializers.Serializer], *, following: str | None
    ) -> Response:
        """`following` is the place that the next page goes on from; None on the last."""
        cursor = paging.cursor_of(following) if following else None
        link = paging.links(self.request, next={"cursor": cursor} if cursor else None)
        told = {"next_cursor": cursor, "results": self._shapes(things, shape)}
        return Response(told, headers={"Link": link} if link else None)

    def _shapes(self, things: Sequence[Any], shape: type[serializers.Serializer]) -> list[Any]:
        context = self.get_shape_context()
        # Of nothing no field would be looked at, and nonsense would pass for one.
        _ = shape(context=context).fields
        return shape(things, many=True, context=context).data

    def get_shape_context(self) -> dict[str, Any]:
        return {"request": self.request, "view": self}

    # --- The way through -----------------------------------------------------------------------
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who shows a wrong token is counted, too; so its refusal waits."""
        request.accepted_renderer, request.accepted_media_type = self.perform_content_negotiation(
            request
        )
        refusal = self._authenticate(request)
        self.check_throttles(request)
        checking.check_size(request, self.largest or settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        if request.method not in self.allowed_methods:
            raise MethodNotAllowed(request.method)
        if refusal:
            raise refusal
        self.check_permissions(request)
        self._check_asked(request)
        self._choose_way(request)

    def _check_asked(self, request: Request) -> None:
        """Nonsense is refused where nothing depends on it, too."""
        if request.method in SAFE:
            checking.check_filled(request)
            _ = self.reader, self.expanded
        can_match = request.method in EDITS and hasattr(self, "get")
        if can_match and matching.HEADER in request.headers:
            read = partial(self.get, request, *self.args, **self.kwargs)
            self._matched = matching.begin(request, read)

    def _choose_way(self, request: Request) -> None:
        """What was answered before is answered again."""
        if name := once.begun(request):
            self._once = name
            self.post = partial(self._do_once, self.post)
        elif self._about:
            self.get = partial(self._recall, self.get)

    def finalize_response(
        self, request: Any, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> Any:
        if isinstance(request, Request):
            self._finish(request, response)
        return super().finalize_response(request, response, *args, **kwargs)

    def _finish(self, request: Request, response: HttpResponseBase) -> None:
        limits.write_down(response, getattr(request._request, "api_usage", None))
        match = request.resolver_match
        endpoint = match.view_name if match else ""
        usage.note(endpoint, self.limit, usage.client_of(request), response.status_code)
        response.headers.setdefault("Cache-Control", self._cache_control(request, response))
        patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
        if self._once and isinstance(response, Response):
            once.keep(request, self._once, response)

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            # Whatever went wrong.
            if self._matched:
                matching.end(self._matched)

    def _authenticate(self, request: Request) -> APIException | None:
        try:
            self.perform_authentication(request)
        except APIException as error:
            return error
        return None

    # The name under which the answer to this request will be kept.
    _once = ""
    # Of an edit that was let in by what its sender has read.
    _matched: matching.Turn | None = None

    def _do_once(self, handler: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        said = once.before(request, self._once)
        if said is not None:
            self._once = ""
            return said
        return handler(request, *args, **kwargs)

    @cached_property
    def _about(self) -> tuple[str, ...] | None:
        may = self.request.method == "GET" and kept.may_recall(self.request._request)
        return self.about() if may else None

    def _recall(self, handler: Any, request: Request, *args: Any, **kwargs: Any) -> Any:
        response: Any
        found, place = kept.recall(request._request, repr(self.reader), self._about or ())
        if found:
            response = HttpResponse(found.body, headers=found.headers)
        else:
            response = handler(request, *args, **kwargs)
            if response.status_code != 200 or getattr(response, "is_passing", False):
                return response
            response.add_post_render_callback(partial(_keep, place))
        response.place = place
        return response

    def _cache_control(self, request: Request, response: HttpResponseBase) -> str:
        if response.status_code != 200 or request.method not in SAFE:
            return "no-store"
        if request.user.is_authenticated:
            return "private, no-cache"
        return f"public, max-age={self.fresh_seconds}"

    def _asked(self, name: str, form: re.Pattern[str], usual: str) -> str:
        given = self.request.query_params.get(name)
        if given is None:
            return usual
        if not form.fullmatch(given):
            shape = {"language": "de, de-AT", "region": "DE"}[name]
            raise ValidationError({name: [_("As in: %(shape)s") % {"shape": shape}]})
        return given


def _keep(place: kept.Place, response: Response) -> None:
    response.headers["ETag"] = etag_of(response.content)
    names = ("Content-Type", "ETag", "Link", "Last-Modified")
    headers = {name: response.headers[name] for name in names if name in response.headers}
    place.keep(response.content, headers)

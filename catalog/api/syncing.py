"""The staff's: what is brought from TMDB, when, and what is kept of it."""

from collections.abc import Callable
from typing import Any

from celery.exceptions import NotRegistered
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django_celery_beat.models import PeriodicTask
from django_redis.exceptions import ConnectionInterrupted
from drf_spectacular.utils import extend_schema
from kombu.exceptions import OperationalError
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog import steering
from catalog.api.shapes import Told
from catalog.discover.choices import forget
from catalog.models import SyncRun
from cinehub.kit.api import Endpoint, Problem, Who, paged
from cinehub.kit.kept import SITE, changed
from cinehub.work.schedule import run_now

LARGEST = 10**15 - 1
LOOK, START = "catalog.view_syncrun", "django_celery_beat.change_periodictask"


class Run(Told):
    id = serializers.IntegerField()
    kind = serializers.CharField()
    state = serializers.CharField(help_text="running, done, partial or failed.")
    started_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    seen_at = serializers.DateTimeField(allow_null=True, help_text="The last sign of life.")
    done = serializers.IntegerField()
    total = serializers.IntegerField()
    asked = serializers.IntegerField()
    created = serializers.IntegerField()
    updated = serializers.IntegerField()
    fresh = serializers.IntegerField()
    hidden = serializers.IntegerField()
    failed = serializers.IntegerField()
    error = serializers.CharField(allow_blank=True)


class Start(serializers.Serializer):
    name = serializers.CharField(max_length=200, help_text="Of what is on the schedule.")


class Queued(Told):
    queued = serializers.CharField(help_text="What a worker does next.")


class Runs(Endpoint):
    """As in the admin, to look at them takes less than to start one."""

    who = Who.STAFF

    @property
    def permission(self) -> str:  # type: ignore[override]
        return START if self.request.method == "POST" else LOOK

    @extend_schema(summary="What was brought from TMDB, the latest first", responses=paged(Run))
    def get(self, request: Request) -> Response:
        rows = SyncRun.objects.order_by("-pk")
        return self.page(rows, Run, lambda runs: [_told(run) for run in runs])

    @extend_schema(
        summary="Do now what the schedule would do later", request=Start, responses={202: Queued}
    )
    def post(self, request: Request) -> Response:
        periodic = _periodic(self.read(Start)["name"])
        try:
            queued(lambda: run_now(periodic))
        except NotRegistered:
            said = _("There is no such task any more: %s") % periodic.task
            raise Problem(422, "unprocessable", said) from None
        return self.show({"queued": periodic.name}, Queued, 202)


class OneRun(Endpoint):
    who = Who.STAFF
    permission = LOOK

    @extend_schema(summary="One of them", responses=Run)
    def get(self, request: Request, pk: int) -> Response:
        return self.show(_told(get_object_or_404(SyncRun, pk=pk)), Run)


class Fetch(serializers.Serializer):
    id = serializers.IntegerField(min_value=1, max_value=LARGEST, help_text="TMDB's.")


class Fetching(Endpoint):
    who = Who.STAFF
    permission = "catalog.change_title"
    kind = ""

    @extend_schema(summary="Have TMDB asked about one now", request=Fetch, responses={202: Queued})
    def post(self, request: Request) -> Response:
        ref = (self.kind, self.read(Fetch)["id"])
        queued(lambda: steering.refresh([ref]))
        return self.show({"queued": f"{self.kind}/{ref[1]}"}, Queued, 202)


class Keeping(Endpoint):
    """Pages and answers that are kept whole, and how many titles there were."""

    who = Who.STAFF
    permission = START

    @extend_schema(summary="Make all pages and answers anew", responses={204: None})
    def delete(self, request: Request) -> Response:
        changed(SITE)
        try:
            forget()
        except ConnectionInterrupted as error:
            raise Problem(503, "unavailable", _("Redis does not answer.")) from error
        return Response(status=204)


def queued(queue: Callable[[], object]) -> None:
    try:
        queue()
    except (OperationalError, OSError) as error:
        raise Problem(503, "unavailable", _("No broker takes it: %s") % error) from error


def _periodic(name: str) -> PeriodicTask:
    found = PeriodicTask.objects.filter(name=name).first()
    if found is None:
        known = PeriodicTask.objects.order_by("name").values_list("name", flat=True)
        raise ValidationError({"name": [_("One of: %s") % ", ".join(known)]})
    return found


def _told(run: SyncRun) -> dict[str, Any]:
    return {"id": run.pk} | {name: getattr(run, name) for name in list(Run().fields)[1:]}

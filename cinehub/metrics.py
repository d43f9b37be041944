"""/metrics: what all processes have counted, and how the rooms stand, for Prometheus."""

import logging
from collections.abc import Iterator
from ipaddress import ip_address

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from catalog.models import SyncRun
from cinehub import measuring

log = logging.getLogger(__name__)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.METRICS_DIR))
    registry.register(Figures())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Figures(Collector):
    """The rooms' figures as they are at this moment; none while the database is away."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            yield from _gauges(measuring.figures())
            yield _sync_age()
        except DatabaseError as error:
            log.warning("No figures without the database: %s", error)


def _gauges(figures: dict[str, float]) -> Iterator[GaugeMetricFamily]:
    """`queue.mail.lag` is cinehub_queue_lag{queue="mail"}, `mirror.bytes` cinehub_mirror_bytes."""
    queues = {
        what: GaugeMetricFamily(f"cinehub_queue_{what}", f"A queue's {what}.", labels=["queue"])
        for what in ("depth", "lag")
    }
    for name, value in figures.items():
        room, _, rest = name.partition(".")
        if room == "queue":
            queue, _, what = rest.rpartition(".")
            queues[what].add_metric([queue], value)
        else:
            metric = f"cinehub_{name.replace('.', '_')}"
            yield GaugeMetricFamily(metric, f"{name}, as on the dashboard.", value=value)
    yield from queues.values()


def _sync_age() -> GaugeMetricFamily:
    family = GaugeMetricFamily(
        "cinehub_sync_age_seconds", "Since the last run of a kind was done.", labels=["kind"]
    )
    done = SyncRun.objects.filter(state=SyncRun.State.DONE).order_by("kind")
    now = timezone.now()
    for kind, last in done.values_list("kind").annotate(Max("finished_at")):
        family.add_metric([kind], (now - last).total_seconds())
    return family


def _may_read(request: HttpRequest) -> bool:
    """Who shows METRICS_TOKEN, or without one is on this machine itself; and the staff."""
    if settings.METRICS_TOKEN:
        shown = request.headers.get("Authorization", "")
        is_known = constant_time_compare(shown, f"Bearer {settings.METRICS_TOKEN}")
    else:
        is_known = _is_here(request)
    return is_known or (request.user.is_authenticated and request.user.is_staff)


def _is_here(request: HttpRequest) -> bool:
    """Through a proxy everybody comes from this machine."""
    if settings.BEHIND_PROXY or {"X-Forwarded-For", "Forwarded"} & set(request.headers):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False

"""Whether the hosts of pictures are asked at all just now; all processes agree on it."""

from django.core.cache import cache

from cinehub.work.models import Claim

AWAY = "picture host away"
AWAY_SECONDS = 30
# So many in a row within a minute: one picture that fails by itself is no outage.
FAILURES_IN_A_ROW = 3
FAILURES = "mirror:failures"


def may_ask() -> bool:
    """Unless it is away; when the time is up one of all who ask finds out for the others."""
    is_closed = not Claim.objects.filter(name=AWAY).exists()
    return is_closed or Claim.objects.take(AWAY, seconds=AWAY_SECONDS)


def answered() -> None:
    if cache.get(FAILURES):
        cache.delete(FAILURES)
    # Another process may have counted them.
    away = Claim.objects.filter(name=AWAY)
    if away.exists():
        away.delete()


def failed() -> None:
    failures = (cache.get(FAILURES) or 0) + 1
    cache.set(FAILURES, failures, 2 * AWAY_SECONDS)
    if failures >= FAILURES_IN_A_ROW:
        Claim.objects.hold(AWAY, seconds=AWAY_SECONDS)

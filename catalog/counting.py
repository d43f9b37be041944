"""What TMDB was asked, for Prometheus."""

from prometheus_client import Counter, Histogram

from catalog.tmdb.client import Asked

REQUESTS = Counter(
    "cinehub_tmdb_requests",
    "Requests to TMDB, by what was asked and what came of it",
    ["endpoint", "status"],
)
SECONDS = Histogram("cinehub_tmdb_seconds", "How long TMDB took to answer", ["endpoint"])
WAITED = Histogram(
    "cinehub_tmdb_wait_seconds",
    "How long a request waited for its turn",
    buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120),
)


def count(asked: Asked) -> None:
    REQUESTS.labels(asked.endpoint, asked.status).inc()
    SECONDS.labels(asked.endpoint).observe(asked.seconds)
    WAITED.observe(asked.waited)

"""What discover finds titles by on PostgreSQL, from the tables themselves."""

from collections.abc import Collection, Sequence

from django.db import connection

from catalog.models import Facets, Title
from catalog.models.facets import (
    BITS,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST,
    LOTS,
    NAMES,
    OFFERS,
    POPULARITIES,
    VOTES,
    WEIGHTED,
    Of,
    are_kept,
)

HASHED = f"('x' || left(md5(%s), {BITS // 4}))::bit({BITS})::bigint"
_KINDS = " ".join(f"WHEN '{kind}' THEN {number}" for kind, number in OFFERS.items())
_OF_OFFER = (
    "((ascii(o.country) << 8) + ascii(substr(o.country, 2)))::bigint << 35,"
    " o.provider_id::bigint << 3,"
    f" CASE o.kind {_KINDS} ELSE 0 END"
)
_YEAR = f"least(greatest(extract(year FROM t.release_date), {FIRST_YEAR}), {LAST_YEAR})::int"


def _steps(steps: Sequence[object], beyond: str) -> str:
    """The places of those that a title is beyond."""
    return f"FROM unnest(ARRAY{list(steps)}) WITH ORDINALITY s(step, place) WHERE {beyond}"


# Of the title `t`: what each number tells of, how it is written, and where it is found.
_SOURCES: tuple[tuple[Of, str, str], ...] = (
    (Of.KIND, HASHED % "t.kind", ""),
    (Of.GENRE, "genre_id", "FROM catalog_title_genres WHERE title_id = t.id"),
    (Of.KEYWORD, "keyword_id", "FROM catalog_title_keywords WHERE title_id = t.id"),
    (Of.COMPANY, "company_id", "FROM catalog_title_companies WHERE title_id = t.id"),
    (Of.NETWORK, "network_id", "FROM catalog_title_networks WHERE title_id = t.id"),
    (Of.COUNTRY, HASHED % "country_id", "FROM catalog_title_countries WHERE title_id = t.id"),
    (Of.LANGUAGE, HASHED % "t.original_language_id", "WHERE t.original_language_id IS NOT NULL"),
    (Of.SPOKEN, HASHED % "language_id", "FROM catalog_title_languages WHERE title_id = t.id"),
    (Of.PERSON, "person_id", "FROM catalog_credit WHERE title_id = t.id"),
    (
        Of.CERTIFICATION,
        HASHED % "country || '|' || code",
        "FROM catalog_certification WHERE title_id = t.id",
    ),
    (
        Of.OFFER,
        "place + sold_by + way",
        f"FROM catalog_offer o, LATERAL (VALUES ({_OF_OFFER})) v(place, by, kind),"
        " LATERAL (VALUES (0, 0), (by, 0), (0, v.kind), (by, v.kind)) w(sold_by, way)"
        " WHERE o.title_id = t.id",
    ),
    (Of.YEAR, _YEAR, "WHERE t.release_date IS NOT NULL"),
    (Of.DECADE, f"{_YEAR} / 10", "WHERE t.release_date IS NOT NULL"),
    (Of.RUNTIME, f"least(t.runtime / 10, {LONGEST})", "WHERE t.runtime IS NOT NULL"),
    (Of.SCORE, "floor(t.vote_average * 2)::int", ""),
    (
        Of.VOTES,
        "votes",
        f"FROM unnest(ARRAY{list(VOTES)}) votes WHERE votes <= t.vote_count",
    ),
    (Of.STATUS, HASHED % "t.status", "WHERE t.status <> ''"),
    (Of.TYPE, HASHED % "t.type", "WHERE t.type <> ''"),
    (Of.POPULARITY, "place", _steps(POPULARITIES, "step <= t.popularity")),
    (Of.WEIGHTED, "place", _steps(WEIGHTED, "step <= t.score")),
    (Of.NAME, "place", _steps(NAMES, "t.name < step")),
    # Drawn from the key, so that it is the same each time.
    (
        Of.LOT,
        "lot",
        f"FROM unnest(ARRAY{list(LOTS)}) lot WHERE {HASHED % 't.id::text'} %% lot = 0",
    ),
)
_NUMBERS = " UNION ALL ".join(
    f"SELECT {of << BITS} + ({number}) {source}" for of, number, source in _SOURCES
)
_PLAIN = [f.attname for f in Facets._meta.concrete_fields if f.name not in ("title", "numbers")]
_COLUMNS = ["numbers", *_PLAIN]
_NAMES, _NEW, _HELD = (
    ", ".join(f"{row}{name}" for name in _COLUMNS) for row in ("", "EXCLUDED.", "held.")
)
# In order, as everything is written: no deadlock.
_FILE = f"""
    INSERT INTO catalog_facets AS held (title_id, {_NAMES})
    SELECT t.id, CASE WHEN t.hidden_at IS NULL AND NOT t.adult
        THEN ARRAY(SELECT DISTINCT number FROM ({_NUMBERS}) AS n(number) ORDER BY number)
        ELSE '{{}}' END, {", ".join(f"t.{name}" for name in _PLAIN)}
    FROM catalog_title t WHERE t.id = ANY(%s) ORDER BY t.id
    ON CONFLICT (title_id) DO UPDATE SET ({_NAMES}) = ({_NEW})
    WHERE ({_HELD}) IS DISTINCT FROM ({_NEW})
"""  # noqa: S608 - all of it is written above


def file_titles(ids: Collection[int]) -> None:
    """Bring their facets up to what the titles' rows say; what does not differ is not written."""
    if ids and are_kept():
        with connection.cursor() as cursor:
            cursor.execute(_FILE, [list(ids)])


def some_are_unfiled() -> bool:
    """There may be titles from before there were facets."""
    return are_kept() and Title.objects.filter(facets=None).exists()

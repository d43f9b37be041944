"""A catalogue of any size, made in the database itself: what speed is measured on.

Everything follows from a title's number, so that the same size always gives the same catalogue.
The shares are those of a real one: few titles are known and most are not, few genres, languages and
people are everywhere and most are rare, and what is known has more hanging on it.
"""

from datetime import UTC, datetime

from django.core.management import call_command
from django.db import connection, transaction

from catalog.models import (
    Chart,
    ChartEntry,
    Collection,
    Company,
    Country,
    Genre,
    Keyword,
    Kind,
    Language,
    Network,
    Person,
    Provider,
    Title,
)
from catalog.models.charts import HEADINGS
from tests.bench.sql import cast, numbers, one_of, random, run
from tests.bench.vocabulary import listed, vocabulary, words

NOW = datetime.now(UTC)


GENRES = 18
COUNTRIES = listed("US GB FR DE JP IN IT ES CA KR CN BR SE DK NL AU MX RU PL TR")
LANGUAGES = listed("en fr de ja hi it es ko zh pt sv da nl ru pl tr")
CODES = ["G", "PG", "PG-13", "R", "NC-17"]
STATUSES = ["Ended", "Canceled", "Returning"]


def seed(titles: int) -> None:
    """So many titles, a tenth of them shows, with what hangs on them, and the search's names."""
    people, keywords = max(titles // 2, 1000), max(titles // 10, 500)
    with transaction.atomic(), vocabulary():
        _terms(keywords=keywords, companies=max(titles // 20, 200))
        _people(people)
        _titles(titles)
        _filed("genres", "genre_id", each=2, among=GENRES, share=0.95)
        _filed("keywords", "keyword_id", each=3, among=keywords, share=0.7)
        _filed("companies", "company_id", each=1, among=max(titles // 20, 200), share=0.8)
        _filed("networks", "network_id", each=1, among=50, share=0.9, kind=Kind.TV)
        _filed_by_code("countries", "country_id", COUNTRIES)
        _filed_by_code("languages", "language_id", LANGUAGES)
        _credits(people)
        _ratings_and_offers()
        _kindred()
        _charts()
    _analyse()
    call_command("reindex", verbosity=0)
    _analyse()


def _titles(count: int) -> None:
    known = f"(1.0 / ((1 + 200 * {random(2)}) * (1 + 200 * {random(2)})))"
    _insert(
        Title,
        count,
        kind="CASE WHEN i % 10 = 3 THEN 'tv' ELSE 'movie' END",
        # Beyond the ids of the sample, whose titles are stored beside these.
        tmdb_id="10000000 + i",
        name=words(200),
        original_name=f"CASE WHEN {random(5)} < 0.6 THEN {words(200)} ELSE {words(220)} END",
        overview="'A story that is told about somebody who went out to find something and came"
        " back with something else, number ' || i",
        poster_path="'/' || i || '.jpg'",
        backdrop_path="'/b' || i || '.jpg'",
        status=f"CASE WHEN i % 10 = 3 THEN {one_of(STATUSES, 6)} ELSE 'Released' END",
        year=_year(),
        release_date=_day(),
        runtime=f"60 + CAST({random(8)} * 90 AS integer)",
        popularity=f"900.0 * {known} + {random(9)}",
        vote_count=f"CAST(25000 * {known} AS integer)",
        vote_average=f"CAST((4 + 5 * {random(10)}) * 10 AS integer) / 10.0",
        score=f"6.2 + ({random(10)} - 0.5) * 4 * {known}",
        original_language_id=one_of(LANGUAGES, 11, rare=True),
        details_at=_now(),
    )


def _people(count: int) -> None:
    _insert(
        Person,
        count,
        tmdb_id="i",
        name=f"{words(240, ())} || ' ' || {words(250, ())}",
        known_for="'Acting'",
        biography="'Somebody who has been seen in many films, and in some of them for long.'",
        popularity=f"100.0 * {random(14)} * {random(14)} * {random(14)}",
        details_at=_now(),
    )


def _terms(*, keywords: int, companies: int) -> None:
    _insert(Genre, GENRES, tmdb_id="i", name="'Genre ' || i", for_movies="i > 0", for_tv="i > 0")
    _insert(Keyword, keywords, tmdb_id="i", name=f"{words(260)} || ' of ' || i")
    _insert(Company, companies, tmdb_id="i", name=f"{words(260)} || ' Pictures ' || i")
    _insert(Network, 50, tmdb_id="i", name="'Network ' || i")
    _insert(Provider, 12, tmdb_id="i", name="'Provider ' || i")
    _insert(Collection, 200, tmdb_id="i", name=f"{words(200)} || ' Collection'")
    Country.objects.bulk_create([Country(code=c, name=c, fetched_at=NOW) for c in COUNTRIES])
    Language.objects.bulk_create([Language(code=c, name=c, fetched_at=NOW) for c in LANGUAGES])


def _filed(
    field: str, term: str, *, each: int, among: int, share: float, kind: str | None = None
) -> None:
    """Each under so many terms, of which the first few have most."""
    rows = " UNION ALL SELECT ".join(str(n) for n in range(each))
    rare = f"{random(20, 'slot')} * {random(21, 'slot')} * {random(22, 'slot')}"
    run(
        f"INSERT INTO catalog_title_{field} (title_id, {term})"
        f" SELECT DISTINCT id, 1 + CAST({rare} * {among - 1} AS integer)"
        f" FROM (SELECT id, id AS i, kind FROM catalog_title) t,"
        f" (SELECT {rows.replace('0', '0 AS slot', 1)}) s"
        f" WHERE {random(23)} < {share}" + (f" AND kind = '{kind}'" if kind else "")
    )


def _filed_by_code(field: str, term: str, codes: list[str]) -> None:
    run(
        f"INSERT INTO catalog_title_{field} (title_id, {term})"
        f" SELECT i, {one_of(codes, 24, rare=True)} FROM (SELECT id AS i FROM catalog_title) t"
    )


def _credits(people: int) -> None:
    """Ten parts and two jobs in each title that anybody knows, three parts in the others."""
    person = f"1 + CAST({random(30, 'place')} * {random(31, 'place')} * {people - 1} AS integer)"
    run(
        "INSERT INTO catalog_credit"
        " (title_id, person_id, tmdb_id, department, job, character, position, episode_count)"
        f" SELECT id, {person}, id || '-' || place,"
        " CASE WHEN place < 10 THEN 'Acting' ELSE 'Directing' END,"
        " CASE WHEN place < 10 THEN '' ELSE 'Director' END,"
        " CASE WHEN place < 10 THEN 'Part ' || place ELSE '' END, place, NULL"
        " FROM (SELECT id, id AS i, vote_count FROM catalog_title) t,"
        f" ({numbers('place', 12)}) p WHERE vote_count > 100 OR place IN (0, 1, 10)"
    )


def _ratings_and_offers() -> None:
    for country in ("US", "DE"):
        run(
            "INSERT INTO catalog_certification (title_id, country, code)"
            f" SELECT i, '{country}', {one_of(CODES, 40)}"
            f" FROM (SELECT id AS i FROM catalog_title) t WHERE {random(41)} < 0.6"
        )
        run(
            "INSERT INTO catalog_offer (title_id, provider_id, country, kind, position)"
            f" SELECT i, 1 + CAST({random(42, 'slot')} * 5 AS integer) + slot * 6, '{country}',"
            f" CASE WHEN slot = 0 THEN 'flatrate' ELSE 'rent' END, slot"
            f" FROM (SELECT id AS i FROM catalog_title) t, ({numbers('slot', 2)}) s"
            f" WHERE {random(43)} < 0.3"
        )
        run(
            "INSERT INTO catalog_releasedate (title_id, country, type, date, note, certification)"
            f" SELECT id, '{country}', 3, release_date, '', '' FROM catalog_title"
            " WHERE kind = 'movie'"
        )


def _kindred() -> None:
    """Recommendations of the first twenty thousand, which is more than is measured."""
    run(
        "INSERT INTO catalog_link (title_id, to_id, kind, rank)"
        " SELECT t.id, o.id, CASE WHEN n.rank <= 12 THEN 'recommended' ELSE 'similar' END, n.rank"
        f" FROM (SELECT id FROM catalog_title WHERE id <= 20000) t, ({numbers('rank', 24, 1)}) n"
        " JOIN catalog_title o ON o.id = (t.id * 7 + n.rank * 31) % 19000 + 1 WHERE o.id <> t.id"
        if connection.vendor == "sqlite"
        else "INSERT INTO catalog_link (title_id, to_id, kind, rank)"
        " SELECT t.id, o.id, CASE WHEN n.rank <= 12 THEN 'recommended' ELSE 'similar' END, n.rank"
        " FROM catalog_title t CROSS JOIN generate_series(1, 24) AS n(rank)"
        " JOIN catalog_title o ON o.id = (t.id * 7 + n.rank * 31) % 19000 + 1"
        " WHERE t.id <= 20000 AND o.id <> t.id"
    )


def _charts() -> None:
    for name, kind in HEADINGS:
        chart = Chart.objects.create(name=name, kind=kind, fetched_at=NOW)
        best = Title.objects.filter(kind=kind).by_popularity()[:40]
        ChartEntry.objects.bulk_create(
            [ChartEntry(chart=chart, title=t, rank=n) for n, t in enumerate(best, 1)]
        )


def _insert(model: type, count: int, **values: str) -> None:
    """`values` are expressions of `i`, the row's number; other columns are as empty as can be."""
    table = model._meta.db_table  # type: ignore[attr-defined]
    columns = {"fetched_at": _now(), "refresh_at": _later()}
    for field in model._meta.concrete_fields:  # type: ignore[attr-defined]
        if field.column in values:
            columns[field.column] = values[field.column]
        elif field.column not in columns and not field.null and not field.primary_key:
            columns[field.column] = _empty(field.get_internal_type())
    run(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(columns.values())}"
        f" FROM ({numbers('i', count, 1)}) n"
    )


def _empty(kind: str) -> str:
    if kind in ("CharField", "TextField", "URLField"):
        return "''"
    if kind == "BooleanField":
        return "false"
    return "'[]'" if kind == "JSONField" else "0"


def _year() -> str:
    return f"2026 - CAST({random(7)} * {random(70)} * 90 AS integer)"


def _day() -> str:
    day = f"{_year()} || '-0' || (1 + i % 9) || '-' || (10 + i % 19)"
    return f"CAST({day} AS date)" if connection.vendor == "postgresql" else f"({day})"


def _now() -> str:
    return f"'{NOW:%Y-%m-%d %H:%M:%S+00:00}'" + cast()


def _later() -> str:
    return "'2099-01-01 00:00:00+00:00'" + cast()


def _analyse() -> None:
    run("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

"""A little catalogue in which every endpoint has something to tell."""

from typing import Any

from django.core.management import call_command
from django.utils import timezone

from catalog.models import (
    AlternativeTitle,
    Certification,
    Chart,
    Company,
    Country,
    Episode,
    Genre,
    Image,
    Keyword,
    Kind,
    Language,
    Link,
    Network,
    Season,
    SyncRun,
    Title,
    Video,
)
from tests.make import (
    make_chart,
    make_collection,
    make_credit,
    make_episode,
    make_episode_credit,
    make_genre,
    make_link,
    make_offer,
    make_person,
    make_release,
    make_season,
    make_show,
    make_title,
    make_translation,
)

FRESH: dict[str, Any] = {"details_at": timezone.now(), "refresh_at": timezone.now().replace(9000)}
DAY = "2026-03-01"


def begin() -> None:
    """What the addresses of the tests lead to."""
    Country.objects.create(code="US", name="United States")
    Language.objects.create(code="en", name="English")
    genre = make_genre(tmdb_id=28, name="Action", for_movies=True, for_tv=True)
    collection = make_collection(tmdb_id=2344, name="The Matrix Collection", **_aged())
    film = make_title(
        tmdb_id=603,
        name="The Matrix",
        imdb_id="tt0133093",
        collection=collection,
        poster_path="/m.jpg",
        backdrop_path="/mb.jpg",
        original_language_id="en",
        release_date=DAY,
        vote_count=100,
    )
    show = make_show(tmdb_id=1396, name="Breaking Bad", tvdb_id=81189, release_date=DAY)
    season = make_season(show, number=1, poster_path="/s.jpg", air_date=DAY)
    make_episode(season, number=1, tmdb_id=62085, air_date=DAY, still_path="/e.jpg")
    make_person(tmdb_id=6384, name="Keanu Reeves", profile_path="/k.jpg", **FRESH)
    Keyword.objects.create(tmdb_id=9951, name="alien")
    Company.objects.create(tmdb_id=79, name="Village Roadshow", logo_path="/v.png")
    Network.objects.create(tmdb_id=174, name="AMC", country_id="US")
    SyncRun.objects.create(pk=10**6, kind="genres", state=SyncRun.State.DONE)
    for kind in Kind.values:
        for name in Chart.Name.values:
            make_chart(name=name, kind=kind, **_aged())
    for title in (film, show):
        title.genres.add(genre)
        Certification.objects.create(title=title, country="US", code="R")


def grow(number: int) -> None:
    """So many more of everything, wherever one of several may stand."""
    film, show = Title.objects.get(tmdb_id=603), Title.objects.get(tmdb_id=1396)
    begun = SyncRun.objects.count()
    for n in range(begun, begun + number):
        more = [_title(make_title, n, collection=film.collection), _title(make_show, n)]
        for title in (film, show):
            _hang_on(title, more, n)
        _part_of(show, n)
        _on_charts(more)
        _title(make_show, n, release_date="2099-01-01")
        make_collection(name=f"Matrix {n}")
        make_person(name=f"Keanu {n}")
        _filed(n)
        SyncRun.objects.create(kind="charts", state=SyncRun.State.DONE)
    call_command("reindex")


def _title(make: Any, n: int, **values: Any) -> Title:
    # Beyond those that are looked for.
    tmdb_id = 10**7 + Title.objects.count()
    known = {"tmdb_id": tmdb_id, "release_date": DAY, "vote_count": 20, "popularity": n}
    title: Title = make(name=f"Matrix {n} {make.__name__}", poster_path="/p.jpg", **known | values)
    make_translation(title, "de", name=f"Die Matrix {n}")
    title.genres.add(Genre.objects.get(pk=28))
    make_credit(title, make_person(), job="Director", department="Directing", character="")
    credits = title.credits.model.objects
    credits.create(title=title, person_id=6384, tmdb_id=f"k{title.pk}", department="Acting")
    return title


def _hang_on(title: Title, more: list[Title], n: int) -> None:
    make_credit(title)
    make_credit(title, department="Directing", job="Director", character="")
    make_offer(title)
    make_release(title, DAY, note=f"{n}")
    AlternativeTitle.objects.create(title=title, country="US", name=f"Another {n}")
    make_translation(title, chr(ord("a") + n) + "x", name=f"In another language {n}")
    Video.objects.create(title=title, tmdb_id=f"v{n}", site="YouTube", key="k", type="Trailer")
    for kind in Image.Kind.values:
        path = f"/{kind}{n}.jpg"
        Image.objects.create(title=title, kind=kind, path=path, width=500, height=750)
    for to in more:
        make_link(title, to)
        make_link(title, to, kind=Link.Kind.SIMILAR)


def _part_of(show: Title, n: int) -> None:
    season = Season.objects.get(title=show, number=1)
    make_season(show, number=n + 2)
    make_episode(season, number=n + 2, air_date=DAY)
    make_episode_credit(Episode.objects.get(pk=62085))
    make_episode_credit(Episode.objects.get(pk=62085), department="Directing", job="Director")


def _on_charts(titles: list[Title]) -> None:
    for title in titles:
        for chart in Chart.objects.filter(kind=title.kind):
            chart.entries.create(title=title, rank=chart.entries.count() + 1)


def _filed(n: int) -> None:
    Keyword.objects.create(tmdb_id=50_000 + Keyword.objects.count(), name=f"keyword {n}")
    Company.objects.create(tmdb_id=50_000 + Company.objects.count(), name=f"company {n}")
    Network.objects.create(tmdb_id=50_000 + Network.objects.count(), name=f"network {n}")
    make_genre(for_movies=True)


def _aged() -> dict[str, Any]:
    now = timezone.now()
    return {"fetched_at": now, "refresh_at": now.replace(year=9000)}


# Every address that answers a GET, by what it is for.
OF_TITLES = (
    *("credits", "images", "videos", "watch-providers", "recommendations", "similar"),
    "translations",
)
CHARTS = ("popular", "trending/day", "trending/week", "top-rated")
EVERYTHING = "credits,images,videos,watch_providers,recommendations,similar,translations"
ADDRESSES = [
    "movies/",
    "movies/?genre=28&page_size=100&original_language=en",
    "tv/",
    *(f"{room}/{chart}/" for room in ("movies", "tv") for chart in CHARTS),
    *("movies/now-playing/", "movies/upcoming/"),
    *("tv/on-the-air/", "tv/airing-today/", "tv/upcoming/"),
    *("movies/603/", "tv/1396/"),
    f"movies/603/?expand={EVERYTHING},release_dates,me",
    f"tv/1396/?expand={EVERYTHING}",
    *(f"movies/603/{part}/" for part in (*OF_TITLES, "release-dates")),
    *(f"tv/1396/{part}/" for part in OF_TITLES),
    *("tv/1396/seasons/", "tv/1396/seasons/1/", "tv/1396/seasons/1/?expand=episodes"),
    *("tv/1396/seasons/1/episodes/", "tv/1396/seasons/1/episodes/1/"),
    *("charts/", "charts/movie/popular/"),
    *("people/", "people/6384/", "people/6384/?expand=credits,images"),
    *("people/6384/credits/", "people/6384/images/"),
    *("collections/", "collections/2344/"),
    *("genres/", "genres/28/", "keywords/", "keywords/?q=key", "keywords/9951/"),
    *("companies/", "companies/79/", "networks/", "networks/174/", "countries/", "languages/"),
    *("streaming/providers/", "streaming/providers/?region=US", "streaming/regions/"),
    *(f"calendar/?from={DAY}", f"calendar/?from={DAY}&to={DAY}&media_type=tv"),
    *("search/?q=matrix", "search/movies/?q=matrix&year_from=1900", "search/tv/?q=matrix"),
    *("search/people/?q=keanu", "search/collections/?q=matrix", "movies/search/?q=matrix"),
    *("tv/search/?q=breaking", "people/search/?q=keanu"),
    *("find/tt0133093/", "find/81189/"),
]
# Those of the staff.
STAFFS = ["sync/", "sync/1000000/"]

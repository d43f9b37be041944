"""The bundled sample catalogue, asked as TMDB is asked: over a requests session."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
from PIL import Image

from catalog.tmdb.sample import SampleAdapter, library, names, schedule

TODAY = date(2026, 11, 20)
API = "https://api.themoviedb.org/3"
IMAGES = "https://image.tmdb.org/t/p"
NOT_FOUND = {
    "success": False,
    "status_code": 34,
    "status_message": "The resource you requested could not be found.",
}
MOVIE = (
    "adult backdrop_path genre_ids id title original_language original_title overview popularity "
    "poster_path release_date softcore video vote_average vote_count"
)
TV = (
    "adult backdrop_path genre_ids id name origin_country original_language original_name overview "
    "popularity poster_path first_air_date softcore vote_average vote_count"
)
PERSON = "adult gender id known_for_department name original_name popularity profile_path"
EPISODE = (
    "air_date episode_number episode_type id name overview production_code runtime season_number "
    "still_path vote_average vote_count"
)
MOVIE_PARTS = (
    "credits images videos release_dates external_ids keywords translations alternative_titles "
    "recommendations similar watch/providers"
)
TV_PARTS = (
    "aggregate_credits credits images videos content_ratings external_ids keywords translations "
    "alternative_titles recommendations similar watch/providers season/1"
)
DETAILS = {
    "movie": (
        f"{MOVIE} belongs_to_collection budget genres homepage imdb_id origin_country "
        "production_companies production_countries revenue runtime spoken_languages status tagline"
    ),
    "tv": (
        f"{TV} created_by episode_run_time genres homepage in_production languages last_air_date "
        "last_episode_to_air next_episode_to_air networks number_of_episodes number_of_seasons "
        "production_companies production_countries seasons spoken_languages status tagline type"
    ),
}
LISTS = {
    "movie/popular": MOVIE,
    "movie/top_rated": MOVIE,
    "movie/now_playing": MOVIE,
    "movie/upcoming": MOVIE,
    "discover/movie": MOVIE,
    "tv/popular": TV,
    "tv/top_rated": TV,
    "tv/on_the_air": TV,
    "discover/tv": TV,
    "person/popular": f"{PERSON} known_for",
    "trending/movie/day": f"{MOVIE} media_type",
    "trending/tv/week": f"{TV} media_type",
    "trending/person/day": f"{PERSON} known_for media_type",
}

Get = Callable[..., Any]


@pytest.fixture(scope="session")
def bundled() -> library.Library:
    return library.load()


@pytest.fixture(scope="session")
def session() -> Iterator[requests.Session]:
    with _session(SampleAdapter(today=TODAY)) as session:
        yield session


@pytest.fixture(scope="session")
def get(session: requests.Session) -> Get:
    return _getter(session)


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    film = {
        "id": 7,
        "title": "The Kettle",
        "original_title": "Die Küche",
        "original_language": "de",
        "overview": "A kettle boils.",
        "tagline": "Hot.",
        "release_date": "1999-03-31",
        "translations": {"fr": {"title": "La Bouilloire", "overview": "Elle bout."}},
    }
    daily = {"weekdays": [0, 2, 4], "name": "Evening news", "runtime": 15, "overview": "News."}
    show = {
        "id": 9,
        "name": "News",
        "status": "Returning Series",
        "first_air_date": "2020-01-01",
        "seasons": [
            {"number": 0, "episodes": [["Before", "2019-12-24", 5, ""]]},
            {"number": 1, "schedule": daily},
        ],
    }
    (tmp_path / "films-1.json").write_text(json.dumps([film, {"id": 8}]), encoding="utf-8")
    (tmp_path / "films-2.json").write_text(json.dumps([{"id": 8, "title": "x"}]), encoding="utf-8")
    (tmp_path / "shows.json").write_text(json.dumps([show]), encoding="utf-8")
    return tmp_path


@pytest.fixture
def yearly(tmp_path: Path) -> Path:
    daily = {"weekdays": [0, 1, 2, 3, 4, 5, 6], "name": "Tonight"}
    seasons = [{"number": 75, "name": "2026", "schedule": daily}]
    show = {"id": 5, "name": "Tonight", "first_air_date": "1952-12-26", "seasons": seasons}
    (tmp_path / "shows.json").write_text(json.dumps([show]), encoding="utf-8")
    return tmp_path


def _session(adapter: SampleAdapter) -> requests.Session:
    session = requests.Session()
    session.mount("https://", adapter)
    return session


def _getter(session: requests.Session) -> Get:
    def get(path: str, status: int = 200, **params: Any) -> Any:
        answer = session.get(f"{API}/{path}", params=params, timeout=5)
        assert answer.status_code == status, path
        assert answer.headers["Content-Type"].startswith("application/json")
        return answer.json()

    return get


def _get(facts: Path, today: date = TODAY) -> Get:
    return _getter(_session(SampleAdapter(facts, today)))


# --- What the product promises --------------------------------------------------------------------
def test_the_sample_holds_as_much_as_the_product_promises(bundled: library.Library) -> None:
    films = bundled.films.values()
    assert len(films) >= 80
    assert len({film.released.year // 10 for film in films if film.released}) >= 10
    assert len({code for title in bundled.titles() for code in title.countries}) >= 20
    assert len(bundled.shows) >= 15
    assert len(bundled.people) >= 300
    assert len(bundled.collections) >= 10
    assert len(names.REGIONS) == 5
    assert set(names.REGIONS) <= {
        region for one in bundled.providers.values() for region in one.regions
    }


def test_every_id_in_the_facts_leads_somewhere(bundled: library.Library) -> None:
    lost: list[str] = []
    for title in bundled.titles():
        named = {
            "person": ({row.person for row in title.credits}, bundled.people),
            "company": (set(title.companies), bundled.companies),
            "creator": (set(getattr(title, "created_by", ())), bundled.people),
            "network": (set(getattr(title, "networks", ())), bundled.networks),
            "collection": ({getattr(title, "collection", None)} - {None}, bundled.collections),
        }
        for kind, (asked, there) in named.items():
            lost += [f"{title.name}: {kind} {number}" for number in sorted(asked - set(there))]
    assert lost == []


def test_every_code_in_the_facts_has_a_name(bundled: library.Library) -> None:
    for title in bundled.titles():
        genres = names.MOVIE_GENRES if title.kind == "movie" else names.TV_GENRES
        assert title.genres, title.name
        assert set(title.genres) <= set(genres), title.name
        assert set(title.countries) <= set(names.COUNTRIES), title.name
        assert {title.original_language, *title.spoken} <= set(names.LANGUAGES), title.name


def test_every_job_in_the_facts_belongs_to_a_department(bundled: library.Library) -> None:
    jobs = {row.job for title in bundled.titles() for row in title.crew}
    assert jobs <= set(names.DEPARTMENTS)


def test_every_person_and_collection_belongs_to_a_title(bundled: library.Library) -> None:
    creators = {one for show in bundled.shows.values() for one in show.created_by}
    assert set(bundled.people) <= set(bundled.works) | creators
    assert all(bundled.parts(number) for number in bundled.collections)


def test_external_ids_are_nobody_elses(bundled: library.Library) -> None:
    records = [*bundled.titles(), *bundled.people.values()]
    times = Counter(record.imdb_id for record in records if record.imdb_id)
    assert {imdb_id for imdb_id, number in times.items() if number > 1} == set()


# --- Details --------------------------------------------------------------------------------------
def test_every_film_answers_with_details(get: Get, bundled: library.Library) -> None:
    for film in bundled.films.values():
        told = get(f"movie/{film.id}", append_to_response=MOVIE_PARTS.replace(" ", ","))
        shape = set(DETAILS["movie"].split()) - {"genre_ids"}
        assert set(told) == shape | set(MOVIE_PARTS.split())
        assert told["title"] == film.name
        assert told["overview"], film.name
        assert told["credits"]["cast"], film.name
        assert any(row["job"] == "Director" for row in told["credits"]["crew"]), film.name


def test_every_show_answers_with_details(get: Get, bundled: library.Library) -> None:
    for show in bundled.shows.values():
        told = get(f"tv/{show.id}", append_to_response=TV_PARTS.replace(" ", ",") + ",season/98")
        shape = set(DETAILS["tv"].split()) - {"genre_ids"}
        assert set(told) - {"season/1"} == (shape | set(TV_PARTS.split())) - {"season/1"}
        assert told["overview"], show.name
        assert told["seasons"], show.name
        assert told["last_episode_to_air"], show.name
        for season in told["seasons"]:
            answer = get(f"tv/{show.id}/season/{season['season_number']}")
            assert len(answer["episodes"]) == season["episode_count"] > 0, show.name


def test_every_person_answers_with_details_and_credits(get: Get, bundled: library.Library) -> None:
    for person in bundled.people.values():
        told = get(f"person/{person.id}", append_to_response="combined_credits,images")
        assert told["name"] == person.name
        assert told["profile_path"] == f"/person-{person.id}-portrait.jpg"
        assert set(told["combined_credits"]) == {"cast", "crew"}


def test_every_collection_company_network_and_keyword_answers(
    get: Get, bundled: library.Library
) -> None:
    for number in bundled.collections:
        parts = get(f"collection/{number}", append_to_response="images")["parts"]
        assert [part["release_date"] for part in parts] == sorted(
            part["release_date"] for part in parts
        )
    for kind, records in (
        ("company", bundled.companies),
        ("network", bundled.networks),
        ("keyword", bundled.keywords),
    ):
        assert all(get(f"{kind}/{number}")["id"] == number for number in records)


def test_a_part_has_an_address_of_its_own(get: Get, bundled: library.Library) -> None:
    for kind, records in (("movie", bundled.films), ("tv", bundled.shows)):
        number = next(iter(records))
        whole = get(f"{kind}/{number}", append_to_response="keywords,watch/providers,similar")
        assert get(f"{kind}/{number}/keywords") == {"id": number, **whole["keywords"]}
        assert (
            get(f"{kind}/{number}/watch/providers")["results"]
            == (whole["watch/providers"]["results"])
        )
        assert get(f"{kind}/{number}/similar") == whole["similar"]


def test_recommendations_are_ranked_and_leave_the_title_itself_out(
    get: Get, bundled: library.Library
) -> None:
    for film in bundled.films.values():
        near = [row["id"] for row in get(f"movie/{film.id}/recommendations")["results"]]
        assert film.id not in near
        assert 0 < len(near) == len(set(near)) <= 12, film.name


def test_offers_come_from_providers_of_the_region(get: Get, bundled: library.Library) -> None:
    seen = set()
    for film in bundled.films.values():
        for region, offers in get(f"movie/{film.id}/watch/providers")["results"].items():
            seen.add(region)
            assert offers.pop("link").endswith(f"locale={region}")
            for kind, offered in offers.items():
                for row in offered:
                    provider = bundled.providers[row["provider_id"]]
                    assert region in provider.regions
                    assert kind in provider.kinds
    assert seen == set(names.REGIONS)


# --- Lists ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", LISTS)
def test_a_list_has_tmdbs_shape(get: Get, path: str) -> None:
    told = get(path)
    assert {"page", "results", "total_pages", "total_results"} <= set(told)
    assert told["results"]
    assert all(set(row) == set(LISTS[path].split()) for row in told["results"])


def test_pages_join_without_gap_or_repetition(get: Get, bundled: library.Library) -> None:
    first = get("movie/popular")
    pages = [get("movie/popular", page=turn + 1) for turn in range(first["total_pages"])]
    found = [row["id"] for page in pages for row in page["results"]]
    assert len(pages[0]["results"]) == 20
    assert sorted(found) == sorted(bundled.films)
    assert get("movie/popular", page=first["total_pages"] + 1)["results"] == []


@pytest.mark.parametrize("page", ["0", "501", "-1", "first"])
def test_a_page_tmdb_refuses_is_refused(get: Get, page: str) -> None:
    assert get("movie/popular", status=400, page=page)["status_code"] == 22


def test_search_takes_no_notice_of_accents_and_capitals(get: Get, tiny: Path) -> None:
    for query in ("kuche", "KÜCHE", "bouilloire", "kettle"):
        found = _get(tiny)("search/movie", query=query)["results"]
        assert [row["id"] for row in found] == [7]
    assert get("search/movie", query="qqqq")["total_results"] == 0
    assert get("search/movie", status=422)["status_code"] == 5


def test_search_finds_every_kind_by_its_name(get: Get, bundled: library.Library) -> None:
    film = next(iter(bundled.films.values()))
    show = next(iter(bundled.shows.values()))
    person = next(iter(bundled.people.values()))
    collection = next(iter(bundled.collections.values()))
    for kind, record in (
        ("movie", film),
        ("tv", show),
        ("person", person),
        ("collection", collection),
    ):
        found = get(f"search/{kind}", query=record.name)["results"]
        assert record.id in {row["id"] for row in found}
    kinds = {row["media_type"] for row in get("search/multi", query="an")["results"]}
    assert kinds == {"movie", "tv", "person"}


def test_a_title_is_found_by_somebody_elses_id(get: Get, bundled: library.Library) -> None:
    for film in bundled.films.values():
        found = get(f"find/{film.imdb_id}", external_source="imdb_id")
        assert [row["id"] for row in found["movie_results"]] == [film.id]
    for show in (show for show in bundled.shows.values() if show.tvdb_id):
        found = get(f"find/{show.tvdb_id}", external_source="tvdb_id")
        assert [row["id"] for row in found["tv_results"]] == [show.id]


@pytest.mark.parametrize(
    "path", ["genre/movie/list", "genre/tv/list", "certification/tv/list", "watch/providers/tv"]
)
def test_reference_lists_are_filled(get: Get, path: str) -> None:
    assert all(get(path).values())


def test_nothing_ever_changes_in_the_sample(get: Get) -> None:
    assert get("movie/changes")["results"] == get("person/changes")["results"] == []


# --- Languages ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("language", "title", "overview"),
    [
        (None, "The Kettle", "A kettle boils."),
        ("en-GB", "The Kettle", "A kettle boils."),
        ("fr-FR", "La Bouilloire", "Elle bout."),
        ("de-DE", "Die Küche", ""),
        ("ja", "Die Küche", ""),
    ],
)
def test_a_title_falls_back_where_an_overview_does_not(
    tiny: Path, language: str | None, title: str, overview: str
) -> None:
    told = _get(tiny)("movie/7", language=language)
    assert (told["title"], told["overview"]) == (title, overview)
    assert told["original_title"] == "Die Küche"


def test_facts_may_leave_out_everything_but_the_id(tiny: Path) -> None:
    told = _get(tiny)("movie/8", append_to_response=MOVIE_PARTS.replace(" ", ","))
    assert told["title"] == ""
    assert told["release_date"] == ""


# --- Schedules ------------------------------------------------------------------------------------
def test_scheduled_episodes_lie_around_today(tiny: Path) -> None:
    made = _get(tiny)("tv/9/season/1")["episodes"]
    days = [date.fromisoformat(one["air_date"]) for one in made]
    assert {day.weekday() for day in days} == {0, 2, 4}
    assert min(days) >= TODAY - timedelta(days=21)
    assert max(days) <= TODAY + timedelta(days=21)
    assert len(days) == 18 + (TODAY.weekday() in {0, 2, 4})


@pytest.mark.parametrize("later", [1, 2, 7, 20])
def test_scheduled_episodes_keep_their_ids_when_today_moves(tiny: Path, later: int) -> None:
    def made(today: date) -> dict[str, Any]:
        return {one["air_date"]: one for one in _get(tiny, today)("tv/9/season/1")["episodes"]}

    now, then = made(TODAY), made(TODAY + timedelta(days=later))
    both = set(now) & set(then)
    assert both
    assert [now[day] for day in sorted(both)] == [then[day] for day in sorted(both)]


def test_scheduled_numbers_count_up_one_by_one_from_the_start(tiny: Path) -> None:
    numbers = [one["episode_number"] for one in _get(tiny)("tv/9/season/1")["episodes"]]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    first = _get(tiny, date(2020, 1, 1))("tv/9/season/1")["episodes"][0]
    assert (first["air_date"], first["episode_number"]) == ("2020-01-01", 1)


def test_a_yearly_season_gives_way_to_the_next_at_the_turn_of_its_year(yearly: Path) -> None:
    def seasons(today: date) -> list[tuple[int, str]]:
        found = _get(yearly, today)("tv/5")["seasons"]
        return [(season["season_number"], season["name"]) for season in found]

    assert seasons(date(2026, 6, 1)) == [(75, "2026")]
    assert seasons(date(2026, 12, 25)) == [(75, "2026"), (76, "2027")]
    assert seasons(date(2031, 6, 1)) == [(80, "2031")]
    old, new = (_get(yearly, date(2026, 12, 25))(f"tv/5/season/{n}") for n in (75, 76))
    assert old["episodes"][-1]["air_date"] == "2026-12-31"
    assert old["episodes"][-1]["episode_number"] == 365
    assert new["episodes"][0]["air_date"] == "2027-01-01"
    assert new["episodes"][0]["episode_number"] == 1


@pytest.mark.parametrize("number", [70, 75, 90])
def test_a_yearly_season_keeps_its_poster_in_other_years(yearly: Path, number: int) -> None:
    path = f"{IMAGES}/w92/tv-5-season-{number}-poster.jpg"
    assert _session(SampleAdapter(yearly, TODAY)).get(path, timeout=5).status_code == 200


def test_the_last_and_the_next_episode_enclose_today(tiny: Path) -> None:
    told = _get(tiny)("tv/9")
    assert told["last_episode_to_air"]["air_date"] == "2026-11-20"
    assert told["next_episode_to_air"]["air_date"] == "2026-11-23"
    assert told["number_of_seasons"] == 1
    assert told["number_of_episodes"] == told["seasons"][1]["episode_count"]


def test_a_show_is_on_the_air_only_around_its_days(tiny: Path) -> None:
    saturday = TODAY + timedelta(days=1)
    assert _get(tiny)("tv/airing_today")["total_results"] == 1
    assert _get(tiny, saturday)("tv/airing_today")["total_results"] == 0
    assert _get(tiny, saturday)("tv/on_the_air")["total_results"] == 1


def test_an_episode_answers_alone_and_in_its_season(tiny: Path) -> None:
    whole = _get(tiny)("tv/9/season/1", append_to_response="credits")
    one = _get(tiny)(f"tv/9/season/1/episode/{whole['episodes'][3]['episode_number']}")
    assert set(one) == set(EPISODE.split()) | {"crew", "guest_stars"}
    assert {**one, "show_id": 9} == whole["episodes"][3]


def test_every_episode_id_is_nobody_elses(bundled: library.Library) -> None:
    ids = [
        episode.id
        for show in bundled.shows.values()
        for season in schedule.seasons(show, TODAY)
        for episode in schedule.episodes(show, season, TODAY)
    ]
    assert len(ids) == len(set(ids))


# --- Pictures -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("size", "shape", "width"),
    [
        ("w500", "poster", 500),
        ("original", "poster", 1000),
        ("w780", "backdrop", 780),
        ("original", "backdrop", 1920),
        ("h632", "portrait", 421),
        ("original", "portrait", 600),
        ("w300", "still", 300),
        ("w92", "logo", 92),
    ],
)
def test_a_picture_is_as_wide_as_asked(
    session: requests.Session, get: Get, bundled: library.Library, size: str, shape: str, width: int
) -> None:
    show = get(f"tv/{next(iter(bundled.shows))}")
    path = {
        "poster": show["poster_path"],
        "backdrop": show["backdrop_path"],
        "portrait": f"/person-{next(iter(bundled.people))}-portrait.jpg",
        "still": show["last_episode_to_air"]["still_path"],
        "logo": f"/provider-{next(iter(bundled.providers))}-logo.png",
    }[shape]
    answer = session.get(f"{IMAGES}/{size}{path}", timeout=5)
    picture = Image.open(BytesIO(answer.content))
    picture.load()
    assert answer.headers["Content-Type"] == ("image/png" if shape == "logo" else "image/jpeg")
    assert picture.format == ("PNG" if shape == "logo" else "JPEG")
    assert picture.width == width


def test_every_image_a_show_names_can_be_drawn(
    session: requests.Session, get: Get, bundled: library.Library
) -> None:
    show = get(f"tv/{next(iter(bundled.shows))}", append_to_response="images,season/1")
    paths = [row["file_path"] for rows in show["images"].values() for row in rows]
    paths += [season["poster_path"] for season in show["seasons"]]
    paths += [network["logo_path"] for network in show["networks"]]
    for path in paths:
        assert session.get(f"{IMAGES}/w92{path}", timeout=5).status_code == 200, path


# --- What is not there ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "path",
    [
        "movie/999999999",
        "tv/999999999",
        "person/999999999",
        "collection/999999999",
        "movie/abc",
        "movie/7/nonsense",
        "tv/9/season/77",
        "tv/9/season/1/episode/0",
        "trending/nobody/day",
        "nonsense",
    ],
)
def test_what_is_not_there_is_not_found(tiny: Path, path: str) -> None:
    assert _get(tiny)(path, status=404) == NOT_FOUND


@pytest.mark.parametrize(
    "path",
    [
        "w500/movie-999999999-poster.jpg",
        "w500/movie-7-portrait.jpg",
        "w500/tv-9-season-5-poster.jpg",
        "w500/episode-901001-still.jpg",
        "w0/movie-7-poster.jpg",
        "enormous/movie-7-poster.jpg",
        "w500/7.jpg",
    ],
)
def test_a_picture_of_nothing_is_not_found(tiny: Path, path: str) -> None:
    answer = _session(SampleAdapter(tiny, TODAY)).get(f"{IMAGES}/{path}", timeout=5)
    assert answer.status_code == 404

"""Titles, people and the rest, each with all its parts."""

from catalog.tmdb.sample import holdings, names
from tests.catalog.sample.asking import DETAILS, MOVIE_PARTS, TODAY, TV_PARTS, Get


def test_every_film_answers_with_details(get: Get, bundled: holdings.Holdings) -> None:
    for film in bundled.films.values():
        told = get(f"movie/{film.id}", append_to_response=MOVIE_PARTS.replace(" ", ","))
        shape = set(DETAILS["movie"].split()) - {"genre_ids"}
        assert set(told) == shape | set(MOVIE_PARTS.split())
        assert told["title"] == film.name
        assert told["overview"], film.name
        assert told["credits"]["cast"], film.name
        assert any(row["job"] == "Director" for row in told["credits"]["crew"]), film.name


def test_every_show_answers_with_details(get: Get, bundled: holdings.Holdings) -> None:
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


def test_every_person_answers_with_details_and_credits(
    get: Get, bundled: holdings.Holdings
) -> None:
    for person in bundled.people.values():
        told = get(f"person/{person.id}", append_to_response="combined_credits,images")
        assert told["name"] == person.name
        assert told["profile_path"] == f"/person-{person.id}-portrait.jpg"
        assert set(told["combined_credits"]) == {"cast", "crew"}


def test_every_collection_company_network_and_keyword_answers(
    get: Get, bundled: holdings.Holdings
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


def test_a_part_has_an_address_of_its_own(get: Get, bundled: holdings.Holdings) -> None:
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
    get: Get, bundled: holdings.Holdings
) -> None:
    for film in bundled.films.values():
        near = [row["id"] for row in get(f"movie/{film.id}/recommendations")["results"]]
        assert film.id not in near
        assert 0 < len(near) == len(set(near)) <= 12, film.name


def test_offers_come_from_providers_of_the_region(get: Get, bundled: holdings.Holdings) -> None:
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


def test_a_film_that_is_not_out_yet_is_offered_nowhere(get: Get) -> None:
    announced = get("movie/1170608", append_to_response="watch/providers")
    assert announced["release_date"] > TODAY.isoformat()
    assert announced["watch/providers"]["results"] == {}

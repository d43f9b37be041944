"""What the facts of the sample hold."""

from collections import Counter

from catalog.tmdb.sample import holdings, names


def test_the_sample_holds_as_much_as_the_product_promises(bundled: holdings.Holdings) -> None:
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


def test_every_id_in_the_facts_leads_somewhere(bundled: holdings.Holdings) -> None:
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


def test_every_code_in_the_facts_has_a_name(bundled: holdings.Holdings) -> None:
    for title in bundled.titles():
        genres = names.MOVIE_GENRES if title.kind == "movie" else names.TV_GENRES
        assert title.genres, title.name
        assert set(title.genres) <= set(genres), title.name
        assert set(title.countries) <= set(names.COUNTRIES), title.name
        assert {title.original_language, *title.spoken} <= set(names.LANGUAGES), title.name


def test_every_job_in_the_facts_belongs_to_a_department(bundled: holdings.Holdings) -> None:
    jobs = {row.job for title in bundled.titles() for row in title.crew}
    assert jobs <= set(names.DEPARTMENTS)


def test_every_person_and_collection_belongs_to_a_title(bundled: holdings.Holdings) -> None:
    creators = {one for show in bundled.shows.values() for one in show.created_by}
    assert set(bundled.people) <= set(bundled.works) | creators
    assert all(bundled.parts(number) for number in bundled.collections)


def test_external_ids_are_nobody_elses(bundled: holdings.Holdings) -> None:
    records = [*bundled.titles(), *bundled.people.values()]
    times = Counter(record.imdb_id for record in records if record.imdb_id)
    assert {imdb_id for imdb_id, number in times.items() if number > 1} == set()

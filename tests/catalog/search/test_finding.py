"""What is found, and in which order: the same on every database."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import AlternativeTitle, Collection, Name, Title
from catalog.search import Query
from tests.make import make_genre, make_person, make_show, make_title, make_translation

pytestmark = pytest.mark.django_db

PAST = datetime(2020, 1, 1, tzinfo=UTC)


def found(words: str, **values: Any) -> list[str]:
    """The names of all that is found, in order."""
    call_command("reindex")
    return [str(thing).partition(" (")[0] for thing in Query(words, **values).found("en-US")]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Jaws", "Jaws"),
        ("jaes", "Jaws"),
        ("mtarix", "The Matrix"),
        ("teh matrix", "The Matrix"),
        ("thematrix", "The Matrix"),
        ("the matrixx", "The Matrix"),
        ("amelie", "Amélie"),
        ("AMÉLIE", "Amélie"),
        ("oceans eleven", "Ocean's Eleven"),
        ("Ocean’s 11", "Ocean's Eleven"),
        ("oceans elven", "Ocean's Eleven"),
        ("war games", "WarGames"),
        ("wargames", "WarGames"),
        ("spiderman", "Spider-Man"),
        ("spider–man", "Spider-Man"),
        ("wall e", "WALL·E"),
        ("lord of the rigns", "The Lord of the Rings: The Two Towers"),
        ("two towers", "The Lord of the Rings: The Two Towers"),
        ("lord towers", "The Lord of the Rings: The Two Towers"),
        ("lord rings two tow", "The Lord of the Rings: The Two Towers"),
        ("jugement dernier", "Terminator 2"),
        ("judgement day", "Terminator 2"),
        ("tag der abrechnugn", "Terminator 2"),
        ("千尋", "Spirited Away"),
        ("$", "$"),
        ("2001 a space odyssey", "2001: A Space Odyssey"),
        ("tom hnaks", "Tom Hanks"),
        ("matrix collection", "The Matrix Collection"),
    ],
)
def test_what_is_meant_comes_first(typed: str, meant: str) -> None:
    for name in ("Jaws", "The Matrix", "Amélie", "Ocean's Eleven", "WarGames", "Spider-Man", "$"):
        make_title(name=name, vote_count=9000)
    for name in ("WALL·E", "The Lord of the Rings: The Two Towers", "2001: A Space Odyssey"):
        make_title(name=name, vote_count=9000)
    make_title(name="Spirited Away", original_name="千と千尋の神隠し", vote_count=9000)
    terminator = make_title(name="Terminator 2", vote_count=9000)
    make_translation(terminator, "de-DE", name="Terminator 2 – Tag der Abrechnung")
    make_translation(terminator, "fr-FR", name="Terminator 2 : Le Jugement dernier")
    AlternativeTitle.objects.create(title=terminator, name="T2: Judgement Day")
    make_person(name="Tom Hanks", popularity=40)
    Collection.objects.create(pk=1, name="The Matrix Collection")

    assert found(typed)[0] == meant


@pytest.mark.parametrize(
    ("typed", "year"),
    [("dune 1984", 1984), ("1984 dune", 1984), ("dune 2020", 2021), ("dune", 2021)],
)
def test_a_year_in_the_words_tells_which_one_is_meant(typed: str, year: int) -> None:
    make_title(name="Dune", year=1984, vote_count=3000)
    make_title(name="Dune", year=2021, vote_count=12_000)
    call_command("reindex")

    assert Query(typed).found("en-US")[0].year == year


@pytest.mark.parametrize("typed", ["1917", "blade runner 2049"])
def test_a_year_may_be_a_part_of_the_name(typed: str) -> None:
    make_title(name="1917", year=2019, vote_count=9000)
    make_title(name="Blade Runner", year=1982, vote_count=12_000)
    make_title(name="Blade Runner 2049", year=2017, vote_count=12_000)

    assert found(typed)[0].casefold() == typed


def test_what_begins_with_the_word_comes_before_an_elision_in_a_better_known_name() -> None:
    make_title(name="Anatomy of a Fall", original_name="Anatomie d'une chute", vote_count=2500)
    make_title(name="Dune: Part Three", vote_count=100)
    make_title(name="Dr. No", vote_count=15_000)

    assert found("dune") == ["Dune: Part Three", "Anatomy of a Fall"]


def test_what_begins_with_the_word_comes_before_a_translation_that_has_it_inside() -> None:
    film = make_title(name="Cold Light", vote_count=9000)
    make_translation(film, "es-ES", name="La fría luz de Marta")
    make_title(name="Marta and Her Sisters", vote_count=200)

    assert found("marta") == ["Marta and Her Sisters", "Cold Light"]


def test_somebody_is_called_by_the_last_name_as_by_the_first() -> None:
    make_person(name="Nolan Gould", popularity=10)
    make_person(name="Christopher Nolan", popularity=90)

    assert found("nolan") == ["Christopher Nolan", "Nolan Gould"]


@pytest.mark.parametrize(
    ("typed", "known"),
    [("x", "M"), ("qz", "Q"), ("abc", "Cab")],
)
def test_of_few_letters_half_must_not_be_wrong(typed: str, known: str) -> None:
    make_title(name=known, vote_count=15_000)

    assert found(typed) == []


@pytest.mark.parametrize(
    "typed",
    ["the godfather ii", "The Godfather 2", "godfather two", "godfather part 2"],
)
def test_a_number_at_the_end_means_the_part(typed: str) -> None:
    make_title(name="The Godfather", vote_count=20_000)
    make_title(name="The Godfather Part II", vote_count=12_000)

    assert found(typed)[0] == "The Godfather Part II"


def test_an_article_finds_what_begins_with_it_by_fame_and_then_people() -> None:
    make_person(name="Theo James", popularity=40)
    make_title(name="The Thing", vote_count=5000)
    make_title(name="The Lord of the Rings: The Two Towers", vote_count=12_000)
    make_title(name="Heat", vote_count=12_000)

    names = ["The Lord of the Rings: The Two Towers", "The Thing", "Theo James"]
    assert found("the") == names


def test_an_article_means_names_before_their_translations() -> None:
    make_translation(make_title(name="Jaws", vote_count=9000), "de-DE", name="Der weiße Hai")
    make_title(name="Der Untergang", vote_count=900)

    assert found("der") == ["Der Untergang", "Jaws"]


def test_common_words_alone_are_words() -> None:
    make_title(name="What We Do in the Shadows", vote_count=900)
    make_title(name="In the Mood for Love", vote_count=900)
    make_title(name="Heat", vote_count=900)

    assert found("in the") == ["In the Mood for Love", "What We Do in the Shadows"]


def test_of_two_of_one_name_the_better_known_comes_first() -> None:
    titles = [make_title(name="Heat", vote_count=votes) for votes in (50, 5000, 500)]
    call_command("reindex")

    order = [match.pk for match in Query("heat").matches]

    assert order == [titles[1].pk, titles[2].pk, titles[0].pk]


def test_the_very_name_comes_before_a_longer_one_that_is_a_little_better_known() -> None:
    make_title(name="Alien", vote_count=5000)
    make_title(name="Aliens", vote_count=9000)

    assert found("alien") == ["Alien", "Aliens"]


def test_famous_and_mistyped_comes_before_obscure_and_similar() -> None:
    make_title(name="Alien", vote_count=15_000)
    make_title(name="Alyn", vote_count=1)

    assert found("alin")[0] == "Alien"


def test_what_hardly_anybody_knows_is_found_mistyped_too() -> None:
    make_title(name="The Quiet Lighthouse Keeper", vote_count=0)

    assert found("quiet lihgthouse keeper") == ["The Quiet Lighthouse Keeper"]


def test_the_names_that_a_mistyped_one_may_be_are_remembered() -> None:
    make_title(name="The Matrix", vote_count=15_000)
    found("mtarix")

    with CaptureQueriesContext(connection) as asked:
        again = Query("matirx").found("en-US")

    assert [thing.name for thing in again] == ["The Matrix"]
    assert not [query for query in asked if "length = " in query["sql"]]


@pytest.mark.parametrize("typed", ["x", "xy", "xyl", "xylo"])
def test_the_first_letters_are_enough(typed: str) -> None:
    make_title(name="The Xylophone", vote_count=100)
    make_title(name="Heat", vote_count=100)

    assert found(typed) == ["The Xylophone"]


def test_a_thing_of_many_names_is_found_once() -> None:
    film = make_title(name="Seven Samurai", original_name="7 Samurai")
    make_translation(film, "fr-FR", name="Sept Samurai")

    assert found("samurai") == ["Seven Samurai"]


def test_what_is_hidden_is_not_found() -> None:
    make_title(name="Dark City", hidden_at=PAST)
    make_person(name="Dark Helmet", hidden_at=PAST)
    Collection.objects.create(pk=1, name="Dark Collection", hidden_at=PAST)

    assert found("dark") == []


@pytest.mark.parametrize(
    "words",
    [
        "",
        "   ",
        "%",
        "_",
        "'",
        '"',
        "\\",
        "a" * 200,
        "%" * 200,
        "🎬",
        "* AND (",
        "\x00",
        "\ud800",
    ],
)
def test_nonsense_finds_nothing(words: str) -> None:
    for name in ("Heat", "M", "Yi Yi"):
        make_title(name=name, vote_count=9000)

    assert found(words) == []


@pytest.mark.parametrize("word", ["and", "or", "not", "near", "the", "the the", "not near"])
def test_words_that_mean_something_to_a_database_are_words(word: str) -> None:
    make_title(name=word, vote_count=100)

    assert found(word) == [word]


def test_no_more_than_two_hundred_are_found() -> None:
    Title.objects.bulk_create(
        Title(kind="movie", tmdb_id=n, name=f"Love {n}", vote_count=50) for n in range(300)
    )

    found("love")

    assert 0 < len(Query("love").matches) <= 200


# --- Tabs and filters ----------------------------------------------------------------------------
@pytest.fixture
def dark() -> None:
    drama = make_genre(tmdb_id=18)
    make_title(name="Dark City", year=1998, vote_count=900).genres.add(drama)
    make_show(name="Dark", year=2017, vote_count=9000)
    make_person(name="Dark Helmet")
    Collection.objects.create(pk=1, name="Dark Collection")
    call_command("reindex")


@pytest.mark.parametrize(
    ("tab", "names"),
    [
        ("", {"Dark City", "Dark", "Dark Helmet", "Dark Collection"}),
        ("movie", {"Dark City"}),
        ("tv", {"Dark"}),
        ("person", {"Dark Helmet"}),
        ("collection", {"Dark Collection"}),
    ],
)
def test_a_tab_has_one_kind_of_thing(dark: None, tab: str, names: set[str]) -> None:
    assert {thing.name for thing in Query("dark", tab=tab).found("en-US")} == names


def test_every_tab_says_how_much_is_on_it(dark: None) -> None:
    counts = Query("dark", tab="tv").counts

    assert counts == {"": 4, "movie": 1, "tv": 1, "person": 1, "collection": 1}


@pytest.mark.parametrize(
    ("values", "names"),
    [
        ({"genre": 18}, ["Dark City"]),
        ({"genre": 99}, []),
        ({"year_from": 2000}, ["Dark"]),
        ({"year_to": 2000}, ["Dark City"]),
        ({"year_from": 1990, "year_to": 2020}, ["Dark", "Dark City"]),
    ],
)
def test_filters_leave_titles_only(dark: None, values: dict[str, int], names: list[str]) -> None:
    assert [thing.name for thing in Query("dark", **values).found("en-US")] == names


def test_pages_neither_repeat_nor_lose_anything(dark: None) -> None:
    query = Query("dark")

    pages = [query.found("en-US", offset, 1) for offset in range(4)]

    assert [thing for page in pages for thing in page] == query.found("en-US", 0, 4)


def test_what_was_hidden_a_moment_ago_is_left_out(dark: None) -> None:
    query = Query("dark")
    assert query.matches
    Title.objects.update(hidden_at=PAST)

    assert not any(isinstance(thing, Title) for thing in query.found("en-US"))


# --- As one types --------------------------------------------------------------------------------
def test_suggestions_are_a_few_of_each(dark: None) -> None:
    for n in range(9):
        make_title(name=f"Darkness {n}")
        make_person(name=f"Darkly {n}")
        Collection.objects.create(pk=10 + n, name=f"Darkest {n}")
    call_command("reindex")

    assert [len(some) for some in Query("dark").suggestions("en-US")] == [6, 3, 2]


def test_suggestions_are_in_the_order_of_the_page(dark: None) -> None:
    titles, _, _ = Query("dark").suggestions("en-US")

    assert titles == [t for t in Query("dark").found("en-US") if isinstance(t, Title)]


def test_suggestions_forgive_when_hardly_anything_begins_like_that(dark: None) -> None:
    titles, _, _ = Query("drak city").suggestions("en-US")

    assert titles[0].name == "Dark City"


def test_what_is_found_speaks_the_reader_s_language() -> None:
    make_translation(make_title(name="Jaws", vote_count=900), "de-DE", name="Der weiße Hai")
    call_command("reindex")

    assert [title.words.name for title in Query("jaws").found("de-DE")] == ["Der weiße Hai"]


# --- What it costs -------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["love", "loev", "no such thing", "love 2000", "the", "in the"])
def test_a_search_asks_the_database_a_few_times_however_much_is_found(
    django_assert_max_num_queries: Any, words: str
) -> None:
    for n in range(30):
        make_title(name=f"Love {n}", vote_count=n)
        make_person(name=f"Love {n}")
    call_command("reindex")

    with django_assert_max_num_queries(6):
        Query(words).found("en-US")


def test_a_name_that_is_known_and_right_costs_one_question(django_assert_num_queries: Any) -> None:
    for n in range(30):
        make_title(name=f"Heat {n or ''}", vote_count=9000 - n)
    call_command("reindex")

    with django_assert_num_queries(1):
        assert Query("heat").matches


def test_the_index_goes_with_what_it_is_of() -> None:
    film = make_title(name="Heat", vote_count=900)
    assert found("heat") == ["Heat"]

    film.delete()

    assert (found("heat"), Name.objects.count()) == ([], 0)

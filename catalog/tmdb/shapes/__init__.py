"""TMDB's JSON as frozen dataclasses. The only room that knows TMDB's JSON."""

from catalog.tmdb.shapes.facts import (
    CollectionFacts,
    CountryFacts,
    CreditFacts,
    EpisodeFacts,
    LanguageFacts,
    LinkFacts,
    Maker,
    Page,
    PersonFacts,
    PersonStub,
    ProviderFacts,
    SeasonFacts,
    Term,
    TitleFacts,
    TitleStub,
)
from catalog.tmdb.shapes.lists import (
    collection,
    countries,
    genres,
    languages,
    page,
    person,
    providers,
)
from catalog.tmdb.shapes.titles import missing_seasons, movie, tv
from catalog.tmdb.shapes.words import named_for_site

__all__ = [
    "CollectionFacts",
    "CountryFacts",
    "CreditFacts",
    "EpisodeFacts",
    "LanguageFacts",
    "LinkFacts",
    "Maker",
    "Page",
    "PersonFacts",
    "PersonStub",
    "ProviderFacts",
    "SeasonFacts",
    "Term",
    "TitleFacts",
    "TitleStub",
    "collection",
    "countries",
    "genres",
    "languages",
    "missing_seasons",
    "movie",
    "named_for_site",
    "page",
    "person",
    "providers",
    "tv",
]

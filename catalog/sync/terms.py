"""Genres, keywords, companies and the like: what titles are filed under."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from catalog.models import (
    Collection,
    Company,
    Country,
    Genre,
    Keyword,
    Language,
    Network,
    Provider,
)
from catalog.sync.ages import TERM_DAYS
from catalog.sync.rows import Values, hold
from catalog.tmdb import TMDB
from catalog.tmdb.shapes import (
    CountryFacts,
    LanguageFacts,
    Maker,
    ProviderFacts,
    Term,
    TitleFacts,
    TitleStub,
)


def store_terms(facts: Sequence[TitleFacts], stubs: Iterable[TitleStub], now: datetime) -> None:
    """All that these titles refer to, other titles and people apart."""
    makers = [maker for f in facts for maker in (*f.companies, *f.networks)]
    tongues = {f.original_language_id for f in facts} | {s.original_language_id for s in stubs}
    hold_countries(
        [country for f in facts for country in f.countries],
        now,
        {maker.country_id for maker in makers},
    )
    hold_languages([language for f in facts for language in f.languages], now, tongues)
    _hold_genres((term for f in facts for term in f.genres), now)
    hold(Keyword, _values((term for f in facts for term in f.keywords), now), fields=["name"])
    _hold_makers(Company, (maker for f in facts for maker in f.companies), now)
    _hold_makers(Network, (maker for f in facts for maker in f.networks), now)
    hold_providers((offer.provider for f in facts for offer in f.offers), now)
    _hold_collections(facts, now)


def sync_terms(tmdb: TMDB) -> int:
    """Genres, countries, languages and watch providers, complete; how many there are."""
    genres = {kind: tmdb.genres(kind) for kind in ("movie", "tv")}
    countries, languages = tmdb.countries(), tmdb.languages()
    providers = {p.tmdb_id: p for kind in ("tv", "movie") for p in tmdb.providers(kind)}
    now = timezone.now()
    with transaction.atomic():
        hold_countries(countries, now)
        hold_languages(languages, now)
        _hold_genres((term for terms in genres.values() for term in terms), now)
        for kind, terms in genres.items():
            ids = [term.tmdb_id for term in terms]
            Genre.objects.filter(pk__in=ids).update(
                **{f"for_{kind}{'s' * (kind == 'movie')}": True}
            )
        hold_providers(providers.values(), now, also=["priority"])
    names = {term.tmdb_id for terms in genres.values() for term in terms}
    return len(names) + len(countries) + len(languages) + len(providers)


def hold_countries(
    countries: Iterable[CountryFacts], now: datetime, codes: Iterable[str | None] = ()
) -> None:
    """A country that is known by its code alone never takes the name from one that has it."""
    named = {country.code: country for country in countries if country.name != country.code}
    bare = {c.code for c in countries} | {code for code in codes if code}
    unnamed = [CountryFacts(code, code) for code in bare - set(named)]
    # First what is missing, named or not, in one go and in order: no deadlock.
    hold(Country, _values([*named.values(), *unnamed], now), fields=[])
    hold(Country, _values(named.values(), now), fields=["name"])


def hold_languages(
    languages: Iterable[LanguageFacts], now: datetime, codes: Iterable[str | None] = ()
) -> None:
    named = {language.code: language for language in languages}
    unnamed = [LanguageFacts(code, code, "") for code in set(codes) - set(named) if code]
    hold(Language, _values([*named.values(), *unnamed], now), fields=[])
    hold(Language, _values(named.values(), now), fields=["name", "native_name"])


def hold_providers(
    providers: Iterable[ProviderFacts], now: datetime, also: Sequence[str] = ()
) -> None:
    """Titles tell a provider's rank in one country only; the whole list tells its `priority`."""
    hold(Provider, _values(providers, now), fields=["name", "logo_path", *also])


def _hold_genres(genres: Iterable[Term], now: datetime) -> None:
    hold(Genre, _values(genres, now), fields=["name"])


def _hold_makers(
    model: type[Company] | type[Network], makers: Iterable[Maker], now: datetime
) -> None:
    hold(model, _values(makers, now), fields=["name", "logo_path", "country_id"])


def _hold_collections(facts: Sequence[TitleFacts], now: datetime) -> None:
    stubs = [f.collection for f in facts if f.collection]
    rows = (row | {"refresh_at": None} for row in _values(stubs, now))
    hold(Collection, rows, fields=["name", "poster_path", "backdrop_path"])


def _values(facts: Iterable[Any], now: datetime) -> Iterator[Values]:
    """Facts whose fields bear the columns' names, with their age."""
    again = now + timedelta(days=TERM_DAYS)
    for fact in dict.fromkeys(facts):
        values = {name: getattr(fact, name) for name in fact.__slots__}
        yield values | {"fetched_at": now, "refresh_at": again}

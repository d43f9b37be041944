"""The parts that answers about films, shows and people have in common."""

from collections.abc import Iterator

from catalog.tmdb.shapes.facts import (
    AlternativeFacts,
    CountryFacts,
    ImageFacts,
    LanguageFacts,
    LinkFacts,
    Maker,
    OfferFacts,
    ProviderFacts,
    Term,
    TitleStub,
    TranslationFacts,
    VideoFacts,
)
from catalog.tmdb.shapes.reading import (
    BIG,
    Json,
    code,
    day,
    dicts,
    instant,
    is_code,
    number,
    part,
    path,
    text,
    unique,
    vote,
    whole,
    wholes,
)

IMAGES = {"posters": "poster", "backdrops": "backdrop", "logos": "logo"}
OFFERS = ("flatrate", "free", "ads", "rent", "buy")
LINKS = {"recommendations": "recommended", "similar": "similar"}


def terms(data: Json, key: str) -> tuple[Term, ...]:
    found = (Term(whole(item, "id"), text(item, "name", 100)) for item in dicts(data, key))
    return unique((term for term in found if term.tmdb_id and term.name), lambda term: term.tmdb_id)


def makers(data: Json, key: str) -> tuple[Maker, ...]:
    found = (
        Maker(
            whole(item, "id", BIG),
            text(item, "name", 255),
            path(item, "logo_path"),
            code(item, "origin_country") or None,
        )
        for item in dicts(data, key)
    )
    return unique((each for each in found if each.tmdb_id and each.name), lambda each: each.tmdb_id)


def countries(items: Iterator[Json]) -> tuple[CountryFacts, ...]:
    found = (
        CountryFacts(
            code(item, "iso_3166_1"), text(item, "english_name", 100) or text(item, "name", 100)
        )
        for item in items
    )
    return unique((each for each in found if each.code), lambda each: each.code)


def languages(items: Iterator[Json]) -> tuple[LanguageFacts, ...]:
    found = (
        LanguageFacts(
            code(item, "iso_639_1"),
            text(item, "english_name", 100) or code(item, "iso_639_1"),
            text(item, "name", 100),
        )
        for item in items
    )
    return unique((each for each in found if each.code), lambda each: each.code)


def provider(item: Json) -> ProviderFacts:
    return ProviderFacts(
        tmdb_id=whole(item, "provider_id"),
        name=text(item, "provider_name", 100),
        logo_path=path(item, "logo_path"),
        priority=whole(item, "display_priority"),
    )


def videos(data: Json) -> tuple[VideoFacts, ...]:
    found = (
        VideoFacts(
            tmdb_id=text(item, "id", 60),
            site=text(item, "site", 30),
            key=text(item, "key", 100),
            name=text(item, "name", 500),
            type=text(item, "type", 50),
            language=code(item, "iso_639_1"),
            official=item.get("official") is True,
            size=whole(item, "size"),
            published_at=instant(item, "published_at"),
        )
        for item in dicts(part(data, "videos"), "results")
    )
    return unique((each for each in found if each.tmdb_id and each.key), lambda each: each.tmdb_id)


def images(data: Json) -> tuple[ImageFacts, ...]:
    found = (
        ImageFacts(
            kind=kind,
            path=path(item, "file_path"),
            language=code(item, "iso_639_1"),
            width=whole(item, "width"),
            height=whole(item, "height"),
            vote_average=vote(item),
            vote_count=whole(item, "vote_count"),
        )
        for key, kind in IMAGES.items()
        for item in dicts(part(data, "images"), key)
    )
    return unique(
        (each for each in found if each.path and each.width and each.height),
        lambda each: (each.kind, each.path),
    )


def offers(data: Json) -> tuple[OfferFacts, ...]:
    found = (
        OfferFacts(provider(item), country, kind, position)
        for country, offered in part(part(data, "watch/providers"), "results").items()
        if is_code(country) and isinstance(offered, dict)
        for kind in OFFERS
        for position, item in enumerate(dicts(offered, kind))
    )
    return unique(
        (each for each in found if each.provider.tmdb_id and each.provider.name),
        lambda each: (each.country, each.kind, each.provider.tmdb_id),
    )


def alternative_titles(data: Json) -> tuple[AlternativeFacts, ...]:
    names = part(data, "alternative_titles")
    found = (
        AlternativeFacts(
            code(item, "iso_3166_1"), text(item, "title", 500), text(item, "type", 100)
        )
        for key in ("titles", "results")
        for item in dicts(names, key)
    )
    return unique((each for each in found if each.name), lambda each: each)


def translations(data: Json) -> tuple[TranslationFacts, ...]:
    found = (
        TranslationFacts(
            language=code(item, "iso_639_1"),
            country=code(item, "iso_3166_1"),
            name=text(part(item, "data"), "title", 500) or text(part(item, "data"), "name", 500),
            overview=text(part(item, "data"), "overview"),
            tagline=text(part(item, "data"), "tagline"),
        )
        for item in dicts(part(data, "translations"), "translations")
    )
    return unique(
        (each for each in found if each.language and (each.name or each.overview or each.tagline)),
        lambda each: (each.language, each.country),
    )


def links(data: Json, kind: str, tmdb_id: int) -> tuple[LinkFacts, ...]:
    found = (
        LinkFacts(link, rank, title_stub(item, kind))
        for key, link in LINKS.items()
        for rank, item in enumerate(dicts(part(data, key), "results"), start=1)
    )
    return unique(
        (each for each in found if each.to.tmdb_id not in (0, tmdb_id) and each.to.name),
        lambda each: (each.kind, each.to.tmdb_id),
    )


def title_stub(item: Json, kind: str) -> TitleStub:
    return TitleStub(
        kind=kind,
        tmdb_id=whole(item, "id", BIG),
        name=text(item, "title", 500)
        or text(item, "name", 500)
        or text(item, "original_title", 500)
        or text(item, "original_name", 500),
        original_name=text(item, "original_title", 500) or text(item, "original_name", 500),
        overview=text(item, "overview"),
        poster_path=path(item, "poster_path"),
        backdrop_path=path(item, "backdrop_path"),
        release_date=day(item, "release_date") or day(item, "first_air_date"),
        popularity=number(item, "popularity"),
        vote_average=vote(item),
        vote_count=whole(item, "vote_count"),
        adult=item.get("adult") is True,
        original_language_id=code(item, "original_language") or None,
        genre_ids=tuple(wholes(item, "genre_ids")),
    )

"""What hangs on titles: for each table, the rows these facts call for, and no others."""

from collections.abc import Iterator, Sequence

from django.db.models import Model

from catalog.models import (
    AlternativeTitle,
    Certification,
    Credit,
    Image,
    Link,
    Offer,
    ReleaseDate,
    Title,
    Translation,
    Video,
)
from catalog.sync.rows import Values, replace
from catalog.tmdb.shapes import TitleFacts

Ref = tuple[str, int]
Owned = list[tuple[int, TitleFacts]]

# Tables whose columns bear the names of the facts' fields, and what tells their rows apart.
PLAIN: tuple[tuple[type[Model], str, tuple[str, ...]], ...] = (
    (Translation, "translations", ("language", "country")),
    (AlternativeTitle, "alternative_titles", ("country", "name", "type")),
    (Video, "videos", ("tmdb_id",)),
    (Image, "images", ("kind", "path")),
    (ReleaseDate, "release_dates", ("country", "type", "date", "note")),
    (Certification, "certifications", ("country",)),
)
# What a title is filed under: the field, and the column of the table between.
FILED = {
    "genres": "genre_id",
    "keywords": "keyword_id",
    "companies": "company_id",
    "networks": "network_id",
    "countries": "country_id",
    "languages": "language_id",
}


def store_parts(facts: Sequence[TitleFacts], ids: dict[Ref, int]) -> None:
    owned = [(ids[f.kind, f.tmdb_id], f) for f in facts]
    for model, name, key in PLAIN:
        _replace(model, _plain(name, owned), owned, key)
    _replace(Credit, _credits(owned), owned, ("tmdb_id",))
    _replace(Offer, _offers(owned), owned, ("country", "kind", "provider_id"))
    _replace(Link, _links(owned, ids), owned, ("kind", "to_id"))
    for name, column in FILED.items():
        between: type[Model] = getattr(Title, name).through
        _replace(between, _filed(name, column, owned), owned, (column,))


def _replace(
    model: type[Model], rows: Iterator[Values], owned: Owned, key: tuple[str, ...]
) -> None:
    replace(model, rows, parent="title_id", parents=[pk for pk, _ in owned], key=("title_id", *key))


def _plain(name: str, owned: Owned) -> Iterator[Values]:
    for pk, facts in owned:
        for item in getattr(facts, name):
            values = {field: getattr(item, field) for field in item.__slots__}
            yield {"title_id": pk, **values}


def _credits(owned: Owned) -> Iterator[Values]:
    for pk, facts in owned:
        for credit in facts.credits:
            yield {
                "title_id": pk,
                "person_id": credit.person.tmdb_id,
                "tmdb_id": credit.tmdb_id,
                "department": credit.department,
                "job": credit.job,
                "character": credit.character,
                "position": credit.position,
                "episode_count": credit.episode_count,
            }


def _offers(owned: Owned) -> Iterator[Values]:
    for pk, facts in owned:
        for offer in facts.offers:
            yield {
                "title_id": pk,
                "provider_id": offer.provider.tmdb_id,
                "country": offer.country,
                "kind": offer.kind,
                "position": offer.position,
            }


def _links(owned: Owned, ids: dict[Ref, int]) -> Iterator[Values]:
    for pk, facts in owned:
        for link in facts.links:
            to = ids[link.to.kind, link.to.tmdb_id]
            yield {"title_id": pk, "to_id": to, "kind": link.kind, "rank": link.rank}


def _filed(name: str, column: str, owned: Owned) -> Iterator[Values]:
    for pk, facts in owned:
        for term in getattr(facts, name):
            key = term.code if name in {"countries", "languages"} else term.tmdb_id
            yield {"title_id": pk, column: key}

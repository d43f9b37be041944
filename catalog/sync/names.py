"""What titles, people and collections are found by: their names, as the search compares them."""

from collections.abc import Collection as Many
from collections.abc import Iterable, Iterator
from math import log10

from django.db.models import Q, Sum

from catalog.models import AlternativeTitle, Collection, Name, Person, Title, Translation
from catalog.spelling import forms, joined
from catalog.sync.rows import Values, replace

# From ten votes on, or a popularity of two: the best known hundred thousand of TMDB's millions.
KNOWN_FROM = 1.05
# A collection's films' votes, divided by as many, are its own.
SHARED_BY = 6
# A row that differs is another row: nothing is told apart by less than all of it.
COLUMNS = tuple(f.attname for f in Name._meta.concrete_fields if not f.primary_key)


def name_titles(ids: Many[int]) -> None:
    """Bring the index up to what these titles' rows say; what is hidden has no name."""
    if not ids:
        return
    titles = Title.objects.visible().filter(pk__in=ids)
    others: dict[int, list[str]] = {}
    alternative, translated = (
        model._default_manager.filter(title__in=ids).values_list("title_id", "name")
        for model in (AlternativeTitle, Translation)
    )
    for pk, name in alternative.union(translated):
        others.setdefault(pk, []).append(name)
    rows: list[Values] = []
    for pk, kind, year, votes, popularity, *names in titles.values_list(
        "pk", "kind", "year", "vote_count", "popularity", "name", "original_name"
    ):
        fame = title_fame(votes, popularity)
        rows += _rows("title_id", pk, kind, fame, names, others.get(pk, ()), year)
    replace(Name, rows, parent="title_id", parents=ids, key=COLUMNS)


def name_people(ids: Many[int]) -> None:
    if not ids:
        return
    rows: list[Values] = []
    for pk, name, others, popularity in (
        Person.objects.visible()
        .filter(pk__in=ids)
        .values_list("pk", "name", "also_known_as", "popularity")
    ):
        fame = person_fame(popularity)
        rows += _rows("person_id", pk, Name.Of.PERSON, fame, [name], others)
    replace(Name, rows, parent="person_id", parents=ids, key=COLUMNS)


def name_collections(ids: Many[int]) -> None:
    """As famous as a share of its films' votes, so that it stands behind the best known of them."""
    if not ids:
        return
    votes = Sum("titles__vote_count", filter=Q(titles__hidden_at=None), default=0)
    held = Collection.objects.filter(pk__in=ids, hidden_at=None).annotate(votes=votes)
    rows: list[Values] = []
    for pk, name, counted in held.values_list("pk", "name", "votes").order_by():
        fame = title_fame(counted / SHARED_BY, 0)
        rows += _rows("collection_id", pk, Name.Of.COLLECTION, fame, [name], ())
    replace(Name, rows, parent="collection_id", parents=ids, key=COLUMNS)


def title_fame(votes: float, popularity: float) -> float:
    return _fame(votes + 5 * popularity)


def person_fame(popularity: float) -> float:
    """People have no votes: a popularity of thirty is taken for what 1,600 votes are to a film."""
    return _fame(10 * max(popularity, 0) ** 1.5)


def _fame(weight: float) -> float:
    """In steps, so that from one day to the next hardly any row is written again."""
    return round(log10(1 + max(weight, 0)) * 10) / 10


def _rows(
    parent: str,
    pk: int,
    of: str,
    fame: float,
    names: Iterable[str],
    others: Iterable[str],
    year: int | None = None,
) -> Iterator[Values]:
    nothing = {"title_id": None, "person_id": None, "collection_id": None}
    said: dict[str, bool] = {}
    for is_main, some in ((True, names), (False, others)):
        for name in some:
            for form in forms(name):
                said.setdefault(form, is_main)
    for form, is_main in said.items():
        together = joined(form)
        yield nothing | {
            parent: pk,
            "of": of,
            "form": form,
            "joined": together,
            "length": len(together),
            "is_main": is_main,
            "year": year,
            "fame": fame,
            "is_known": fame >= KNOWN_FROM,
        }

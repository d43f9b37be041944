"""What filters are called: ids to names, and names to ids."""

import re
from collections.abc import Collection
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from catalog.models import (
    Company,
    Country,
    Genre,
    Keyword,
    Language,
    Name,
    Network,
    Person,
    Provider,
)
from catalog.spelling import joined, normalise
from cinehub.kit.near import near
from cinehub.kit.web import clean_words
from cinehub.kit.written import Written

# What a database's integer surely holds, and more than TMDB has of anything.
BIGGEST_ID = 2**31 - 1
NAMES_SHOWN = 10

BY_ID = {"genre": Genre, "without": Genre, "provider": Provider}
BY_CODE = {"language": Language, "spoken": Language, "country": Country, "region": Country}
BY_NAME = {"keyword": Keyword, "company": Company, "network": Network, "person": Person}


ALL = Written(
    lambda: {
        model.__name__: _of(model.objects.order_by("pk"))
        for model in (Genre, Provider, Country, Language)
    }
)


class Term(NamedTuple):
    key: int | str
    name: str


def find(model: Any, wanted: Collection[str]) -> dict[str, Term]:
    """Those that there are, by how they were asked for: one query, two where names are meant."""
    if model in BY_NAME.values():
        found = _keyed(_known(model).filter(pk__in=filter(is_id, wanted)))
        return found | _named(model, [text for text in wanted if text not in found])
    known = at_hand(model)
    missing = [text for text in wanted if text not in known]
    # They may have come since.
    return known | _keyed(model.objects.filter(pk__in=missing)) if missing else known


def at_hand(model: Any) -> dict[str, Term]:
    """Of what there are only hundreds a process has all, but for what came lately."""
    return near("discover-terms", _known_by_code)[model.__name__]


def _known_by_code() -> dict[str, dict[str, Term]]:
    found = ALL.ask()
    return {name: {str(key): Term(key, said) for key, said in rows} for name, rows in found.items()}


def _keyed(rows: QuerySet[Any]) -> dict[str, Term]:
    return {str(key): Term(key, name) for key, name in _of(rows)}


def is_id(text: str) -> bool:
    return bool(re.fullmatch("[0-9]{1,10}", text)) and int(text) <= BIGGEST_ID


def names(field: str, words: str) -> list[tuple[int, str]]:
    """For who types: those whose name begins so."""
    begun = clean_words(words)
    if not begun or field not in BY_NAME:
        return []
    found = _known(BY_NAME[field]).filter(name__istartswith=begun)
    return list(found.order_by("name", "pk").values_list("pk", "name")[:NAMES_SHOWN])


def _named(model: Any, wanted: Collection[str]) -> dict[str, Term]:
    """Names as they were typed, whatever their case; of namesakes the best known, or the first."""
    if not wanted:
        return {}
    said = Q()
    for text in wanted:
        said |= Q(name__iexact=text)
    order = ("-popularity", "pk") if model is Person else ("pk",)
    by_name: dict[str, Term] = {}
    for key, name in _of(_known(model).filter(said).order_by(*order)):
        by_name.setdefault(name.casefold(), Term(key, name))
    found = {t: by_name[t.casefold()] for t in wanted if t.casefold() in by_name}
    missing = [text for text in wanted if text not in found]
    return found | _spelled_otherwise(missing) if model is Person and missing else found


def _spelled_otherwise(wanted: Collection[str]) -> dict[str, Term]:
    """People, by the search's index of names: without accents, for one."""
    forms = {text: joined(normalise(text)) for text in wanted}
    people = Name.objects.filter(
        of=Name.Of.PERSON, joined__in=filter(None, forms.values()), person__hidden_at=None
    )
    named = people.order_by("fame", "-person").values_list("joined", "person", "person__name")
    # Of namesakes the best known comes last, and stays.
    held = {form: Term(key, name) for form, key, name in named}
    return {text: held[form] for text, form in forms.items() if form in held}


def _known(model: Any) -> QuerySet[Any]:
    known: QuerySet[Any] = model.objects.all()
    return known.filter(hidden_at=None) if model is Person else known


def _of(rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    return rows.values_list("pk", "name")

"""What a title is filed under."""

from typing import Any

from catalog.models import Company, Country, Genre, Keyword, Language, Network
from cinehub.kit.written import Given, Parts

Term = Genre | Keyword | Company | Network | Country | Language
Terms = dict[str, list[Term]]

# By the title's field.
FILED: dict[str, type[Term]] = {
    "genres": Genre,
    "countries": Country,
    "languages": Language,
    "companies": Company,
    "networks": Network,
    "keywords": Keyword,
}


def terms_rows() -> Parts:
    """Each in the order of names."""
    return {
        field: model.objects.filter(titles=Given("title"))
        .order_by("name", "pk")
        .values_list("pk", "name")
        for field, model in FILED.items()
    }


def terms_from(found: dict[str, Any]) -> Terms:
    return {
        field: [model(pk=key, name=name) for key, name in found[field]]
        for field, model in FILED.items()
    }

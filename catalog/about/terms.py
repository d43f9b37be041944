"""What a title is filed under, from six tables in one query."""

from collections import defaultdict
from functools import cache

from django.db import connection

from catalog.models import Company, Country, Genre, Keyword, Language, Network, Title

Term = Genre | Keyword | Company | Network | Country | Language
Terms = dict[str, list[Term]]

# By the title's field: the column of the table between, and what it refers to.
FILED: dict[str, tuple[str, type[Term]]] = {
    "genres": ("genre_id", Genre),
    "countries": ("country_id", Country),
    "languages": ("language_id", Language),
    "companies": ("company_id", Company),
    "networks": ("network_id", Network),
    "keywords": ("keyword_id", Keyword),
}


def terms_of(title: Title) -> Terms:
    """Each in the order of names."""
    found: Terms = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_query(), [title.pk] * len(FILED))
        for field, key, name in cursor:
            found[field].append(FILED[field][1](pk=key, name=name))
    return found


# Written out: to have Django put together a union of six takes longer than all the rest of a page.
@cache
def _query() -> str:
    return " UNION ALL ".join(_part(field) for field in FILED) + " ORDER BY 3, 2"


def _part(field: str) -> str:
    column, model = FILED[field]
    between = getattr(Title, field).through._meta.db_table
    terms, key = model._meta.db_table, model._meta.pk.column
    # Names of our own tables, none of them anybody's input.
    start = f"SELECT '{field}', CAST({column} AS varchar(20)), name FROM {between}"  # noqa: S608
    return f"{start} JOIN {terms} ON {key} = {column} WHERE title_id = %s"

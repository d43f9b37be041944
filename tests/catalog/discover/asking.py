"""Discover, as a reader in the United States asks for it."""

from typing import Any

import pytest
from django.db import connection
from django.http import QueryDict

from catalog.discover import Discover, Page
from catalog.discover.shares import shares
from catalog.models import Certification, Company, Country, Keyword, Language, Network, Title
from catalog.sync.facets import file_titles
from cinehub.kit.web import Reader

READER = Reader("en-US", "US")


def ask(query: str = "", kind: str = "movie", **fixed: list[Any]) -> Discover:
    return Discover.read(kind, QueryDict(query), READER, fixed)


def page(query: str = "", kind: str = "movie") -> Page:
    return ask(query, kind).page("en-US")


def found(query: str = "", kind: str = "movie") -> list[str]:
    """The names on the first page, by name where the query names no order."""
    titles = page(query, kind).titles
    names = [title.name for title in titles]
    return names if "sort=" in query else sorted(names)


def file_everything() -> None:
    """Without a trace among the queries that a test counts; nor is what is asked once an hour."""
    counted, connection.force_debug_cursor = connection.force_debug_cursor, False
    file_titles(Title.objects.values_list("pk", flat=True))
    shares()
    connection.force_debug_cursor = counted


def file_before_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Factories write rows as they are; whoever syncs files them, too, where they are kept."""
    if connection.vendor != "postgresql":
        return
    read = Discover.read

    def read_when_filed(*args: Any, **told: Any) -> Discover:
        file_everything()
        return read(*args, **told)

    monkeypatch.setattr(Discover, "read", read_when_filed)


def make_country(code: str, name: str = "") -> Country:
    return Country.objects.create(code=code, name=name or f"Country {code}")


def make_language(code: str) -> Language:
    return Language.objects.create(code=code, name=f"Language {code}")


def make_keyword(pk: int, name: str) -> Keyword:
    return Keyword.objects.create(tmdb_id=pk, name=name)


def make_company(pk: int, name: str) -> Company:
    return Company.objects.create(tmdb_id=pk, name=name)


def make_network(pk: int, name: str) -> Network:
    return Network.objects.create(tmdb_id=pk, name=name)


def rate(title: Title, code: str, country: str = "US") -> None:
    Certification.objects.create(title=title, code=code, country=country)

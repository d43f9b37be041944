"""Where a title could be watched. Who has it where is drawn by lot: nobody's real offers."""

import re
from collections.abc import Sequence
from zlib import crc32

from catalog.tmdb.sample import pictures
from catalog.tmdb.sample.asking import Ask, Json
from catalog.tmdb.sample.names import COUNTRIES, REGIONS
from catalog.tmdb.sample.records import Kind, Provider, Title
from catalog.tmdb.sample.search import folded

# How many providers of each kind a title gets, picked by the lot.
MANY = {
    "flatrate": (0, 1, 1, 2),
    "free": (0, 0, 1),
    "ads": (0, 0, 0, 1),
    "rent": (0, 1, 2, 3),
    "buy": (0, 1, 2, 3),
}

# Who rents a title out also sells it.
LOTS = {"rent": "store", "buy": "store"}


def watch_providers(ask: Ask, title: Title) -> Json:
    """Nobody offers what is not out yet."""
    if title.released is None or title.released > ask.today:
        return {"results": {}}
    offers = {region: _offers(ask, title, region) for region in REGIONS}
    return {
        "results": {
            region: {"link": _link(title, region), **found}
            for region, found in offers.items()
            if found
        }
    }


def providers(ask: Ask, kind: Kind) -> Json:
    """The films' and the shows' list hold the same providers here."""
    region = ask.params.get("watch_region")
    return {
        "results": [
            {
                "display_priorities": dict.fromkeys(provider.regions, provider.priority),
                **_told(provider),
            }
            for provider in _ranked(list(ask.holdings.providers.values()))
            if not region or region in provider.regions
        ]
    }


def regions(ask: Ask) -> Json:
    return {
        "results": [
            {"iso_3166_1": region, "english_name": name, "native_name": name}
            for region, name in sorted((code, COUNTRIES[code]) for code in REGIONS)
        ]
    }


def _offers(ask: Ask, title: Title, region: str) -> dict[str, list[Json]]:
    here = [one for one in ask.holdings.providers.values() if region in one.regions]
    chosen = {kind: _chosen(here, title, region, kind) for kind in MANY}
    return {kind: [_told(one) for one in _ranked(found)] for kind, found in chosen.items() if found}


def _chosen(here: list[Provider], title: Title, region: str, kind: str) -> list[Provider]:
    fitting = [provider for provider in here if kind in provider.kinds]
    lot = f"{title.kind}-{title.id}-{region}-{LOTS.get(kind, kind)}"
    number = MANY[kind][crc32(lot.encode()) % len(MANY[kind])]
    drawn = sorted(fitting, key=lambda one: (crc32(f"{lot}-{one.id}".encode()), one.id))
    return drawn[:number]


def _ranked(found: Sequence[Provider]) -> list[Provider]:
    return sorted(found, key=lambda provider: (provider.priority, provider.id))


def _told(provider: Provider) -> Json:
    return {
        "logo_path": pictures.address("provider", provider.id, "logo"),
        "provider_id": provider.id,
        "provider_name": provider.name,
        "display_priority": provider.priority,
    }


def _link(title: Title, region: str) -> str:
    slug = re.sub(r"[^a-z0-9]+", "-", folded(title.name)).strip("-")
    kind, number = title.kind, title.id
    return f"https://www.themoviedb.org/{kind}/{number}-{slug}/watch?locale={region}"

"""A show, for the pages of its seasons and episodes."""

import pytest

from catalog.models import Episode, Season, Title
from tests.make import make_episode, make_season, make_show


@pytest.fixture
def show() -> Title:
    return make_show(tmdb_id=1396, name="Breaking Bad")


@pytest.fixture
def season(show: Title) -> Season:
    return make_season(show, number=1, name="Season 1")


@pytest.fixture
def pilot(season: Season) -> Episode:
    return make_episode(season, number=1, name="Pilot")

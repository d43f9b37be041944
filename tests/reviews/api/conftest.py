"""Programs may come as often as a test likes."""

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def unlimited(settings: Any) -> None:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 100_000)

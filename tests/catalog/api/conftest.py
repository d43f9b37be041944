"""For tests of the API of the catalogue."""

# Before anything of DRF, whose settings lead to it.
import cinehub.kit.api as api  # isort: skip

import pytest

from tests.catalog.discover.asking import file_before_reading

__all__ = ["api"]


@pytest.fixture(autouse=True)
def filed(monkeypatch: pytest.MonkeyPatch) -> None:
    file_before_reading(monkeypatch)

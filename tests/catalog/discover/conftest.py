"""Everything is asked of both back ends: of the tables, and where they are kept, of facets."""

from typing import Any

import pytest
from django.conf import settings

from catalog.discover import Discover, filtering
from tests.catalog.discover.asking import file_everything

IS_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(autouse=True, params=["tables", "facets"] if IS_POSTGRES else ["tables"])
def back_end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "tables":
        monkeypatch.setattr(filtering, "are_kept", lambda: False)
        return
    read = Discover.read

    def read_when_filed(*args: Any) -> Discover:
        """Factories write rows as they are; whoever syncs files them, too."""
        file_everything()
        return read(*args)

    monkeypatch.setattr(Discover, "read", read_when_filed)

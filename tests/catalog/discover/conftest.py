"""Everything is asked of both back ends: of the tables, and where they are kept, of facets."""

import pytest
from django.conf import settings

from catalog.discover import filtering
from tests.catalog.discover.asking import file_before_reading

IS_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture(autouse=True, params=["tables", "facets"] if IS_POSTGRES else ["tables"])
def back_end(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "tables":
        monkeypatch.setattr(filtering, "are_kept", lambda: False)
        return
    file_before_reading(monkeypatch)

"""A client that a public generator makes of the schema compiles and works."""

import compileall
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.api.world import SCOPES, make_token, make_world

pytestmark = pytest.mark.django_db(transaction=True)

SCHEMA = Path(__file__).parents[2] / "cinehub" / "api" / "openapi.json"
PACKAGE = "cinehub_api_client"
TOKEN = "chp_of-a-client"
CONFIG = f"""
package_name_override: {PACKAGE}
post_hooks: []
content_type_overrides:
  application/zip: application/octet-stream
"""


@pytest.fixture
def client_package(tmp_path: Path) -> Iterator[Path]:
    config = tmp_path / "config.yaml"
    config.write_text(CONFIG)
    made = tmp_path / "made"
    command = [str(Path(sys.executable).parent / "openapi-python-client"), "generate"]
    options = ["--path", SCHEMA, "--config", config, "--output-path", made, "--fail-on-warning"]
    done = subprocess.run(
        [*command, *map(str, options)], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    sys.path.insert(0, str(made))
    yield made / PACKAGE
    sys.path.remove(str(made))
    for name in [name for name in sys.modules if name.split(".")[0] == PACKAGE]:
        del sys.modules[name]


def test_a_generated_client_finds_keeps_and_rates(
    client_package: Path, live_server: Any, settings: Any
) -> None:
    settings.API_LIMITS = dict.fromkeys(settings.API_LIMITS, 1_000_000)
    world = make_world()
    make_token(world.ann, *SCOPES, value=TOKEN)
    assert compileall.compile_dir(client_package, quiet=2)

    def api(name: str) -> Any:
        return importlib.import_module(f"{PACKAGE}.api.{name}")

    models = importlib.import_module(f"{PACKAGE}.models")
    client = importlib.import_module(PACKAGE).AuthenticatedClient(live_server.url, TOKEN)

    film = api("movies.get_movies_tmdb_id").sync(603, client=client)
    rated = api("ratings.put_ratings_media_type_tmdb_id").sync(
        *("movie", 603), client=client, body=models.GivenValueRequest(value=9.5)
    )
    kept = api("watchlist.get_watchlist").sync(client=client)

    assert film.title == "The Matrix"
    assert rated.value == 9.5
    assert kept.total_results == 2

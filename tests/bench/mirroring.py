"""Bringing pictures, beside what Pillow alone takes to decode, resize and encode them."""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import requests
from django.conf import settings
from django.test import override_settings
from PIL import Image
from requests.adapters import BaseAdapter

from catalog.mirror import ahead
from catalog.mirror.bringing import Wanted
from catalog.mirror.making import METHOD, QUALITY
from catalog.mirror.sizes import PLANS, WIDTHS, Role
from catalog.models import Picture
from catalog.source import session
from catalog.tmdb.sample import SampleAdapter

PICTURES, DIFFERENT = 60, 12
IMAGES = "https://pictures.bench/t/p"
# As large as a picture may be, every so often.
LARGE_EVERY, LARGE = 100, (3840, 2160)


class Memory(BaseAdapter):
    """A host that has its answers ready: what is measured is our own work."""

    def __init__(self, bodies: list[bytes], large: bytes) -> None:
        super().__init__()
        self.bodies, self.large = bodies, large

    def send(self, request: requests.PreparedRequest, *args: Any, **how: Any) -> requests.Response:
        number = int(Path(str(request.url)).stem)
        response = requests.Response()
        response.status_code = 200
        response.request, response.url = request, str(request.url)
        is_large = number % LARGE_EVERY == LARGE_EVERY - 1
        response.raw = BytesIO(self.large if is_large else self.bodies[number % len(self.bodies)])
        return response

    def close(self) -> None: ...


def mirroring() -> None:
    bodies = _posters()
    sizes = PLANS[Role.POSTER].sizes
    with _shelf(bodies):
        _bring(DIFFERENT, sizes)
        alone, _ = _timed(lambda: [_pillow(body, sizes) for body in bodies])
        began = time.perf_counter()
        ours, outcome = _timed(lambda: _bring(PICTURES, sizes))
        wall = time.perf_counter() - began
    each, theirs = ours / outcome.brought, alone / len(bodies)
    _say(f"\npictures: a poster in {len(sizes)} sizes, {outcome.brought} of them")
    _say(f"  Pillow alone               {1000 * theirs:8.1f} ms of CPU each")
    _say(f"  brought, made and kept     {1000 * each:8.1f} ms, {theirs / each:.2f} of its rate")
    _say(f"  {outcome.brought / wall:.1f} a second on {ours / wall:.2f} cores")


def memory(pictures: int) -> None:
    """The size of this process, every thousand pictures; one in a hundred is a large one."""
    with _shelf(_posters()):
        for done in range(0, pictures, 1000):
            _bring(1000, ("w92", "w154"), first=done)
            _say(f"{done + 1000:>7,} pictures: {_resident():7.1f} MB")


def _bring(count: int, sizes: tuple[str, ...], first: int = 0) -> ahead.Outcome:
    Picture.objects.filter(path__startswith="/9").delete()
    return ahead.mirror(_wanted(first, count, sizes))


def _wanted(first: int, count: int, sizes: tuple[str, ...]) -> Iterator[Wanted]:
    for number in range(first, first + count):
        url = f"{settings.TMDB_IMAGE_URL}/w780/{number}.jpg"
        yield Wanted(f"/9{number}.jpg", Role.POSTER, sizes, source_url=url)


@contextmanager
def _shelf(bodies: list[bytes]) -> Iterator[None]:
    """A host of our own, and a folder on the disk."""
    large = BytesIO()
    Image.effect_noise(LARGE, 40).convert("RGB").save(large, "JPEG", quality=60)
    session().mount(settings.TMDB_IMAGE_URL, Memory(bodies, large.getvalue()))
    storage = {"default": {"BACKEND": "cinehub.kit.storage.WholeFileStorage"}}
    with (
        tempfile.TemporaryDirectory() as folder,
        override_settings(MEDIA_ROOT=folder, STORAGES=settings.STORAGES | storage),
    ):
        yield


def _posters() -> list[bytes]:
    """The sample's, as large as TMDB gives them."""
    drawing = requests.Session()
    drawing.mount("https://", SampleAdapter())
    films = SampleAdapter().holdings.films
    addresses = [f"{IMAGES}/w780/movie-{film}-poster.jpg" for film in list(films)[:DIFFERENT]]
    return [drawing.get(address, timeout=60).content for address in addresses]


def _pillow(content: bytes, sizes: tuple[str, ...]) -> None:
    with Image.open(BytesIO(content)) as source:
        image = source.convert("RGB")
    for size in sizes:
        box = (WIDTHS[size], round(image.height * WIDTHS[size] / image.width))
        small = image.resize(box, Image.Resampling.LANCZOS, reducing_gap=2)
        small.save(BytesIO(), "WEBP", quality=QUALITY, method=METHOD)


def _timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """In seconds of CPU, of all threads together."""
    began = time.process_time()
    result = call()
    return time.process_time() - began, result


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1_000_000


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()

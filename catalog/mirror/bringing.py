"""One picture: asked for, made, put on the shelf. Runs in any thread: it does not touch rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings

from catalog.mirror import shelf
from catalog.mirror.asking import Missing, ask
from catalog.mirror.making import Made, Variant, decode, make
from catalog.mirror.shelf import SOURCE, NotKept
from catalog.mirror.sizes import PLANS, SMALLEST, WIDTHS, role_by_shape, source_for


@dataclass(frozen=True, slots=True)
class Wanted:
    """A picture by its path. `sizes` are to be made of it; none stands for all of its role."""

    path: str
    role: str = ""
    sizes: tuple[str, ...] = ()
    # What it probably is, where that is not known; its shape decides when it is here.
    guess: str = ""
    # Where it is, when that is not TMDB.
    source_url: str = ""
    # What was fetched before and is still on the shelf.
    source_digest: str = ""

    @property
    def url(self) -> str:
        if self.source_url:
            return self.source_url
        role = self.role or self.guess
        largest = max(self.sizes or PLANS[role].sizes, key=WIDTHS.__getitem__, default=SMALLEST)
        return f"{settings.TMDB_IMAGE_URL}/{source_for(role, largest)}{self.path}"


@dataclass(frozen=True, slots=True)
class OnShelf:
    size: str
    digest: str
    bytes: int
    width: int
    height: int


@dataclass(slots=True)
class Brought:
    """What came of it, to be written down by `keeping.enter`."""

    wanted: Wanted
    role: str = ""
    made: Made | None = None
    files: list[OnShelf] = field(default_factory=list)
    # Why there is none.
    missing: str = ""


def bring(wanted: Wanted, *, keep_source: bool = False) -> Brought:
    """Raises Unreachable; that there is no such picture is an answer.

    With `keep_source` what was fetched is kept, too, for the sizes that are made of it later.
    """
    try:
        content = _source(wanted)
        image = decode(content)
    except Missing as error:
        return Brought(wanted, wanted.role, missing=str(error))
    ratio = image.width / image.height
    role = wanted.role or role_by_shape(wanted.guess, wanted.path, ratio)
    sizes = wanted.sizes or PLANS[role].sizes
    brought = Brought(wanted, role, make(image, sizes))
    brought.files = _on_shelf(brought.made.variants) if brought.made else []
    if keep_source and brought.files and set(PLANS[role].sizes) - set(sizes):
        brought.files += _source_on_shelf(content)
    return brought


def _source(wanted: Wanted) -> bytes:
    kept = wanted.source_digest and shelf.read(wanted.source_digest, SOURCE)
    return kept or ask(wanted.url)


def _on_shelf(variants: Sequence[Variant]) -> list[OnShelf]:
    """All of them or none: a picture of which a part is missing would be made again and again."""
    try:
        digests = shelf.put_all(v.content for v in variants)
    except NotKept:
        return []
    return [
        OnShelf(v.size, digest, len(v.content), v.width, v.height)
        for v, digest in zip(variants, digests, strict=True)
    ]


def _source_on_shelf(content: bytes) -> list[OnShelf]:
    try:
        return [OnShelf(SOURCE, shelf.put(content, SOURCE), len(content), 0, 0)]
    except NotKept:
        return []

"""What is known of pictures, written down: the rows beside the shelf."""

from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from catalog.mirror import shelf
from catalog.mirror.bringing import Brought
from catalog.mirror.making import CONTENT_TYPE
from catalog.mirror.shelf import OURS, SOURCE
from catalog.models import Picture, PictureFile

# A picture that the host does not have is asked for again after an hour, then a day, then a week.
AGAIN = (timedelta(hours=1), timedelta(days=1), timedelta(days=7), timedelta(days=30))
TOLD = ("role", "width", "height", "placeholder", "tone", "missing_until", "failures", "error")
FILE = ("digest", "content_type", "bytes", "width", "height", "used_at")


def want(pictures: Iterable[tuple[str, str]]) -> None:
    """See that there is a row for each path and role; what is known already stays as it is."""
    rows = [Picture(path=path, role=role) for path, role in sorted(set(pictures))]
    Picture.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def enter(brought: Collection[Brought]) -> None:
    """Write down what came of these; in the order of their paths, so that nobody locks up."""
    here = sorted((b for b in brought if b.files and b.made), key=lambda b: b.wanted.path)
    with transaction.atomic():
        rows = [_row(b) for b in here]
        Picture.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["path"], update_fields=TOLD
        )
        ids = dict(
            Picture.objects.filter(path__in=[row.path for row in rows]).values_list("path", "pk")
        )
        Picture.objects.filter(pk__in=ids.values(), seen_at=None).update(seen_at=timezone.now())
        PictureFile.objects.bulk_create(
            [file for b in here for file in _files(ids[b.wanted.path], b)],
            update_conflicts=True,
            unique_fields=["picture", "size"],
            update_fields=FILE,
        )
    for each in brought:
        if each.missing:
            note_missing(each.wanted.path, each.missing)


def note_missing(path: str, error: str) -> None:
    """It is not asked for again for a while, which grows."""
    Picture.objects.bulk_create([Picture(path=path)], ignore_conflicts=True)
    row = Picture.objects.only("failures").get(path=path)
    pause = AGAIN[min(row.failures, len(AGAIN) - 1)]
    Picture.objects.filter(pk=row.pk).update(
        missing_until=timezone.now() + pause, failures=F("failures") + 1, error=error[:500]
    )


def note_used(file_ids: Collection[int]) -> None:
    PictureFile.objects.filter(pk__in=file_ids).update(used_at=timezone.now())


def forget(files: Iterable[PictureFile]) -> None:
    """Their rows go; what no row names any more leaves the shelf."""
    gone = list(files)
    PictureFile.objects.filter(pk__in=[file.pk for file in gone]).delete()
    left = {(file.digest, form_of(file.size)) for file in gone}
    digests = [digest for digest, _ in left]
    named = set(PictureFile.objects.filter(digest__in=digests).values_list("digest", flat=True))
    for digest, form in sorted(left):
        if digest not in named:
            shelf.drop(digest, form)


def form_of(size: str) -> str:
    return SOURCE if size == SOURCE else OURS


def _row(brought: Brought) -> Picture:
    made = brought.made
    if made is None:
        raise ValueError(brought.wanted.path)
    return Picture(
        path=brought.wanted.path,
        role=brought.role,
        source_url=brought.wanted.source_url,
        width=made.width,
        height=made.height,
        placeholder=made.placeholder,
        tone=made.tone,
    )


def _files(picture_id: int, brought: Brought) -> Iterable[PictureFile]:
    for file in brought.files:
        yield PictureFile(
            picture_id=picture_id,
            size=file.size,
            digest=file.digest,
            content_type=CONTENT_TYPE if file.size != SOURCE else "",
            bytes=file.bytes,
            width=file.width,
            height=file.height,
        )

"""Keeping the shelf within its bounds, and rows and files at one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import default_storage
from django.db.models import Sum
from django.utils import timezone

from catalog.mirror.keeping import forget, form_of
from catalog.mirror.shelf import FOLDER, SOURCE, name_of
from catalog.models import Picture, PictureFile

MEGABYTE = 1_000_000
# Down to this share of the quota, or the next picture would be one too many again.
KEPT_SHARE = 0.9
AT_ONCE = 500
# What was fetched for sizes that nobody has made since.
SOURCE_AGE = timedelta(days=1)
# A name that nobody has asked for again since it was due.
LACKING_AGE = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Differences:
    """Names of files that rows name and the shelf lacks, and of those that no row names."""

    without_file: frozenset[str]
    without_row: frozenset[str]


def figures() -> dict[str, float]:
    return {
        "mirror.bytes": shelved_bytes(),
        "mirror.files": PictureFile.objects.count(),
        "mirror.backlog": Picture.objects.wanted().count(),
    }


def shelved_bytes() -> int:
    return PictureFile.objects.aggregate(all=Sum("bytes"))["all"] or 0


def tidy() -> int:
    """Down to the quota, by what was not looked at for longest; how many files went."""
    stale = PictureFile.objects.filter(size=SOURCE, made_at__lt=timezone.now() - SOURCE_AGE)
    forget(stale.order_by("pk")[:AT_ONCE])
    _forget_unasked()
    return _evict(settings.MIRROR_QUOTA * MEGABYTE)


def reconcile(*, mend: bool = False) -> Differences:
    """Compare rows and shelf; `mend` deletes what stands alone on either side."""
    named = {
        name_of(file.digest, form_of(file.size)): file.digest
        for file in PictureFile.objects.only("digest", "size").order_by("pk").iterator()
    }
    there = set(_all_files(FOLDER))
    found = Differences(frozenset(named.keys() - there), frozenset(there - named.keys()))
    if mend:
        lost = [named[name] for name in sorted(found.without_file)]
        for start in range(0, len(lost), AT_ONCE):
            PictureFile.objects.filter(digest__in=lost[start : start + AT_ONCE]).delete()
        for name in sorted(found.without_row):
            default_storage.delete(name)
    return found


def _evict(quota: int) -> int:
    held = shelved_bytes()
    if not quota or held <= quota:
        return 0
    gone = 0
    while held > quota * KEPT_SHARE:
        oldest = list(PictureFile.objects.longest_unused()[:AT_ONCE])
        batch = []
        for file in oldest:
            if held <= quota * KEPT_SHARE:
                break
            batch.append(file)
            held -= file.bytes
        forget(batch)
        gone += len(batch)
        if not batch:
            break
    return gone


def _forget_unasked() -> None:
    """Anybody may ask for names that nobody has: they must not pile up."""
    long_ago = timezone.now() - LACKING_AGE
    lapsed = Picture.objects.filter(missing_until__lt=long_ago, seen_at=None)
    lapsed.filter(pk__in=list(lapsed.order_by("pk").values_list("pk", flat=True)[:5000])).delete()


def _all_files(folder: str) -> Iterator[str]:
    folders, files = _listed(folder)
    yield from (f"{folder}/{name}" for name in files)
    for inner in folders:
        yield from _all_files(f"{folder}/{inner}")


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []

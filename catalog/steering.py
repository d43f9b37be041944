"""What people set going by hand: asking TMDB again, and making pictures again."""

from collections.abc import Collection

from catalog import tasks
from catalog.mirror.keeping import forget
from catalog.models import Picture, PictureFile, Urgency
from catalog.sync import errands

Ref = tuple[str, int]

# Whichever size is asked for, those of the picture's role are made along with it.
A_SIZE = "w92"


def refresh(refs: Collection[Ref]) -> None:
    """Have TMDB asked about these as if a reader waited. Raises kombu's OperationalError.

    Without a broker they are asked about all the same, when beat sends for what is wanted.
    """
    errands.want(refs, Urgency.READER)
    tasks.run_errands.delay_on_commit()


def mirror(refs: Collection[Ref]) -> None:
    """Have the pictures of these titles brought here. Raises kombu's OperationalError."""
    # celery-types knows Celery's own task, not the one for Django.
    tasks.mirror_titles.delay_on_commit(refs=[list(ref) for ref in refs])  # type: ignore[attr-defined]


def drop(pictures: Collection[Picture]) -> None:
    """Off our shelf; they come again when somebody looks."""
    forget(PictureFile.objects.filter(picture__in=pictures).order_by("pk"))


def make_again(pictures: Collection[Picture]) -> None:
    """Anew, from what TMDB has now. Raises kombu's OperationalError."""
    drop(pictures)
    ids = [picture.pk for picture in pictures]
    Picture.objects.filter(pk__in=ids).update(missing_until=None, failures=0, error="")
    for picture in pictures:
        finish = tasks.finish_picture
        finish.delay_on_commit(path=picture.path, size=A_SIZE)  # type: ignore[attr-defined]

"""Telling pages that what they show has changed: those that are kept whole, and those that wait."""

from functools import partial

from django.db import transaction

from cinehub.kit.kept import CATALOGUE, changed
from cinehub.work.live import publish


def tell(*addresses: str) -> None:
    """These (`movie/603`) have changed, and with them whatever lists the catalogue.

    Said once it is committed: a page made before would show what was.
    """
    transaction.on_commit(partial(changed, CATALOGUE, *addresses))
    arrived(*addresses)


def arrived(*addresses: str) -> None:
    """Pages that wait for these see them, once it is committed."""
    for address in addresses:
        publish(f"title.{address.replace('/', '.')}", "arrived")

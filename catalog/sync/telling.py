"""Telling pages that are kept whole that what they show has changed."""

from functools import partial

from django.db import transaction

from cinehub.kit.kept import CATALOGUE, changed


def tell(*addresses: str) -> None:
    """These (`movie/603`) have changed, and with them whatever lists the catalogue.

    Said once it is committed: a page made before would show what was.
    """
    transaction.on_commit(partial(changed, CATALOGUE, *addresses))

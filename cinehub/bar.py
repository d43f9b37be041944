"""The bar under the thumb, on phones: where members go is not where visitors do."""

from collections.abc import Sequence

from django.http import HttpRequest
from django.template.loader import render_to_string

from cinehub.kit.own import Told


def bars(request: HttpRequest, asked: Sequence[Told]) -> list[str]:
    """Fills `bar`; told are the section, whether it is the search's own page, and its name."""
    is_member = request.user.is_authenticated
    return [
        render_to_string(
            "_bar_links.html",
            {"is_member": is_member, "section": section, "own_search": own_search, "here": here},
        )
        for section, own_search, here in asked
    ]

"""How far the reader has got, for what tells more than they may want to know."""

from collections.abc import Iterable

from django import template

from lists import reached as places
from lists.reached import Place

register = template.Library()


@register.simple_tag(takes_context=True)
def reached(context: template.Context, titles: Iterable[int]) -> dict[int, Place]:
    """By the keys of shows; nothing of who does not mind, or is not known."""
    reader = context["request"].user
    keys = set(titles)
    if not keys or not reader.is_authenticated or not reader.spoiler_shield:
        return {}
    return places.reached(reader, keys)

"""Icons within pages: each is drawn once, for it is the same on every page."""

from functools import cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide

register = template.Library()


@register.simple_tag
@cache
def icon(name: str, size: int = 20, css: str = "icon") -> SafeString:
    """For eyes only: what it means stands in words beside it."""
    return SafeString(lucide(name, size=size, **{"class": css, "aria_hidden": "true"}))

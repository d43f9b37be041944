"""What is suggested to who is still typing: as few letters as possible, many times a minute."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from catalog.models import Collection, Person, Title
from catalog.templatetags.catalog import picture_url

register = template.Library()


@register.simple_tag
def option(thing: Title | Person | Collection) -> SafeString:
    return format_html(
        '<a role="option" tabindex="-1" href="{}">{}<span>{}<small>{}</small></span></a>',
        thing.get_absolute_url(),
        _thumb(thing),
        thing.shown_name.name if isinstance(thing, Title) else thing.name,
        _facts(thing),
    )


def _thumb(thing: Title | Person | Collection) -> SafeString:
    """Its box is there with or without a picture."""
    if isinstance(thing, Person):
        path, size = thing.profile_path, "w185"
    else:
        path, size = thing.poster_path, "w92"
    if not path:
        return SafeString("<i></i>")
    return format_html('<img src="{}" width="32" height="48" alt="">', picture_url(path, size))


def _facts(thing: Title | Person | Collection) -> str:
    if isinstance(thing, Title):
        facts = (str(thing.year or ""), thing.get_kind_display())
        return " · ".join(fact for fact in facts if fact)
    if isinstance(thing, Person):
        return thing.known_for or _("Person")
    return _("Collection")

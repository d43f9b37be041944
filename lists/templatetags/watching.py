"""What goes on, as a row of the home page: it knows the request and nothing else."""

from django import template
from django.http import HttpRequest

from catalog.carded import speak
from catalog.models import Title
from cinehub.kit.own import own
from cinehub.kit.web import reader
from lists.models import Tracking
from lists.when import today

register = template.Library()

# Two screens of a desktop.
MOST = 12


@register.simple_tag(takes_context=True)
def going_on(context: template.Context) -> list[Title]:
    """Shows with an episode that can be watched, the last watched first; none for visitors."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return []
    rows = Tracking.objects.filter(user=request.user).up_next(today(request.user))
    titles = [tracking.title for tracking in rows.select_related("title")[:MOST]]
    speak(titles, reader(request).language)
    return titles


@register.simple_tag
def next_of(title: Title) -> str:
    """Where it stands how a show goes on."""
    return own("next", title.pk, title.tmdb_id, title.slug, title.shown_name.name)

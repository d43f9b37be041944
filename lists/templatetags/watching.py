"""What goes on, and what was watched, as pages show it by the dozen."""

from collections.abc import Iterable

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString

from catalog.carded import speak
from catalog.models import Title
from catalog.templatetags.catalog import poster
from cinehub.kit.addresses import Ref
from cinehub.kit.own import own
from cinehub.kit.web import reader
from lists.models import Tracking, Viewing
from lists.own.history import written
from lists.own.standing import Standing
from lists.own.upnext import choices, next_episode
from lists.when import today

register = template.Library()

# Two screens of a desktop.
MOST = 12


@register.simple_tag(takes_context=True)
def going_on(context: template.Context) -> list[Title]:
    """For a row of the home page, which knows the request and nothing else: shows with an episode
    that can be watched, the last watched first; none for visitors."""
    request: HttpRequest = context["request"]
    if not request.user.is_authenticated:
        return []
    rows = Tracking.objects.filter(user=request.user).up_next(today(request.user))
    titles = [tracking.title for tracking in rows.select_related("title")[:MOST]]
    speak(titles, reader(request).language)
    return titles


@register.simple_tag
def next_cards(titles: Iterable[Title]) -> SafeString:
    """The items of a list: posters, and where it stands how each show goes on."""
    return SafeString(
        "".join(
            f'<li class="next-card">{poster(title, sizes="5.5rem")}'
            f"{own('next', title.pk, title.tmdb_id, title.slug, title.shown_name.name)}</li>"
            for title in titles
        )
    )


@register.simple_tag
def show_choices(ref: Ref, show: Standing | None) -> SafeString:
    """All that can be said of a show."""
    return choices(ref, show)


@register.simple_tag
def next_large(ref: Ref, name: str, show: Standing) -> SafeString:
    """The next episode, on the page of its show."""
    return next_episode(ref, name, show, large=True)


@register.simple_tag(takes_context=True)
def viewing_lines(context: template.Context, viewings: Iterable[Viewing]) -> SafeString:
    """On a page that says whose they are (`is_own`), and where it is (`here`)."""
    return written(viewings, context["here"] if context["is_own"] else "")

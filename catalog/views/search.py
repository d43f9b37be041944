"""Search: the page, what appears as one types, and asking TMDB for more."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django_ratelimit.decorators import ratelimit

from catalog.about import found
from catalog.looking import is_imdb, look_further, page_of
from catalog.models import Title
from catalog.search import Query
from cinehub.kit.answers import see_other
from cinehub.kit.kept import kept, passing
from cinehub.kit.web import clean_words, reader

SUGGESTED = 14
# What a browser may remember of what was suggested, for who goes back a letter.
SUGGEST_AGAIN_SECONDS = 60
LOOKS = "10/m"


@require_safe
@kept()
def search(request: HttpRequest) -> HttpResponse:
    query = found.read(request.GET)
    language = reader(request).language
    if thing := query.address():
        return redirect(thing)
    context: dict[str, object] = {"query": query, "genres": lambda: found.genres(query)}
    if not query.words:
        context["suggested"] = Title.objects.for_cards(language).suggested()[:SUGGESTED]
        return render(request, "catalog/search.html", context)
    told = found.shown(query, request.GET, language)
    page = render(request, "catalog/search.html", context | told)
    return passing(page) if told["looked"] else page


@require_safe
@kept()
def suggest(request: HttpRequest) -> HttpResponse:
    """For who is still typing."""
    told = found.suggested(Query.read(request.GET), reader(request).language)
    page = render(request, "catalog/search/_suggestions.html", told)
    page.headers["Cache-Control"] = f"private, max-age={SUGGEST_AGAIN_SECONDS}"
    return page


# Without a token, so that the page can be the same for every visitor: whoever forged this request
# would have asked TMDB a question, and of those each visitor has only so many.
@csrf_exempt
@require_POST
@ratelimit(key="ip", rate=LOOKS)
def further(request: HttpRequest) -> HttpResponse:
    words = clean_words(request.POST.get("q", ""))
    search_page = reverse("catalog:search")
    if not words:
        return see_other(search_page)
    if page := page_of(words):
        return see_other(page)
    looked = look_further(words)
    things = looked.things(reader(request).language) if is_imdb(words) else []
    if things:
        return see_other(things[0].get_absolute_url())
    return see_other(f"{search_page}?{urlencode({'q': words, 'looked': looked})}")

"""Whole pages, with all their queries in sight."""

from dataclasses import dataclass
from functools import partial
from itertools import chain
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers
from django_ratelimit.decorators import ratelimit

from accounts import exporting, preferring
from accounts.models import User
from accounts.request import MemberRequest
from catalog.about.page import everything_on, known_as
from catalog.about.where import where
from catalog.carded import card_rows, carded, speak, title_of
from catalog.models import Chart, ChartEntry, Genre, Kind, Title
from catalog.models.title import LEADS
from catalog.refreshing import ready_for_reader
from cinehub.kit.addresses import Ref, address_of
from cinehub.kit.answers import not_here
from cinehub.kit.kept import MEMBERS, kept, passing
from cinehub.kit.web import THEME_COOKIE, THEMES, reader
from cinehub.kit.written import Given, Parts, Written
from lists import exporting as lists_exporting
from reviews import exporting as reviews_exporting

# Two screens of a desktop; who wants more sees all.
ROW_LENGTH = 14
A_YEAR = 365 * 24 * 3600

# The rows of the home page, from the top.
HOME = (
    (Chart.Name.TRENDING_DAY, Kind.MOVIE),
    (Chart.Name.TRENDING_DAY, Kind.TV),
    (Chart.Name.TRENDING_WEEK, Kind.MOVIE),
    (Chart.Name.TRENDING_WEEK, Kind.TV),
    (Chart.Name.NOW_PLAYING, Kind.MOVIE),
    (Chart.Name.ON_THE_AIR, Kind.TV),
    (Chart.Name.POPULAR, Kind.MOVIE),
    (Chart.Name.POPULAR, Kind.TV),
    (Chart.Name.UPCOMING, Kind.MOVIE),
    (Chart.Name.TOP_RATED, Kind.MOVIE),
    (Chart.Name.TOP_RATED, Kind.TV),
)


@dataclass(frozen=True)
class Row:
    name: str
    slug: str
    url: str
    titles: list[Title]


@require_safe
@kept()
def home(request: HttpRequest) -> HttpResponse:
    language = reader(request).language
    found = CHARTS.ask()
    rows = _rows(found, language)
    leading = {pk for pk, *_card, leads in found["titles"] if leads}
    on_top = (title.pk for row in rows[:1] for title in row.titles)
    hero = next((pk for pk in on_top if pk in leading), None)
    return render(request, "home.html", {"rows": rows, **_hero(hero, language)})


@require_safe
@kept(address_of, MEMBERS)
@vary_on_headers("HX-Request")
def title(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    who = reader(request)
    shown, age = ready_for_reader(partial(known_as, who.language), kind, ref.id)
    if shown is None:
        return not_here(request, unsure=bool(age))
    if ref != shown.ref:
        return redirect(shown, permanent=True)
    region = request.GET.get("region", "")
    if request.headers.get("HX-Request"):
        there = {"title": shown, "where": where(shown, who.country, region)}
        return render(request, "catalog/title/_there.html", there)
    context = everything_on(shown, who, region) | {"age_notice": age}
    page = render(request, "catalog/title.html", context)
    return passing(page) if age else page


# Without a token, so that a page can be the same for every visitor: whoever forged this request
# would have changed how bright the page is.
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember how the reader likes the light, and go back to where they were."""
    chosen = request.POST.get("theme", "")
    preferring.use_theme(request.user, chosen)
    return _go_back(request, {THEME_COOKIE: chosen} if chosen in THEMES else {})


# Without a token, as above: the page would speak another language.
@csrf_exempt
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Remember which language the site is to speak, and go back to where they were."""
    chosen = request.POST.get("language", "")
    preferring.use_language(request.user, chosen)
    is_known = chosen in dict(settings.LANGUAGES)
    return _go_back(request, {settings.LANGUAGE_COOKIE_NAME: chosen} if is_known else {})


@require_POST
@login_required
@reauthentication_required
@ratelimit(key="user", rate="10/h")
def download_data(request: MemberRequest) -> FileResponse:
    return taken_along(request.user)


def taken_along(member: User) -> FileResponse:
    """Everything of a member's, from every room."""
    rooms = (exporting, lists_exporting, reviews_exporting)
    found = chain.from_iterable(room.sections(member) for room in rooms)
    packed = exporting.pack(found, exporting.pictures(member))
    name = f"cinehub-{member.username}-{timezone.localdate()}.zip"
    return FileResponse(packed, as_attachment=True, filename=name)


def _go_back(request: HttpRequest, cookies: dict[str, str]) -> HttpResponse:
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure()):
        back = reverse("home")
    # Not redirect(), which would take a word without a slash for the name of a page.
    response = HttpResponseRedirect(back)
    for name, value in cookies.items():
        response.set_cookie(
            name,
            value,
            max_age=A_YEAR,
            secure=request.is_secure(),
            httponly=True,
            samesite="Lax",
        )
    return response


def form_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token does not fit, on the page for all that is not allowed."""
    return render(request, "403.html", {"reason": reason}, status=403)


def chart_rows() -> Parts:
    """The first titles of every chart; each title once, however many charts it is on."""
    first = ChartEntry.objects.filter(rank__lte=ROW_LENGTH)
    titles = Title.objects.visible().filter(pk__in=first.values("title"))
    return {
        "charts": Chart.objects.order_by("pk").values_list("pk", "name", "kind"),
        "entries": first.order_by("chart", "rank", "title").values_list("chart", "title"),
        "titles": card_rows(titles.annotate(leads=LEADS).order_by("pk"), "leads"),
    }


CHARTS = Written(chart_rows)

# What leads the page, in the order of its model.
LEADING = (
    *("id", "kind", "tmdb_id", "name", "original_name", "tagline", "overview"),
    *("backdrop_path", "year", "runtime"),
)


def hero_rows() -> Parts:
    title = Given("title")
    return {
        "title": Title.objects.filter(pk=title).values_list(*LEADING),
        "genres": Genre.objects.filter(titles=title).values_list("pk", "name"),
    }


HERO = Written(hero_rows)


def _hero(pk: int | None, language: str) -> dict[str, Any]:
    if pk is None:
        return {}
    found = HERO.ask(title=pk)
    titles = [title_of(LEADING, row, None) for row in found["title"]]
    speak(titles, language)
    genres = [Genre(pk=key, name=name) for key, name in found["genres"]]
    return {"hero": next(iter(titles), None), "genres": genres}


def _rows(found: dict[str, Any], language: str) -> list[Row]:
    titles = {title.pk: title for title in carded(found["titles"], language)}
    on_chart: dict[int, list[Title]] = {}
    for chart, title in found["entries"]:
        if title in titles:
            on_chart.setdefault(chart, []).append(titles[title])
    charts = {
        (name, kind): Chart(pk=pk, name=name, kind=kind) for pk, name, kind in found["charts"]
    }
    return [
        Row(
            name=str(chart),
            slug=f"{chart.kind}-{chart.slug}",
            url=chart.get_absolute_url(),
            titles=on_chart[chart.pk],
        )
        for chart in map(charts.get, HOME)
        if chart and chart.pk in on_chart
    ]

"""All the ratings that a member has given."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalog.models.title import fitting
from cinehub.kit.web import reader
from reviews.finding import member_of, titles_for
from reviews.given import Of, Query, Sort
from reviews.models import Rating
from reviews.scales import scale_of, steps

PER_PAGE = 50


@require_safe
def ratings(request: HttpRequest, username: str) -> HttpResponse:
    member = member_of(request.user, username)
    if username != member.username:
        return redirect("reviews:ratings", member.username)
    query = Query.read(request.GET)
    is_own = member == request.user
    fit = fitting(adult=is_own or reader(request).adult)
    seen = Rating.objects.filter(fit, user=member).visible_to(request.user)
    titles = titles_for(reader(request).language)
    told = seen.select_related("season", "episode__season").prefetch_related(titles)
    page = Paginator(query.among(told), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "member": member,
        "page": page,
        "query": query,
        "is_own": is_own,
        "choices": {"of": Of.choices, "sort": Sort.choices},
        "steps": reversed(steps(scale_of(request.user))),
    }
    return render(request, "reviews/ratings.html", context)

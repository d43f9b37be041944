"""Reviews, read: of a title, of a member, and one by itself."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from catalog.models.title import fitting
from catalog.views.finding import title_of
from cinehub.kit.addresses import Ref
from cinehub.kit.web import reader
from reviews.finding import member_of, review_of, titles_for
from reviews.mentioning import names_for
from reviews.models import Order, Review

PER_PAGE = 10


@require_safe
def about(request: HttpRequest, kind: str, ref: Ref) -> HttpResponse:
    title = title_of(request, kind, ref)
    if ref != title.ref:
        return redirect("reviews:about", title.kind, title.ref, permanent=True)
    order = _order(request)
    reviews = Review.objects.about(title).visible_to(request.user).told_to(request.user)
    page = Paginator(reviews.in_order(order), PER_PAGE).get_page(request.GET.get("page"))
    for review in page:
        review.title = title
    context = {"title": title, "page": page, "order": order, "orders": _orders(request)}
    return render(request, "reviews/about.html", context | _beside(request, page))


@require_safe
def review(request: HttpRequest, username: str, pk: int) -> HttpResponse:
    found = review_of(request.user, pk, author__username=username)
    title = title_of(request, found.title.kind, found.title.ref)
    one = Review.objects.filter(pk=found.pk).told_to(request.user).get()
    one.title = title
    context = {"title": title, "review": one, "has_editions": one.edited_at is not None}
    return render(request, "reviews/review.html", context | _beside(request, [one]))


@require_safe
def editions(request: HttpRequest, username: str, pk: int) -> HttpResponse:
    """What it said before: to whoever sees what it says."""
    one = review_of(request.user, pk, author__username=username)
    title = title_of(request, one.title.kind, one.title.ref)
    before = one.editions.order_by("-written_at", "-pk")
    page = Paginator(before, PER_PAGE).get_page(request.GET.get("page"))
    names = names_for(request.user, [edition.text for edition in page])
    context = {"title": title, "review": one, "page": page, "names": names}
    return render(request, "reviews/editions.html", context)


@require_safe
def of_member(request: HttpRequest, username: str) -> HttpResponse:
    member = member_of(request.user, username)
    if username != member.username:
        return redirect("reviews:of-member", member.username)
    is_own = member == request.user
    fit = fitting(adult=is_own or reader(request).adult)
    reviews = Review.objects.filter(fit, author=member).visible_to(request.user)
    told = (
        reviews.told_to(request.user)
        .prefetch_related(titles_for(reader(request).language))
        .newest()
    )
    page = Paginator(told, PER_PAGE).get_page(request.GET.get("page"))
    context = {"member": member, "page": page, "is_own": is_own}
    return render(request, "reviews/of_member.html", context | _beside(request, page))


def _beside(request: HttpRequest, reviews: Page[Review] | list[Review]) -> dict[str, Any]:
    """Whom they mention; and the shows among what they are about, for what is not to be told."""
    return {
        "names": names_for(request.user, [one.text for one in reviews]),
        "shows": [one.title_id for one in reviews if not one.title.is_movie],
    }


def _order(request: HttpRequest) -> Order:
    """Nonsense is as if nothing was said; visitors have no friends here."""
    usual = Order.FRIENDS if request.user.is_authenticated else Order.LIKED
    asked = request.GET.get("sort", "")
    return Order(asked) if asked in _orders(request) else usual


def _orders(request: HttpRequest) -> dict[str, Any]:
    orders = dict(Order.choices)
    if not request.user.is_authenticated:
        del orders[Order.FRIENDS]
    return orders

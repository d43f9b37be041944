"""What the addresses of this room are about. Whoever may not see it gets a 404."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from catalog.models import Title
from catalog.models.title import ON_CARDS
from cinehub.kit.web import reader
from reviews.models import Comment, Review

# What TMDB has dropped is still listed, and says so.
CARDS = (*ON_CARDS, "hidden_at")


def titles_for(request: HttpRequest) -> "Prefetch[Any]":
    """The titles of rows at hand, in the reader's language, in one question."""
    titles = Title.objects.for_cards(reader(request).language)
    return Prefetch("title", titles.only(*CARDS))


def review_of(request: HttpRequest, username: str, pk: int) -> Review:
    reviews = Review.objects.visible_to(request.user).select_related("author", "title")
    return get_object_or_404(reviews, pk=pk, author__username=username)


def comment_of(request: HttpRequest, pk: int) -> Comment:
    """Of a review that is seen, too."""
    seen = Review.objects.visible_to(request.user).order_by().values("pk")
    comments = Comment.objects.visible_to(request.user).filter(review__in=seen)
    related = comments.select_related("author", "review__author", "review__title")
    return get_object_or_404(related, pk=pk)


def member_of(request: HttpRequest, username: str) -> User:
    """Where the profile may not be seen, what is on it is not there."""
    return get_object_or_404(User.objects.visible_to(request.user).named(username))

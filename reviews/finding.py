"""What an address or a request is about. Whoever may not see it gets a 404."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from catalog.models import Episode, Season, Title
from catalog.models.title import ON_CARDS
from reviews.models import Comment, Review

# What TMDB has dropped is still listed, and says so.
CARDS = (*ON_CARDS, "hidden_at")


def titles_for(language: str) -> "Prefetch[Any]":
    """The titles of rows at hand, in the reader's language, in one question."""
    return Prefetch("title", Title.objects.for_cards(language).only(*CARDS))


def season_of(show: Title, number: int) -> Season:
    season = get_object_or_404(Season.objects.filter(title=show), number=number)
    season.title = show
    return season


def episode_of(show: Title, season: int, number: int) -> Episode:
    listed = Episode.objects.listed().select_related("season")
    episode = get_object_or_404(listed, season__title=show, season__number=season, number=number)
    episode.season.title = show
    return episode


def review_of(viewer: User | AnonymousUser, pk: int, **more: str) -> Review:
    reviews = Review.objects.visible_to(viewer).select_related("author", "title")
    return get_object_or_404(reviews, pk=pk, **more)


def comment_of(viewer: User | AnonymousUser, pk: int) -> Comment:
    """Of a review that is seen, too."""
    seen = Review.objects.visible_to(viewer).order_by().values("pk")
    comments = Comment.objects.visible_to(viewer).filter(review__in=seen)
    related = comments.select_related("author", "review__author", "review__title")
    return get_object_or_404(related, pk=pk)


def own_comments(member: User) -> QuerySet[Comment]:
    return member.comments.select_related("author", "review__author", "review__title")


def own_comment_seen(member: User, pk: int) -> Comment:
    """Where they still see what it is about: nobody goes on talking behind a closed door."""
    reviews = Review.objects.visible_to(member).order_by().values("pk")
    return get_object_or_404(own_comments(member), review__in=reviews, pk=pk)


def reportable(member: User, of: str, pk: int) -> Review | Comment:
    """Nobody reports what they do not see, or what is their own."""
    found = review_of(member, pk) if of == "review" else comment_of(member, pk)
    if found.author_id == member.pk:
        raise Http404
    return found


def member_of(viewer: User | AnonymousUser, username: str) -> User:
    """Where the profile may not be seen, what is on it is not there."""
    return get_object_or_404(User.objects.visible_to(viewer).named(username))

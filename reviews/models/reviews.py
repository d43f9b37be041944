"""Reviews, what is said about them, and who likes them."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Audience, Follow, User, seen_by
from catalog.models import Episode, Title
from reviews.models.ratings import Rating

LONGEST_REVIEW = 20_000
LONGEST_COMMENT = 5_000


class Order(models.TextChoices):
    """Which reviews of a title come first; each order ends with their key."""

    FRIENDS = "friends", _("Friends first")
    LIKED = "liked", _("Most liked")
    NEWEST = "newest", _("Newest")
    RATING = "rating", _("Highest rating")


ORDERS: dict[str, tuple[Any, ...]] = {
    Order.FRIENDS: ("-is_friend", "-like_count", "-pk"),
    Order.LIKED: ("-like_count", "-pk"),
    Order.NEWEST: ("-created_at", "-pk"),
    Order.RATING: (F("value").desc(nulls_last=True), "-pk"),
}


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """What moderators have hidden its author still sees, and staff do."""
        seen = self.filter(seen_by(viewer, whose="author", audience="audience"))
        if viewer.is_staff:
            return seen
        return seen.filter(Q(hidden_at=None) | Q(author=viewer.pk))

    def about(self, title: Title) -> Self:
        return self.filter(title=title)

    def newest(self) -> Self:
        return self.order_by("-created_at", "-pk")

    def told_to(self, viewer: User | AnonymousUser) -> Self:
        """With all that stands beside them: what their authors gave the title, and how many of
        those whom the viewer reaches like them and comment on them."""
        given = Rating.objects.visible_to(viewer).of_titles()
        given = given.filter(user=OuterRef("author"), title=OuterRef("title"))
        friends = Follow.objects.accepted().filter(follower=viewer.pk)
        comments = Comment.objects.visible_to(viewer)
        return self.select_related("author", "covers__season").annotate(
            value=Subquery(given.order_by().values("value")[:1]),
            is_friend=Exists(friends.filter(followed=OuterRef("author"))),
            is_liked=_is_liked("review", viewer),
            likes_shown=how_many(Like.objects.by_reachable(viewer), "review"),
            comments_shown=how_many(comments, "review"),
        )

    def in_order(self, order: Order) -> Self:
        """Of `told_to`."""
        return self.order_by(*ORDERS[order])


def _is_liked(what: str, viewer: User | AnonymousUser) -> Exists:
    return Exists(Like.objects.filter(user=viewer.pk, **{what: OuterRef("pk")}))


def how_many(rows: QuerySet[Any], about: str) -> Coalesce:
    of_one = rows.filter(**{about: OuterRef("pk")}).order_by().values(about)
    return Coalesce(Subquery(of_one.annotate(n=Count("pk")).values("n")), 0)


class Review(models.Model):
    """What a member says of a film or a show: one each."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="reviews")
    title = models.ForeignKey(Title, models.PROTECT, related_name="+")
    # Markdown.
    text = models.TextField(_("review"), max_length=LONGEST_REVIEW)
    has_spoilers = models.BooleanField(_("tells the plot"), default=False)
    # Of a show: as far as the author had watched.
    covers = models.ForeignKey(
        Episode, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("up to")
    )
    audience = models.CharField(
        _("who sees it"), max_length=9, choices=Audience, default=Audience.PUBLIC
    )
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    # By a moderator; why, the last `Decision` says.
    hidden_at = models.DateTimeField(null=True, blank=True)

    # --- Recounted under this row's lock --------------------------------------------------------
    like_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(fields=["author", "title"], name="review_once"),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values), name="review_audience_known"
            ),
        ]
        indexes = [
            models.Index(fields=["title", "-created_at", "-id"], name="review_of_title_newest"),
            models.Index(fields=["title", "-like_count", "-id"], name="review_of_title_liked"),
            models.Index(fields=["author", "-created_at", "-id"], name="review_of_author"),
            models.Index(fields=["-created_at", "-id"], name="review_told"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.title_id}"

    def get_absolute_url(self) -> str:
        """For a review whose author is at hand."""
        return reverse("reviews:review", args=[self.author.username, self.pk])


class Edition(models.Model):
    """What a review said before it was edited."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="editions")
    text = models.TextField()
    has_spoilers = models.BooleanField()
    # Since when it had said so.
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["review", "-written_at", "-id"], name="edition_newest")]

    def __str__(self) -> str:
        return f"{self.review_id} {self.written_at}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def visible_to(self, viewer: User | AnonymousUser) -> Self:
        """Of a review that is visible: of whom the viewer reaches, unless it is hidden."""
        if viewer.is_staff:
            return self
        reachable = User.objects.reachable_by(viewer).order_by().values("pk")
        own = Q(author=viewer.pk) if viewer.is_authenticated else Q()
        return self.filter(Q(hidden_at=None) | own, author__in=reachable)

    def told_to(self, viewer: User | AnonymousUser) -> Self:
        """With how many of those whom the viewer reaches like them."""
        return self.select_related("author").annotate(
            is_liked=_is_liked("comment", viewer),
            likes_shown=how_many(Like.objects.by_reachable(viewer), "comment"),
        )

    def in_order(self) -> Self:
        return self.order_by("created_at", "pk")


class Comment(models.Model):
    """On a review, or on a comment on it: that is as deep as it goes."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="comments")
    # When it goes its replies, which are others' words, stay without it.
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="replies"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments")
    # Markdown.
    text = models.TextField(_("comment"), max_length=LONGEST_COMMENT)
    created_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    # One that was sent twice is said once.
    key = models.UUIDField()

    # Recounted under this row's lock.
    like_count = models.PositiveIntegerField(default=0)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        constraints = [
            models.UniqueConstraint(fields=["author", "key"], name="comment_once"),
        ]
        indexes = [
            models.Index(fields=["review", "created_at", "id"], name="comment_order"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id}: {self.review_id}"

    def get_absolute_url(self) -> str:
        """For a comment whose review and its author are at hand."""
        return f"{self.review.get_absolute_url()}#comment-{self.pk}"


class LikeQuerySet(models.QuerySet["Like"]):
    def by_reachable(self, viewer: User | AnonymousUser) -> Self:
        """Without those of whom there is no trace for the viewer."""
        return self.filter(user__in=User.objects.reachable_by(viewer).order_by().values("pk"))


class Like(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="likes")
    review = models.ForeignKey(Review, models.CASCADE, null=True, blank=True, related_name="likes")
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, blank=True, related_name="likes"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = LikeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "review"],
                condition=Q(review__isnull=False),
                name="like_of_review_once",
            ),
            models.UniqueConstraint(
                fields=["user", "comment"],
                condition=Q(comment__isnull=False),
                name="like_of_comment_once",
            ),
            models.CheckConstraint(
                condition=Q(review=None, comment__isnull=False)
                | Q(review__isnull=False, comment=None),
                name="like_of_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.review_id or self.comment_id}"

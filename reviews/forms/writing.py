"""A review as a form, with what its author gives the title; and a comment."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import Audience, RatingScale, User
from catalog.models import Title
from reviews import scales
from reviews.models import Comment, Rating, Review
from reviews.models.reviews import LONGEST_REVIEW
from reviews.saying import say
from reviews.writing import covered

# What is private here is nobody else's, whoever is let in to the profile.
WHO = [
    (Audience.PUBLIC, _("Everybody who sees your profile")),
    (Audience.FOLLOWERS, _("Followers")),
    (Audience.PRIVATE, _("Only me")),
]


class ReviewForm(forms.Form):
    value = forms.TypedChoiceField(
        label=_("Your rating"), required=False, coerce=Decimal, empty_value=None
    )
    text = forms.CharField(
        label=_("Your review"),
        max_length=LONGEST_REVIEW,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_(
            "Markdown: *slanted*, **bold**, &gt; quoted, [words](address)."
            " ||What tells the plot|| is hidden until somebody asks for it."
            " @name calls a member."
        ),
    )
    has_spoilers = forms.BooleanField(
        label=_("The whole review tells the plot"),
        required=False,
        help_text=_("Then it is folded, and opened by who wants to read it."),
    )
    season = forms.IntegerField(label=_("Up to season"), required=False, min_value=0)
    episode = forms.IntegerField(label=_("Episode"), required=False, min_value=0)
    audience = forms.ChoiceField(label=_("Who sees it"), choices=WHO)

    def __init__(self, data: Any = None, *, member: User, title: Title) -> None:
        self.member, self.title = member, title
        self.review = member.reviews.filter(title=title).select_related("covers__season").first()
        self.given = member.ratings.of_titles().filter(title=title).first()
        super().__init__(data, initial=self._as_it_is())
        scale = scales.scale_of(member)
        self.fields["value"].choices = _choices(scale, self.given)  # type: ignore[attr-defined]
        if title.is_movie:
            del self.fields["season"], self.fields["episode"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["covers"] = None
        season, number = said.get("season"), said.get("episode")
        if season is not None:
            said["covers"] = covered(self.title, season, number)
            if said["covers"] is None:
                self.add_error("season", ValidationError(_("There is no such episode.")))
        elif number is not None:
            self.add_error("season", ValidationError(_("Of which season is this episode?")))
        return said

    def save(self) -> Review:
        fields = ("value", "text", "has_spoilers", "covers", "audience")
        said = {name: self.cleaned_data[name] for name in fields}
        return say(self.member, self.title, **said)

    def _as_it_is(self) -> dict[str, Any]:
        review = self.review
        told: dict[str, Any] = {"audience": self.member.default_audience}
        if self.given:
            told["value"] = scales.key_of(self.given.value)
        if review:
            told |= {"text": review.text, "has_spoilers": review.has_spoilers}
            told["audience"] = review.audience
        if review and review.covers:
            told |= {"season": review.covers.season.number, "episode": review.covers.number}
        return told


class CommentForm(forms.ModelForm):
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Comment
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


def _choices(scale: RatingScale, given: Rating | None) -> list[tuple[str, str]]:
    """The scale's steps; what was given on another one stays a choice."""
    steps = {step.value: step.name for step in scales.steps(scale)}
    if given and given.value not in steps:
        words = scales.in_words(given.value, RatingScale.TEN)
        steps[given.value] = words
    found = [(scales.key_of(value), steps[value]) for value in sorted(steps, reverse=True)]
    return [("", _now("No rating")), *found]

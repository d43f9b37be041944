"""What moderators have hidden, where it would stand."""

from django import template
from django.utils.functional import Promise

from reviews import moderating
from reviews.models import Review
from reviews.models.reports import Reason
from reviews.reporting import Said

register = template.Library()


@register.simple_tag
def hidden_because(said: Said) -> str | Promise:
    """Why, for who may still see it; empty if it is not hidden."""
    if not said.hidden_at:
        return ""
    key = ("review" if isinstance(said, Review) else "comment", said.pk)
    found = moderating.explain([said])
    return moderating.why(found[key]) if key in found else ""


@register.simple_tag
def report_reasons() -> list[tuple[str, str | Promise]]:
    return list(Reason.choices)

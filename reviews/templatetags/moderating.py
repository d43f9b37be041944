"""What moderators have hidden, where it would stand."""

from django import template
from django.utils.functional import Promise

from reviews import moderating
from reviews.models import Review
from reviews.models.reports import Reason
from reviews.reporting import Said

register = template.Library()


@register.simple_tag(takes_context=True)
def hidden_because(context: template.Context, said: Said) -> str | Promise:
    """Why, for its author; empty if it is not hidden. Asked once, however much of theirs is."""
    request = context["request"]
    if not said.hidden_at or said.author_id != request.user.pk:
        return ""
    if not hasattr(request, "hidden_because"):
        request.hidden_because = moderating.explain(request.user)
    of = "review" if isinstance(said, Review) else "comment"
    decision = request.hidden_because.get((of, said.pk))
    return moderating.why(decision) if decision else ""


@register.simple_tag
def report_reasons() -> list[tuple[str, str | Promise]]:
    return list(Reason.choices)

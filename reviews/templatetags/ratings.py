"""Ratings, as each reader sees them."""

from decimal import Decimal

from django import template
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from reviews import scales

register = template.Library()


@register.filter
def on_scale(value: Decimal | None, reader: User | AnonymousUser) -> str:
    """8.5, ★★★★½ or 85, as the reader has chosen."""
    return "" if value is None else scales.on_scale(value, scales.scale_of(reader))


@register.filter
def in_words(value: Decimal | None, reader: User | AnonymousUser) -> str:
    """8.5 of 10: what there is to say, where there is something to hear."""
    return "" if value is None else scales.in_words(value, scales.scale_of(reader))


@register.filter
def in_figures(value: Decimal | None, reader: User | AnonymousUser) -> str:
    """An average, which may lie between the steps: 4.2 of five stars."""
    return "" if value is None else scales.in_figures(value, scales.scale_of(reader))

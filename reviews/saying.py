"""A member says what they think of a title: in words, with what they give it."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from accounts.models import User
from catalog.models import Title
from reviews.models import Review
from reviews.rating import rate
from reviews.writing import publish


@transaction.atomic
def say(member: User, title: Title, *, value: Decimal | None, **said: Any) -> Review:
    """As `publish`; the rating is set or cleared if it is another one."""
    given = member.ratings.of_titles().filter(title=title).values_list("value", flat=True).first()
    if value != given:
        rate(member, title=title, value=value)
    return publish(member, title, **said)

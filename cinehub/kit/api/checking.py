"""What is refused before anybody looks at what was asked."""

from django.core.exceptions import RequestDataTooBig
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request

# Of these nothing is something: the beginning, or no more than usual.
MAY_BE_EMPTY = ("cursor", "expand", "fields")


def check_filled(request: Request) -> None:
    """What is asked for by nothing at all is not asked for, and nothing would say so."""
    query = request.query_params
    empty = [name for name in query if not query[name] and name not in MAY_BE_EMPTY]
    if empty:
        raise ValidationError({name: [ErrorDetail(_("This is empty."), "blank")] for name in empty})


def check_size(request: Request, most: int) -> None:
    """DRF reads a body whole, however long it is."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > most:
        raise RequestDataTooBig

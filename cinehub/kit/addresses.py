"""What stands in the site's addresses, as TMDB writes it: `/movie/603-the-matrix`."""

from typing import NamedTuple

from django.urls import register_converter
from django.urls.converters import StringConverter


class Ref(NamedTuple):
    """TMDB's id of something, and its name for the people who read the address; it may be wrong."""

    id: int
    slug: str = ""

    def __str__(self) -> str:
        return f"{self.id}-{self.slug}" if self.slug else str(self.id)


def address_of(kind: str, ref: Ref) -> str:
    """`movie/603`: what a page is about, however it is spelt."""
    return f"{kind}/{ref.id}"


class RefConverter:
    # As many digits as surely fit in a database's integer.
    regex = r"[0-9]{1,15}(?:-[-a-zA-Z0-9_]*)?"

    def to_python(self, value: str) -> Ref:
        number, _, slug = value.partition("-")
        return Ref(int(number), slug)

    def to_url(self, ref: Ref) -> str:
        return str(ref)


class NumberConverter:
    """A season's, an episode's."""

    regex = "[0-9]{1,6}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class KindConverter(StringConverter):
    regex = "movie|tv"


class CountryConverter(StringConverter):
    regex = "[A-Z]{2}"


register_converter(RefConverter, "ref")
register_converter(NumberConverter, "number")
register_converter(KindConverter, "kind")
register_converter(CountryConverter, "country")

"""What TMDB files titles under, in the language of who reads."""

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

# As a site in English has them from TMDB; there are no others.
NAMES: dict[str, Promise] = {
    "Action": pgettext_lazy("genre", "Action"),
    "Adventure": pgettext_lazy("genre", "Adventure"),
    "Animation": pgettext_lazy("genre", "Animation"),
    "Comedy": pgettext_lazy("genre", "Comedy"),
    "Crime": pgettext_lazy("genre", "Crime"),
    "Documentary": pgettext_lazy("genre", "Documentary"),
    "Drama": pgettext_lazy("genre", "Drama"),
    "Family": pgettext_lazy("genre", "Family"),
    "Fantasy": pgettext_lazy("genre", "Fantasy"),
    "History": pgettext_lazy("genre", "History"),
    "Horror": pgettext_lazy("genre", "Horror"),
    "Music": pgettext_lazy("genre", "Music"),
    "Mystery": pgettext_lazy("genre", "Mystery"),
    "Romance": pgettext_lazy("genre", "Romance"),
    "Science Fiction": pgettext_lazy("genre", "Science Fiction"),
    "TV Movie": pgettext_lazy("genre", "TV Movie"),
    "Thriller": pgettext_lazy("genre", "Thriller"),
    "War": pgettext_lazy("genre", "War"),
    "Western": pgettext_lazy("genre", "Western"),
    "Action & Adventure": pgettext_lazy("genre", "Action & Adventure"),
    "Kids": pgettext_lazy("genre", "Kids"),
    "News": pgettext_lazy("genre", "News"),
    "Reality": pgettext_lazy("genre", "Reality"),
    "Sci-Fi & Fantasy": pgettext_lazy("genre", "Sci-Fi & Fantasy"),
    "Soap": pgettext_lazy("genre", "Soap"),
    "Talk": pgettext_lazy("genre", "Talk"),
    "War & Politics": pgettext_lazy("genre", "War & Politics"),
}


def said(name: str) -> str:
    """A genre's name; as it is, where the site's own language is another one."""
    return str(NAMES.get(name, name))

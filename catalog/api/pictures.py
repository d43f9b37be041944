"""Where our copies of pictures are."""

from catalog.templatetags.catalog import picture_address


def path_of(path: str) -> str | None:
    """As TMDB writes it, for who wants another size: `/picture/w500` stands before it."""
    return path or None


def poster_url(path: str) -> str | None:
    return picture_address(path, "w342") if path else None


def backdrop_url(path: str) -> str | None:
    return picture_address(path, "w1280") if path else None


def profile_url(path: str) -> str | None:
    return picture_address(path, "h632") if path else None


def still_url(path: str) -> str | None:
    return picture_address(path, "w780") if path else None


def logo_url(path: str) -> str | None:
    """Drawings have no sizes, and are not kept here."""
    return picture_address(path, "w300") if path and not path.endswith(".svg") else None

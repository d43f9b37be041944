"""The age ratings of the boards whose order is known, from what everybody may see upwards."""

from catalog.models import Kind

_FILMS = {
    "AU": ("E", "G", "PG", "M", "MA 15+", "R 18+", "X 18+"),
    "BR": ("L", "AL", "10", "A10", "12", "A12", "14", "A14", "16", "A16", "18", "A18"),
    "CA": ("G", "PG", "14A", "18A", "R", "A"),
    "DE": ("0", "6", "12", "16", "18"),
    "DK": ("A", "7", "11", "15"),
    "ES": ("APTA", "A", "A/i", "TP", "Ai", "i", "7", "7/i", "12", "12/i", "16", "18", "X"),
    "FI": ("S", "K-7", "K-12", "K-16", "K-18"),
    "FR": ("U", "TP", "10", "12", "16", "18"),
    "GB": ("U", "PG", "12A", "12", "15", "18", "R18"),
    "IE": ("G", "PG", "12A", "15A", "16", "18"),
    "IN": ("U", "UA", "UA 7+", "UA 13+", "UA 16+", "A", "S"),
    "IT": ("T", "6+", "VM12", "14+", "VM14", "18+", "VM18"),
    "JP": ("G", "PG12", "R15+", "R18+"),
    "KR": ("ALL", "12", "15", "18", "19"),
    "MX": ("AA", "A", "B", "B-15", "C", "D"),
    "NL": ("AL", "6", "9", "12", "14", "16", "18"),
    "NO": ("A", "6", "9", "12", "15", "18"),
    "NZ": ("G", "PG", "M", "R13", "RP13", "R15", "R16", "RP16", "R18", "RP18", "R"),
    "PT": ("Públicos", "M/3", "M/6", "M/12", "M/14", "M/16", "M/18", "P"),
    "RU": ("0+", "6+", "12+", "16+", "18+"),
    "SE": ("Btl", "7", "11", "15"),
    "US": ("G", "PG", "PG-13", "R", "NC-17"),
}
_SHOWS = {
    "AU": ("P", "C", "G", "PG", "M", "MA 15+", "AV 15+", "R 18+"),
    "BR": ("L", "AL", "10", "A10", "12", "A12", "14", "A14", "16", "A16", "18", "A18"),
    "CA": ("C", "C8", "G", "PG", "14+", "18+"),
    "DE": ("0", "6", "12", "16", "18"),
    "ES": ("Infantil", "TP", "7", "10", "12", "13", "16", "18"),
    "FR": ("TP", "10", "12", "16", "18"),
    "GB": ("U", "PG", "12A", "12", "15", "18", "R18"),
    "IN": ("U", "U/A 7+", "U/A 13+", "U/A 16+", "A"),
    "IT": ("T", "6+", "7+", "BA", "VM12", "14+", "VM14", "18+", "VM18"),
    "JP": ("G", "PG12", "R15+", "R18+"),
    "KR": ("ALL", "7", "12", "15", "19"),
    "MX": ("AA", "A", "B", "B-15", "C", "D"),
    "NL": ("AL", "6", "9", "12", "14", "16", "18"),
    "PT": ("T", "10AP", "12AP", "16", "18"),
    "RU": ("0+", "6+", "12+", "16+", "18+"),
    "SE": ("Btl", "7", "11", "15"),
    "US": ("TV-Y", "TV-Y7", "TV-G", "TV-PG", "TV-14", "TV-MA"),
}


def in_order(kind: str, country: str) -> tuple[str, ...]:
    """What this country rates films, or shows, as; empty where the order is not known."""
    return (_FILMS if kind == Kind.MOVIE else _SHOWS).get(country, ())


def between(kind: str, country: str, least: str, most: str) -> tuple[str, ...]:
    """From one code up to another, both included; an empty one is an open end."""
    codes = in_order(kind, country)
    first = codes.index(least) if least else 0
    last = codes.index(most) if most else len(codes) - 1
    return codes[first : last + 1]

"""How names are compared: without accents, punctuation, articles, and ways to write a number."""

import re
import unicodedata
from collections.abc import Sequence

# A name is compared by this many letters of it.
LETTERS = 300

ARTICLES = frozenset(("the", "a", "an", "le", "la", "les", "el", "los", "las", "il", "der", "das"))
# What Unicode does not take apart. Case folding has made ß into ss.
SPECIAL = {
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "æ": "ae",
    "œ": "oe",
    "þ": "th",
    "ð": "d",
    "ı": "i",
    "ħ": "h",
    "½": " 1 2",
    "&": " and ",
    "+": " and ",
}
QUOTES = "'`´‘’‚‛“”„‟′″‹›«»ʻʼʾʿˈ＇"
# The marks that make the Japanese ka a ga and ha a pa.
VOICED = (0x3099, 0x309A)
ACRONYM = re.compile(r"\b(?:\w[.*·]){2,}\w?(?!\w)")

UNITS = {
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "thirteen": 13,
    "fourteen": 14,
    "fifteen": 15,
    "sixteen": 16,
    "seventeen": 17,
    "eighteen": 18,
    "nineteen": 19,
}
TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
HUNDRED = 100
ROMAN = {
    tens + unit: str(10 * len(tens) + number)
    for tens in ("", "x")
    for number, unit in enumerate(("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"))
    if tens or number > 1
} | {"xx": "20"}


def normalise(name: str) -> str:
    """The words of a name, its numbers as digits: `Ocean's Eleven` is oceans 11."""
    return " ".join(_numbered(_plain(name).split()))


def forms(name: str) -> list[str]:
    """What a name is found by; numbers as they are written, too, for who mistypes one."""
    plain = _plain(name)
    return list(dict.fromkeys(form for form in (" ".join(_numbered(plain.split())), plain) if form))


def joined(form: str) -> str:
    """`the war games` as one word: who splits or joins words, or forgets the article, finds it."""
    first, _, rest = form.partition(" ")
    return (rest if rest and first in ARTICLES else form).replace(" ", "")


class _Letters(dict[int, int | str | None]):
    """What becomes of each letter, found out when it is first met."""

    def __missing__(self, code: int) -> int | str | None:
        letter = chr(code)
        kind = unicodedata.category(letter)
        kept: int | str | None = " "
        if 0x300 <= code <= 0x36F or code in VOICED or kind == "Cf":
            kept = None
        elif _is_word_of_its_own(code):
            kept = f" {letter} "
        elif letter.isalnum() or kind[0] == "M":
            kept = code
        self[code] = kept
        return kept


def _is_word_of_its_own(code: int) -> bool:
    """Chinese and Japanese are written without spaces: whoever types a part of a name finds it."""
    return 0x3041 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x2FFFF


_LETTERS = _Letters({ord(quote): None for quote in QUOTES})
_SPECIAL = str.maketrans(SPECIAL)


def _plain(name: str) -> str:
    folded = name.casefold().translate(_SPECIAL)
    if not folded.isascii():
        folded = unicodedata.normalize("NFKD", folded)
    folded = ACRONYM.sub(lambda found: re.sub(r"[.*·]", "", found[0]), folded)
    plain = unicodedata.normalize("NFC", folded.translate(_LETTERS))
    # A name may be all signs: `$` is a film.
    words = plain.split() or [word for word in folded.split() if word.isprintable()]
    return " ".join(words)[:LETTERS].strip()


def _numbered(words: Sequence[str]) -> list[str]:
    """With twenty one, xxi and the like as digits; a lone v or x is one at the end only."""
    said: list[str] = []
    at = 0
    while at < len(words):
        number, taken = _number(words[at : at + 5])
        if taken:
            said.append(str(number))
        elif len(words[at]) > 1 or at == len(words) - 1 > 0:
            said.append(ROMAN.get(words[at], words[at]))
        else:
            said.append(words[at])
        at += taken or 1
    return said


def _number(words: Sequence[str]) -> tuple[int, int]:
    """The number these words begin with, and how many of them say it; (0, 0) if they do not."""
    number, taken = _below_hundred(words)
    if words[taken : taken + 1] != ["hundred"]:
        return number, taken
    number, taken = (number or 1) * HUNDRED, taken + 1
    also = words[taken : taken + 1] == ["and"]
    more, further = _below_hundred(words[taken + also :])
    return (number + more, taken + also + further) if further else (number, taken)


def _below_hundred(words: Sequence[str]) -> tuple[int, int]:
    first, second = [*words[:2], "", ""][:2]
    if first in UNITS:
        return UNITS[first], 1
    if first in TENS:
        unit = UNITS.get(second, 0)
        return (TENS[first] + unit, 2) if 0 < unit < 10 else (TENS[first], 1)
    return 0, 0

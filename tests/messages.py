"""Every word of the code that people read, for those who translate: `python -m tests.messages`.

With a language's code (`python -m tests.messages de`) the site has that language from then on.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from cinehub.kit.languages import CATALOGUE

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "locale"
APPS = ("accounts", "catalog", "cinehub", "lists", "reviews")
KEYWORDS = DEFAULT_KEYWORDS | {
    f"{name}{lazy}": form
    for name, form in (
        ("gettext", None),
        ("ngettext", (1, 2)),
        ("pgettext", ((1, "c"), 2)),
        ("npgettext", ((1, "c"), 2, 3)),
    )
    for lazy in ("_lazy", "_noop")
}
WIDTH = 100


def sources() -> Iterator[Path]:
    for app in APPS:
        yield from (path for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts)
    yield from (path for path in (ROOT / "templates").rglob("*") if path.is_file())


def extracted() -> polib.POFile:
    """What is said in the code, each with the files that say it."""
    catalogue = Catalog()
    for path in sorted(sources()):
        text = path.read_text()
        if path.suffix != ".py":
            # What it makes of a template is one statement a line, if never indented.
            lines = templatize(text, origin=str(path)).splitlines()
            text = "\n".join(line.strip() for line in lines)
        told = extract("python", BytesIO(text.encode()), KEYWORDS, ["Translators:"])
        for _, message, comments, context in told:
            where = [(path.relative_to(ROOT).as_posix(), 1)]
            catalogue.add(message, None, where, auto_comments=comments, context=context)
    return _as_polib(catalogue)


def _as_polib(catalogue: Catalog) -> polib.POFile:
    messages = polib.POFile(wrapwidth=WIDTH)
    for message in catalogue:
        if not message.id:
            continue
        one, *more = message.id if message.pluralizable else (message.id,)
        entry = polib.POEntry(
            msgid=one,
            msgctxt=message.context,
            # Lines move all the time; files seldom.
            occurrences=[(file, "") for file in sorted({file for file, _ in message.locations})],
            comment="\n".join(message.auto_comments),
            flags=["python-format"] if message.python_format else [],
        )
        if more:
            entry.msgid_plural = more[0]
            entry.msgstr_plural = dict.fromkeys(range(catalogue.num_plurals), "")
        messages.append(entry)
    return messages


def catalogues() -> list[Path]:
    return sorted(FOLDER.glob(f"*/{CATALOGUE}"))


def merge(path: Path) -> None:
    """As the code has it now: what is new is empty, what is gone is gone."""
    language = path.relative_to(FOLDER).parts[0]
    before = polib.pofile(str(path)) if path.exists() else []
    known = {(entry.msgctxt, entry.msgid): entry for entry in before}
    header = Catalog(locale=language)
    forms = dict.fromkeys(range(header.num_plurals), "")
    messages = extracted()
    for entry in messages:
        old = known.get((entry.msgctxt, entry.msgid))
        if entry.msgid_plural:
            entry.msgstr_plural = forms | (old.msgstr_plural if old else {})
        elif old:
            entry.msgstr = old.msgstr
        entry.tcomment = old.tcomment if old else ""
    messages.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": header.plural_forms,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    messages.save(str(path))


if __name__ == "__main__":
    for code in sys.argv[1:]:
        merge(FOLDER / to_locale(code) / CATALOGUE)
    for catalogue in catalogues():
        merge(catalogue)
        left = polib.pofile(str(catalogue)).untranslated_entries()
        print(f"{catalogue.relative_to(ROOT)}: {len(left)} to be translated")  # noqa: T201

"""The site's languages: English, which the code has, and one for each folder of `locale/`."""

from collections.abc import Iterator
from pathlib import Path

import polib
from django.conf.locale import LANG_INFO
from django.utils.translation import to_language

ENGLISH = ("en", "English")
CATALOGUE = Path("LC_MESSAGES", "django.po")


def known(folder: Path) -> list[tuple[str, str]]:
    """As `settings.LANGUAGES` wants them, each by the name that it has for itself."""
    codes = [to_language(path.name) for path, _ in _catalogues(folder)]
    return [ENGLISH, *((code, _name(code)) for code in codes)]


def compile_into(target: Path, folder: Path) -> None:
    """What gettext reads, from what people write."""
    for locale, catalogue in _catalogues(folder):
        compiled = (target / locale.name / CATALOGUE).with_suffix(".mo")
        compiled.parent.mkdir(parents=True, exist_ok=True)
        # Whoever reads it meanwhile finds the old one whole.
        half = compiled.with_suffix(".half")
        polib.pofile(str(catalogue)).save_as_mofile(str(half))
        half.replace(compiled)


def _catalogues(folder: Path) -> Iterator[tuple[Path, Path]]:
    for locale in sorted(folder.iterdir()):
        catalogue = locale / CATALOGUE
        if catalogue.exists():
            yield locale, catalogue


def _name(code: str) -> str:
    name = LANG_INFO.get(code, {}).get("name_local", code)
    return name[:1].upper() + name[1:]

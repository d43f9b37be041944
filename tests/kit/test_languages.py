"""Languages are found by their folders, and compiled without any tool of the machine."""

from gettext import translation
from pathlib import Path

from cinehub.kit import languages

PO = """
msgid ""
msgstr "Content-Type: text/plain; charset=utf-8\\n"

msgid "Films"
msgstr "{films}"
"""


def write(folder: Path, locale: str, films: str) -> None:
    path = folder / locale / languages.CATALOGUE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PO.format(films=films))


def read(folder: Path, locale: str) -> str:
    return translation("django", folder, [locale]).gettext("Films")


def test_english_is_there_without_a_folder(tmp_path: Path) -> None:
    assert languages.known(tmp_path) == [("en", "English")]


def test_each_folder_with_a_catalogue_is_a_language_by_its_own_name(tmp_path: Path) -> None:
    write(tmp_path, "fr", "Films")
    write(tmp_path, "pt_BR", "Filmes")
    write(tmp_path, "tlh", "mutmey")
    (tmp_path / "de").mkdir()

    assert languages.known(tmp_path)[1:] == [
        ("fr", "Français"),
        ("pt-br", "Português Brasileiro"),
        ("tlh", "Tlh"),
    ]


def test_what_is_compiled_is_read_by_gettext(tmp_path: Path) -> None:
    write(tmp_path / "locale", "de", "Filme")

    languages.compile_into(tmp_path / "compiled", tmp_path / "locale")

    assert read(tmp_path / "compiled", "de") == "Filme"


def test_compiled_again_it_is_as_it_is_written_now(tmp_path: Path) -> None:
    write(tmp_path / "locale", "de", "Filme")
    languages.compile_into(tmp_path / "compiled", tmp_path / "locale")
    write(tmp_path / "locale", "de", "Spielfilme")

    languages.compile_into(tmp_path / "compiled", tmp_path / "locale")

    assert read(tmp_path / "compiled", "de") == "Spielfilme"
    assert not [*(tmp_path / "compiled").rglob("*.half")]

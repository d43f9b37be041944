"""Names as they are compared: a table of what is the same."""

import pytest

from catalog.spelling import LETTERS, forms, joined, normalise


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("The Matrix", "the matrix"),
        ("  AMÉLIE  ", "amelie"),
        ("Straße", "strasse"),
        ("Smørrebrød, Łódź & Œuvre", "smorrebrod lodz and oeuvre"),
        ("Ísland: Þór", "island thor"),
        ("Diyarbakır", "diyarbakir"),
        ("Сталкер", "сталкер"),
        ("Ёлки", "елки"),
        ("Η Αγάπη", "η αγαπη"),
        ("기생충", "기생충"),
        ("नमस्ते", "नमस्ते"),
        ("千と千尋", "千 と 千 尋"),
        ("がんばれ", "か ん は れ"),
    ],
)
def test_letters_lose_their_marks_and_scripts_stay(name: str, form: str) -> None:
    assert normalise(name) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Ocean's", "oceans"),
        ("Ocean’s", "oceans"),
        ("“Heroes”", "heroes"),
        ("Spider-Man", "spider man"),
        ("Spider–Man", "spider man"),
        ("WALL·E", "wall e"),
        ("Face/Off", "face off"),
        ("Mission: Impossible", "mission impossible"),
        ("Fast & Furious", "fast and furious"),
        ("Romeo + Juliet", "romeo and juliet"),
        ("M*A*S*H", "mash"),
        ("S.W.A.T.", "swat"),
        ("Mr. Robot", "mr robot"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("snake_case", "snake case"),
        ("100% Wolf", "100 wolf"),
        ("$", "$"),
        ("", ""),
        ("   ", ""),
        ("\x00", ""),
        ("a\x00\ud800b", "a b"),
    ],
)
def test_signs_are_spaces_or_nothing(name: str, form: str) -> None:
    assert normalise(name) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Ocean's Eleven", "oceans 11"),
        ("Twenty-One", "21"),
        ("Zero Dark Thirty", "0 dark 30"),
        ("One Hundred and One Dalmatians", "101 dalmatians"),
        ("Hundred", "100"),
        ("Three Hundred", "300"),
        ("One Hundred and Something", "100 and something"),
        ("Rocky II", "rocky 2"),
        ("Henry VIII", "henry 8"),
        ("Rocky V", "rocky 5"),
        ("Malcolm X", "malcolm 10"),
        ("X", "x"),
        ("V for Vendetta", "v for vendetta"),
        ("I, Robot", "i robot"),
        ("8½", "8 1 2"),
        ("Alien³", "alien3"),
        ("2.0", "2 0"),
        ("X-Men: First Class", "x men first class"),
    ],
)
def test_numbers_are_digits(name: str, form: str) -> None:
    assert normalise(name) == form


def test_a_number_is_found_as_it_is_written_too() -> None:
    assert forms("Ocean's Eleven") == ["oceans 11", "oceans eleven"]


@pytest.mark.parametrize(("name", "count"), [("Heat", 1), ("12 Monkeys", 1), ("", 0), (" ", 0)])
def test_a_name_has_as_many_forms_as_differ(name: str, count: int) -> None:
    assert len(forms(name)) == count


@pytest.mark.parametrize(
    ("form", "together"),
    [
        ("the war games", "wargames"),
        ("le samourai", "samourai"),
        ("a star is born", "starisborn"),
        ("the", "the"),
        ("them", "them"),
        ("die hard", "diehard"),
        ("war of the worlds", "waroftheworlds"),
    ],
)
def test_words_are_joined_without_the_first_article(form: str, together: str) -> None:
    assert joined(form) == together


def test_a_name_is_compared_by_so_many_letters_of_it() -> None:
    assert len(normalise("word " * 1000)) <= LETTERS

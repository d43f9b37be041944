"""What is rendered once: for each language and each value that it varies by."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django.urls import set_script_prefix
from django.utils.translation import override

rendered: list[object] = []


class Watched:
    """Says when it is shown."""

    def __str__(self) -> str:
        rendered.append(self)
        return f"shown {len(rendered)}"


@pytest.fixture(autouse=True)
def nothing_rendered() -> None:
    rendered.clear()


def render(words: str, **context: object) -> str:
    return engines["django"].from_string("{% load once %}" + words).render(context)


def test_what_does_not_vary_is_rendered_once() -> None:
    words = "{% for each in 'abc' %}{% once %}{{ thing }} {% endonce %}{% endfor %}"

    assert render(words, thing=Watched()) == "shown 1 shown 1 shown 1 "


def test_each_value_has_its_own() -> None:
    words = "{% for n in 'aba' %}{% once n %}{{ n }}: {{ thing }} {% endonce %}{% endfor %}"

    assert render(words, thing=Watched()) == "a: shown 1 b: shown 2 a: shown 1 "


def test_what_is_not_there_is_a_value_too() -> None:
    words = "{% once nothing %}{{ nothing|default:'no' }}{% endonce %}"

    assert render(words) == "no"


def test_each_language_has_its_own() -> None:
    template = engines["django"].from_string(
        "{% load i18n once %}{% once %}{% get_current_language as here %}{{ here }}{% endonce %}"
    )

    said = []
    for language in ("en", "de", "en"):
        with override(language):
            said.append(template.render())

    assert said == ["en", "de", "en"]


def test_each_place_where_the_site_is_mounted_has_its_own() -> None:
    words = "{% load once %}{% once %}{% url 'home' %}{% endonce %}"
    template = engines["django"].from_string(words)
    try:
        set_script_prefix("/films/")
        mounted = template.render()
    finally:
        set_script_prefix("/")

    assert (mounted, template.render()) == ("/films/", "/")


def test_what_stands_around_it_is_rendered_each_time() -> None:
    template = engines["django"].from_string(
        "{% load once %}{{ request.path }} {% once %}{{ request.path }}{% endonce %}"
    )

    pages = [template.render({}, RequestFactory().get(path)) for path in ("/a", "/b")]

    assert pages == ["/a /a", "/b /a"]

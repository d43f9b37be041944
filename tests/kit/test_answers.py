"""Answers that lead to another page."""

import pytest
from django.test import RequestFactory

from cinehub.kit.answers import elsewhere


@pytest.mark.parametrize("page", ["/lists", "/settings/privacy#blocked"])
def test_without_script_another_page_is_loaded_and_nothing_sent_twice(
    rf: RequestFactory, page: str
) -> None:
    answer = elsewhere(rf.post("/"), page)

    assert (answer.status_code, answer["Location"]) == (303, page)


def test_with_script_it_takes_the_place_of_the_whole_page(rf: RequestFactory) -> None:
    answer = elsewhere(rf.post("/", headers={"HX-Request": "true"}), "/lists")

    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/lists")
    assert "Location" not in answer

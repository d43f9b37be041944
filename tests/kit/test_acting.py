"""What answers when a reader did something: with script a part of the page, without it a page."""

from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.session import SessionStorage
from django.contrib.sessions.backends.cache import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from cinehub.kit.acting import acted, back_from, refused, undo_key
from tests.read import text


def request(*, with_script: bool = False, back: str = "") -> HttpRequest:
    headers = {"HX-Request": "true"} if with_script else {}
    made = RequestFactory().post("/movie/603/seen", {"next": back}, headers=headers)
    made.session = SessionStore()  # type: ignore[attr-defined]
    made._messages = SessionStorage(made)  # type: ignore[attr-defined]
    return made


def test_without_script_the_reader_is_sent_back_to_where_they_were() -> None:
    answer = acted(request(back="/discover/movie?page=2"), "Seen.", back="/movie/603")

    assert answer.status_code == 303
    assert answer["Location"] == "/discover/movie?page=2"


@pytest.mark.parametrize(
    "elsewhere", ["", "https://evil.example/", "//evil.example", "javascript:1"]
)
def test_nobody_is_sent_to_another_site(elsewhere: str) -> None:
    assert back_from(request(back=elsewhere), "/movie/603") == "/movie/603"


def test_without_script_the_next_page_says_what_was_done_and_offers_to_undo_it() -> None:
    asked, key = request(), uuid4()

    acted(asked, "Seen.", back="/", undo=key)

    (said,) = get_messages(asked)
    assert str(said) == "Seen."
    assert undo_key(said) == str(key)


def test_what_cannot_be_undone_offers_nothing() -> None:
    asked = request()

    acted(asked, "Seen.", back="/")

    assert [undo_key(said) for said in get_messages(asked)] == [""]


def test_with_script_the_changed_parts_come_with_a_toast_in_one_answer() -> None:
    answer = acted(request(with_script=True), "Seen.", back="/", parts=["<p data-own='a-1'>on</p>"])

    assert answer.status_code == 200
    assert "<p data-own='a-1'>on</p>" in answer.content.decode()
    assert "Seen." in text(answer.content.decode())


def test_with_script_the_toast_has_the_button_that_undoes_it() -> None:
    key = uuid4()

    answer = acted(request(with_script=True), "Seen.", back="/", undo=key)

    assert f'action="/undo/{key}"' in answer.content.decode()


@pytest.mark.parametrize(("with_script", "status"), [(True, 422), (False, 303)])
def test_what_was_refused_is_said(with_script: bool, status: int) -> None:
    asked = request(with_script=with_script)

    answer = refused(asked, "Not yet.", back="/movie/603")

    assert answer.status_code == status
    told = text(answer.content.decode()) if with_script else "".join(map(str, get_messages(asked)))
    assert "Not yet." in told

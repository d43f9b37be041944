"""A TMDB in a box: the real client asks it over a requests session."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import requests
from requests.adapters import BaseAdapter

from catalog.tmdb import TMDB
from catalog.tmdb.limiter import Limiter
from catalog.tmdb.sample import SampleAdapter
from tests.catalog.tmdb.answers.clock import Clock, Remembered

URL = "https://tmdb.test/3"


@dataclass(frozen=True)
class Reply:
    """Whatever else a server may send."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(default_factory=dict)


class Turns:
    """One answer after the other; the last one for good."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)

    def next(self) -> Any:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@dataclass(frozen=True)
class Asked:
    path: str
    params: dict[str, str]
    headers: Mapping[str, str]


class Served(BaseAdapter):
    """By path: JSON, a status, an error to raise, a Reply, Turns, or a function of the parameters.

    What it does not know is not found.
    """

    def __init__(self, answers: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self.answers = dict(answers or {})
        self.asked: list[Asked] = []

    @property
    def times(self) -> Counter[str]:
        return Counter(asked.path for asked in self.asked)

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        address = urlsplit(request.url or "")
        asked = Asked(
            address.path.removeprefix("/3/"), dict(parse_qsl(address.query)), request.headers
        )
        self.asked.append(asked)
        return _response(request, _reply(self.answers.get(asked.path, 404), asked.params))

    def close(self) -> None:
        """Nothing is held open."""


class Counting(SampleAdapter):
    """The sample catalogue, which counts how often it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[str] = []

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> Any:
        self.paths.append(request.path_url)
        return super().send(request, *args, **kwargs)


def client(
    served: BaseAdapter,
    *,
    slept: list[float] | None = None,
    limiter: Limiter | None = None,
    clock: Clock | None = None,
    **options: Any,
) -> TMDB:
    """The real client, which moves its clock and notes its waits in `slept` instead of waiting."""
    clock = clock or Clock()

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if slept is not None:
            slept.append(seconds)

    session = requests.Session()
    session.trust_env = False
    session.mount("https://", served)
    return TMDB(
        **{"url": URL, "api_key": "key", "language": "en-US"} | options,
        limiter=limiter or Limiter(Remembered(clock), 1_000_000),
        session=session,
        sleep=sleep,
    )


NOT_FOUND = 404


def _reply(answer: Any, params: dict[str, str]) -> Reply:
    if isinstance(answer, Turns):
        answer = answer.next()
    if callable(answer):
        answer = answer(params)
    if isinstance(answer, Exception):
        raise answer
    if answer == NOT_FOUND:
        return Reply(answer, body=b'{"success": false, "status_code": 34}')
    if isinstance(answer, int):
        return Reply(answer)
    return answer if isinstance(answer, Reply) else Reply(body=json.dumps(answer).encode())


def _response(request: requests.PreparedRequest, reply: Reply) -> requests.Response:
    response = requests.Response()
    response.status_code = reply.status
    response.reason = HTTPStatus(reply.status).phrase
    response.headers.update(reply.headers)
    response.raw = BytesIO(reply.body)
    response.url = request.url or ""
    response.request = request
    return response

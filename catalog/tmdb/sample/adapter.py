"""The sample catalogue behind TMDB's addresses, without a network."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import requests
from requests.adapters import BaseAdapter
from requests.structures import CaseInsensitiveDict

from catalog.tmdb.sample import holdings, pictures, routes
from catalog.tmdb.sample.asking import Ask, NotFoundError, RefusalError

API = "/3/"
IMAGES = "/t/p/"
JSON = "application/json;charset=utf-8"


class SampleAdapter(BaseAdapter):
    def __init__(self, facts: Path = holdings.FACTS, today: date | None = None) -> None:
        super().__init__()
        self.holdings = holdings.load(facts)
        self.today = today

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        try:
            status, content_type, body = self._answer(request)
        except RefusalError as refusal:
            status, content_type, body = refusal.status, JSON, _json(refusal.body)
        return _response(request, status, content_type, body)

    def close(self) -> None:
        """Nothing is held open."""

    def _answer(self, request: requests.PreparedRequest) -> tuple[int, str, bytes]:
        address = urlsplit(request.url or "")
        path = unquote(address.path)
        # A long-lived process must not stay on the day it was started.
        today = self.today or datetime.now(tz=UTC).date()
        if request.method not in {"GET", "HEAD"}:
            raise NotFoundError
        if path.startswith(IMAGES):
            size, _, file = path.removeprefix(IMAGES).partition("/")
            body, content_type = pictures.picture(self.holdings, today, size, file)
            return 200, content_type, body
        if not path.startswith(API):
            raise NotFoundError
        ask = Ask(self.holdings, today, dict(parse_qsl(address.query)))
        return 200, JSON, _json(routes.answer(ask, path.removeprefix(API).rstrip("/")))


def _json(answer: object) -> bytes:
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _response(
    request: requests.PreparedRequest, status: int, content_type: str, body: bytes
) -> requests.Response:
    response = requests.Response()
    response.status_code = status
    response.reason = HTTPStatus(status).phrase
    response.headers = CaseInsensitiveDict(
        {"Content-Type": content_type, "Content-Length": str(len(body))}
    )
    response.encoding = "utf-8" if content_type == JSON else None
    response.raw = BytesIO(b"" if request.method == "HEAD" else body)
    response.url = request.url or ""
    response.request = request
    response.elapsed = timedelta()
    return response

"""A house whose accounts sign in elsewhere: OAuth 2 with PKCE and OpenID Connect, over HTTP."""

import base64
import hashlib
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT_ID, SECRET = "cinehub", "sesame"

Answer = tuple[int, dict[str, Any]]


@dataclass
class House:
    """Who is at its browser, and what goes wrong."""

    person: dict[str, Any] = field(
        default_factory=lambda: {
            "sub": "7",
            "email": "ann@example.org",
            "email_verified": True,
            "preferred_username": "ann",
            "name": "Ann Example",
        }
    )
    # What the person is sent back with instead of a code, such as access_denied.
    error: str = ""
    # A part of it that answers nothing but 500, and one that never answers.
    broken: str = ""
    hanging: str = ""
    # What is answered there instead of what should be.
    nonsense: dict[str, Any] = field(default_factory=dict)
    # What it has heard: of each authorization its query, of each token its form and its status.
    asked: list[dict[str, str]] = field(default_factory=list)
    exchanged: list[tuple[dict[str, str], int]] = field(default_factory=list)
    address: str = ""
    _codes: dict[str, dict[str, str]] = field(default_factory=dict)
    _tokens: set[str] = field(default_factory=set)
    over: threading.Event = field(default_factory=threading.Event)

    def configuration(self) -> Answer:
        return 200, {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/jwks",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Where the person, who agrees at once, is sent back to."""
        self.asked.append(query)
        told = {"state": query.get("state", "")}
        if self.error:
            told["error"] = self.error
        else:
            told["code"] = code = secrets.token_urlsafe()
            self._codes[code] = query
        return f"{query['redirect_uri']}?{urlencode(told)}"

    def token(self, form: dict[str, str]) -> Answer:
        status, answer = self._exchange(form)
        self.exchanged.append((form, status))
        return status, answer

    def _exchange(self, form: dict[str, str]) -> Answer:
        # A code is good for once.
        asked = self._codes.pop(form.get("code", ""), None)
        if asked is None or form.get("redirect_uri") != asked["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        if (form.get("client_id"), form.get("client_secret")) != (CLIENT_ID, SECRET):
            return 401, {"error": "invalid_client"}
        if asked.get("code_challenge_method") != "S256":
            return 400, {"error": "invalid_request"}
        if challenge(form.get("code_verifier", "")) != asked["code_challenge"]:
            return 400, {"error": "invalid_grant", "error_description": "wrong verifier"}
        token = secrets.token_urlsafe()
        self._tokens.add(token)
        return 200, {"access_token": token, "token_type": "Bearer", "expires_in": 60}

    def userinfo(self, authorization: str) -> Answer:
        if authorization.removeprefix("Bearer ") not in self._tokens:
            return 401, {"error": "invalid_token"}
        return 200, self.person


def challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@contextmanager
def open_house(house: House) -> Iterator[House]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(house))
    server.daemon_threads = True
    house.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield house
    finally:
        house.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(house: House) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlsplit(self.path)
            if url.path.endswith("openid-configuration"):
                self.answer("configuration", house.configuration)
            elif url.path == "/authorize":
                query = {name: values[0] for name, values in parse_qs(url.query).items()}
                self.send_response(302)
                self.send_header("Location", house.authorize(query))
                self.end_headers()
            else:
                self.answer("userinfo", house.userinfo, self.headers.get("Authorization", ""))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self.answer("token", house.token, {k: v[0] for k, v in parse_qs(body).items()})

        def answer(self, part: str, make: Any, *about: Any) -> None:
            if house.hanging == part:
                # Until whoever asked has long gone.
                house.over.wait(10)
                return
            status, told = (500, {}) if house.broken == part else make(*about)
            body = json.dumps(house.nonsense.get(part, told)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: Any) -> None:
            """Nobody reads it."""

    return Handler


def nobody_there() -> str:
    """An address of this machine where nobody listens."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    address = f"http://127.0.0.1:{server.server_port}"
    server.server_close()
    return address

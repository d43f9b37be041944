"""Pages that show what happens elsewhere: a whole installation, with a web server and a worker."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import GREY

pytestmark = pytest.mark.browser

STAFF, PASSWORD = "keeper", "a long enough word for it"
WAITS = "Details have not arrived yet|TMDB can't be reached just now"
NOW = "This page is up to date now."
# Nobody is there: what a page cannot get from TMDB, it waits for.
UNREACHABLE = {"TMDB_API_KEY": "key", "TMDB_BASE_URL": "http://127.0.0.1:1/3"}
WORKER = "celery --quiet --app cinehub worker --pool threads --concurrency 2 --queues"
QUEUES = "interactive,mail,refresh,images,bulk"
# A busy machine may take its time to start a process.
START_SECONDS = 120


class House:
    """An installation of its own, on what is built in: SQLite, files, and the sample."""

    def __init__(self, folder: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        ours = ("DJANGO", "TMDB", "DATABASE", "REDIS", "PYTEST", "PROMETHEUS", "SITE", "ALLOWED")
        self.environment = {
            name: value for name, value in os.environ.items() if not name.startswith(ours)
        } | {
            "DATA_DIR": str(folder),
            "PORT": str(self.port),
            "SECRET_KEY": "a secret of the tests, and of nothing else in the world",
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "TMDB_TOKEN": "",
            "TMDB_API_KEY": "",
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            # Styles and scripts as they lie there, not gathered first.
            "DEBUG": "on",
            "DJANGO_SUPERUSER_PASSWORD": PASSWORD,
        }
        self.running: list[subprocess.Popen[bytes]] = []

    def manage(self, *words: str) -> None:
        command = [sys.executable, "manage.py", *words]
        subprocess.run(command, env=self.environment, check=True, stdout=subprocess.DEVNULL)

    def run(self, code: str) -> None:
        self.manage("shell", "--no-imports", "--command", code)

    def start(self, *words: str, **environment: str) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(
            [sys.executable, "-m", *words],
            env=self.environment | environment,
            stdout=subprocess.DEVNULL,
        )
        self.running.append(started)
        return started

    def serve(self) -> subprocess.Popen[bytes]:
        server = self.start(
            "gunicorn", "-c", "python:cinehub.gunicorn", "cinehub.asgi", **UNREACHABLE
        )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if not probe.connect_ex(("127.0.0.1", self.port)):
                    return server
            time.sleep(0.1)
        raise AssertionError("The server does not answer")

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        process.terminate()
        process.wait(timeout=30)
        self.running.remove(process)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    built = House(tmp_path_factory.mktemp("house"))
    built.manage("migrate")
    built.manage("createsuperuser", "--noinput", "--username", STAFF, "--email", "k@example.org")
    built.run(
        "from catalog.models import Title\n"
        "from cinehub.work import schedule\n"
        "schedule.set_up()\n"
        "for n, name in ((603, 'The Matrix'), (680, 'Pulp Fiction'), (238, 'The Godfather')):\n"
        "    Title.objects.create(kind='movie', tmdb_id=n, name=name, year=1999)"
    )
    yield built
    for process in list(built.running):
        built.stop(process)


@pytest.fixture(scope="module")
def server(house: House) -> subprocess.Popen[bytes]:
    return house.serve()


class Visit:
    """One browser, which remembers what its console said and that it was not loaded again."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.troubles: list[str] = []
        context.on("console", lambda told: self.heard(told.type, told.text))
        context.on("weberror", lambda error: self.troubles.append(str(error.error)))

    def heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.troubles.append(text)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.set_default_timeout(30_000)
        page.goto(path)
        page.evaluate("window.sameAsBefore = true")
        return page


def was_not_loaded_again(page: Page) -> bool:
    return bool(page.evaluate("window.sameAsBefore === true"))


@pytest.fixture
def visit(browser: Browser, house: House, server: object) -> Iterator[Visit]:
    context = browser.new_context(base_url=house.url, reduced_motion="reduce")
    # There is nobody to ask for pictures.
    context.route("**/picture/**", lambda route: route.fulfill(body=GREY))
    yield Visit(context)
    context.close()


def sign_in(visit: Visit) -> None:
    page = visit.open("/sign-in?next=/admin/")
    page.get_by_label("E-mail, username or phone").fill(STAFF)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/admin/")
    page.close()


def open_connected(visit: Visit, path: str) -> Page:
    page = visit.context.new_page()
    page.set_default_timeout(30_000)
    with page.expect_websocket() as opened:
        page.goto(path)
    opened.value.wait_for_event("framereceived")
    page.evaluate("window.sameAsBefore = true")
    return page


def test_a_sync_started_in_one_tab_shows_in_another(house: House, visit: Visit) -> None:
    sign_in(visit)
    watching = open_connected(visit, "/admin/")
    runs = watching.locator("[data-live=runs]")
    expect(runs).to_contain_text("No run yet")
    worker = house.start(*WORKER.split(), QUEUES)

    acting = visit.open("/admin/")
    acting.get_by_role("button", name=re.compile("Run now.*Charts")).click()

    expect(runs).to_contain_text("charts", timeout=START_SECONDS * 1000)
    expect(runs.locator(".badge")).to_have_text("Done", timeout=30_000)
    assert was_not_loaded_again(watching)
    assert visit.troubles == []
    house.stop(worker)


def test_a_title_that_waits_for_its_details_fills_itself_in(house: House, visit: Visit) -> None:
    page = open_connected(visit, "/movie/603-the-matrix")
    note = page.locator(".title-main .note")
    expect(note).to_contain_text(re.compile(WAITS))
    expect(page.get_by_role("heading", name="Cast")).to_have_count(0)
    page.locator("a[href='/about']").last.focus()

    house.manage("sync", "title", "movie", "603")
    expect(page.get_by_role("heading", name="Cast")).to_be_visible(timeout=10_000)

    expect(note).to_contain_text(NOW)
    expect(page.get_by_role("status").filter(has_text=NOW)).to_have_count(1)
    expect(page.locator("a[href='/about']").last).to_be_focused()
    assert was_not_loaded_again(page)
    assert visit.troubles == []


def test_the_bell_rings_while_a_page_is_open(house: House, visit: Visit) -> None:
    sign_in(visit)
    page = open_connected(visit, "/about")
    bell, title = page.locator("#bell"), page.title()
    expect(bell).to_have_accessible_name("Notifications")
    bell.focus()

    house.run(
        "from accounts.models import Kind, User\n"
        "from accounts.notifying import notify\n"
        f"keeper = User.objects.get(username='{STAFF}')\n"
        "notify(recipient=keeper, actor=None, kind=Kind.LIKE, text='Somebody likes it.', url='/')"
    )

    expect(bell).to_have_accessible_name("Notifications, 1 unread", timeout=10_000)
    expect(bell).to_be_focused()
    assert page.title() == title
    assert was_not_loaded_again(page)
    assert visit.troubles == []


def test_without_a_socket_a_page_asks_now_and_then(house: House, visit: Visit) -> None:
    visit.context.route_web_socket("**/ws/**", lambda socket: socket.close(code=4429))
    page = visit.open("/movie/680-pulp-fiction")
    expect(page.locator(".title-main .note")).to_contain_text(re.compile(WAITS))

    house.manage("sync", "title", "movie", "680")

    expect(page.get_by_role("heading", name="Cast")).to_be_visible(timeout=15_000)
    assert was_not_loaded_again(page)


def test_a_page_comes_back_when_the_server_does(house: House, visit: Visit) -> None:
    page = open_connected(visit, "/movie/238-the-godfather")
    server = house.running[0]

    heard: list[object] = []
    page.on("websocket", lambda one: one.on("framereceived", lambda said: heard.append(said)))
    house.stop(server)
    house.serve()
    deadline = time.monotonic() + START_SECONDS
    while not heard and time.monotonic() < deadline:
        page.wait_for_timeout(100)
    assert heard
    house.manage("sync", "title", "movie", "238")

    expect(page.get_by_role("heading", name="Cast")).to_be_visible(timeout=10_000)
    assert was_not_loaded_again(page)

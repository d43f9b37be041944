"""How gunicorn serves CineHub (`gunicorn -c python:cinehub.gunicorn cinehub.asgi`)."""

import signal
import sys
from typing import Any

from django.conf import settings

from cinehub.kit import env
from cinehub.kit.leftovers import forget_counts

host = env.text("HOST", "127.0.0.1")
port = env.number("PORT", 8000, least=1, most=65535)
bind = f"{host}:{port}"
workers = env.number("WEB_PROCESSES", 1, least=1, most=1000)
# Sockets are its own, pages go to WEB_THREADS threads (cinehub/asgi.py).
worker_class = "asgi"
# Read here, too: a bad one stops the start with one sentence.
web_threads = env.number("WEB_THREADS", 8, least=1, most=1000)
asgi_lifespan = "off"
# Bytes: a page says what it can't make sense of, and gunicorn would have refused at a quarter.
limit_request_line = 16 * 1024
# All that a page has to say is that it is still there.
websocket_max_message_size = 1024
# The application is loaded before the address is announced: the first visitor waits for nothing.
preload_app = True
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True


def on_starting(server: Any) -> None:
    forget_counts(settings.METRICS_DIR)


def when_ready(server: Any) -> None:
    sys.stdout.write(f"\n  CineHub is at {settings.SITE_URL}/  (Ctrl-C ends it)\n\n")
    sys.stdout.flush()


def post_worker_init(worker: Any) -> None:
    """Open sockets are told at once that the server ends; it would wait for them."""

    def end() -> None:
        worker.loop.create_task(worker.asgi.close_sockets())
        worker.handle_exit_signal()

    worker.loop.add_signal_handler(signal.SIGTERM, end)

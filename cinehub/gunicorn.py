"""How gunicorn serves CineHub (`gunicorn -c python:cinehub.gunicorn cinehub.wsgi`)."""

import sys
from typing import Any

from cinehub.kit import env

host = env.text("HOST", "127.0.0.1")
port = env.number("PORT", 8000, least=1, most=65535)
bind = f"{host}:{port}"
workers = env.number("WEB_PROCESSES", 1, least=1, most=1000)
worker_class = "gthread"
threads = env.number("WEB_THREADS", 8, least=1, most=1000)
# The application is loaded before the address is announced: the first visitor waits for nothing.
preload_app = True
graceful_timeout = 5
loglevel = "warning"
control_socket_disable = True


def when_ready(server: Any) -> None:
    address = env.url("SITE_URL", f"http://{host}:{port}")
    sys.stdout.write(f"\n  CineHub is at {address}/  (Ctrl-C ends it)\n\n")
    sys.stdout.flush()

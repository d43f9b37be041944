"""How gunicorn serves CineHub (`gunicorn -c python:cinehub.gunicorn cinehub.wsgi`)."""

import os
import sys
from typing import Any

host = os.environ.get("HOST") or "127.0.0.1"
port = os.environ.get("PORT") or "8000"
bind = f"{host}:{port}"
workers = int(os.environ.get("WEB_PROCESSES") or 1)
worker_class = "gthread"
threads = int(os.environ.get("WEB_THREADS") or 8)
# The application is loaded before the address is announced: the first visitor waits for nothing.
preload_app = True
graceful_timeout = 5
control_socket_disable = True


def when_ready(server: Any) -> None:
    address = os.environ.get("SITE_URL") or f"http://{host}:{port}"
    sys.stdout.write(f"\n  CineHub is at {address}/  (Ctrl-C ends it)\n\n")
    sys.stdout.flush()

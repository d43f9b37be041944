"""CineHub: find something to watch, keep track of it, and say what you thought."""

from pathlib import Path

from dotenv import load_dotenv

# Before anything reads the environment: the settings, and gunicorn's, which come without Django.
load_dotenv(Path(__file__).resolve().parent.parent / ".env")

# Loaded with Django, so that tasks know their application in every process.
from cinehub.celery import app as celery  # noqa: E402

__all__ = ["celery"]

"""CineHub: find something to watch, keep track of it, and say what you thought."""

# Loaded with Django, so that tasks know their application in every process.
from cinehub.celery import app as celery

__all__ = ["celery"]

"""Viewings, progress, what is next, and the calendar of it."""

from django.urls import URLPattern

from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>

urlpatterns: list[URLPattern] = []

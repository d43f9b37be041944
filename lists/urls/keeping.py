"""Watchlist, favourites, and members' own lists."""

from django.urls import URLPattern

from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>

urlpatterns: list[URLPattern] = []

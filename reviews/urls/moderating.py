"""Reports, and what moderators do about them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []

"""The site on one screen."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path, re_path
from django.views.generic import RedirectView, TemplateView

from accounts.urls.members import AT
from catalog import sitemaps
from cinehub import dashboard, health, member, metrics, pages
from cinehub.feed import views as feed
from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>
from cinehub.kit.api import NotHere
from cinehub.statistics import views as statistics
from cinehub.undo import undo

# The admin has no door of its own: there is one, with its limits and second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("", pages.home, name="home"),
    path("<kind:kind>/<ref:ref>", pages.title, name="title"),
    path(AT, member.profile, name="member"),
    path("feed", feed.feed, name="feed"),
    path("theme", pages.choose_theme, name="theme"),
    path("language", pages.choose_language, name="language"),
    path("settings/data/download", pages.download_data, name="data-download"),
    path("undo/<uuid:key>", undo, name="undo"),
    path("about", TemplateView.as_view(template_name="about.html"), name="about"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.chunk, name="sitemap-chunk"),
    path(
        "robots.txt",
        TemplateView.as_view(template_name="robots.txt", content_type="text/plain"),
        name="robots",
    ),
    path("api/v1/", include(("cinehub.api.urls", "api"))),
    re_path("^api/", NotHere.as_view(), name="api-nowhere"),
    path("", include("catalog.urls")),
    path("", include("accounts.urls.doors")),
    path("", include("accounts.urls.safety")),
    path("", include("accounts.urls.members")),
    path("", include("accounts.urls.oauth")),
    path("", include("lists.urls")),
    path("", include("reviews.urls")),
    path("@<username:username>/stats", statistics.stats, name="stats"),
    path("@<username:username>/year/<number:year>", statistics.year, name="year"),
    path("health/", health.everything, name="health"),
    path("health/<slug:name>", health.one, name="health-one"),
    path("metrics", metrics.metrics, name="metrics"),
    path("admin/", dashboard.index, name="dashboard"),
    path("admin/dashboard/<slug:name>", dashboard.part, name="dashboard-part"),
    path("admin/dashboard/run/<int:pk>", dashboard.run, name="dashboard-run"),
    path(
        "admin/password_change/",
        RedirectView.as_view(pattern_name="account_change_password"),
        name="dashboard-password",
    ),
    path("admin/", admin.site.urls),
]

handler400 = "cinehub.kit.refusing.unreadable"
handler500 = "cinehub.kit.refusing.failed"
handler403 = "cinehub.kit.refusing.refused"
# allauth asks for it where somebody comes too often.
handler429 = "cinehub.kit.refusing.too_many"

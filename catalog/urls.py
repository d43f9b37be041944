from django.urls import path, re_path

from catalog import views

app_name = "catalog"
urlpatterns = [
    path("search", views.search, name="search"),
    re_path(r"^charts/(?P<kind>movie|tv)/(?P<slug>[a-z-]+)$", views.chart, name="chart"),
    path("picture/<str:size>/<str:name>", views.picture, name="picture"),
]

from django.urls import path

from catalog import feeds
from catalog.views import calendar, charts, discover, people, pictures, search, seasons, titles
from cinehub.kit import addresses as addresses  # <kind:kind>, <ref:ref>

app_name = "catalog"
urlpatterns = [
    path("discover/<kind:kind>", discover.discover, name="discover"),
    path("discover/names/<slug:field>", discover.suggest, name="names"),
    path("genre/<ref:ref>", discover.term, {"field": "genre"}, name="genre"),
    path("keyword/<ref:ref>", discover.term, {"field": "keyword"}, name="keyword"),
    path("company/<ref:ref>", discover.term, {"field": "company"}, name="company"),
    path("network/<ref:ref>", discover.term, {"field": "network"}, name="network"),
    path("country/<country:code>", discover.country, name="country"),
    path("charts/<kind:kind>/<slug:slug>", charts.chart, name="chart"),
    path("charts/<kind:kind>/<slug:slug>/rss", feeds.chart_rss, name="chart-rss"),
    path("charts/<kind:kind>/<slug:slug>/atom", feeds.chart_atom, name="chart-atom"),
    path("calendar", calendar.calendar, name="calendar"),
    path("calendar/rss", feeds.calendar_rss, name="calendar-rss"),
    path("calendar/atom", feeds.calendar_atom, name="calendar-atom"),
    path("search", search.search, name="search"),
    path("search/suggest", search.suggest, name="suggest"),
    path("search/further", search.further, name="further"),
    path("<kind:kind>/<ref:ref>/credits", titles.credits, name="credits"),
    path("<kind:kind>/<ref:ref>/images", titles.images, name="images"),
    path("<kind:kind>/<ref:ref>/releases", titles.releases, name="releases"),
    path("<kind:kind>/<ref:ref>/refresh", titles.refresh, name="refresh"),
    path("tv/<ref:ref>/season/<number:number>", seasons.season, name="season"),
    path(
        "tv/<ref:ref>/season/<number:season>/episode/<number:number>",
        seasons.episode,
        name="episode",
    ),
    path("person/<ref:ref>", people.person, name="person"),
    path("collection/<ref:ref>", people.collection, name="collection"),
    path("picture/<str:size>/<str:name>", pictures.picture, name="picture"),
]

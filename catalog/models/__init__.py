"""Films and shows, the people who make them, where to watch them, and how fresh all that is."""

from catalog.models.charts import Chart, ChartEntry
from catalog.models.credits import Credit, EpisodeCredit
from catalog.models.details import (
    AlternativeTitle,
    Image,
    Link,
    Translation,
    Video,
)
from catalog.models.errands import ChangesCursor, Errand, Urgency
from catalog.models.facets import Facets
from catalog.models.names import Name
from catalog.models.offers import Offer, Provider
from catalog.models.people import Person
from catalog.models.pictures import Picture, PictureFile
from catalog.models.releases import Certification, ReleaseDate
from catalog.models.runs import SyncRun
from catalog.models.seasons import Episode, Season
from catalog.models.terms import Collection, Company, Country, Genre, Keyword, Language, Network
from catalog.models.title import Kind, Title

__all__ = [
    "AlternativeTitle",
    "Certification",
    "ChangesCursor",
    "Chart",
    "ChartEntry",
    "Collection",
    "Company",
    "Country",
    "Credit",
    "Episode",
    "EpisodeCredit",
    "Errand",
    "Facets",
    "Genre",
    "Image",
    "Keyword",
    "Kind",
    "Language",
    "Link",
    "Name",
    "Network",
    "Offer",
    "Person",
    "Picture",
    "PictureFile",
    "Provider",
    "ReleaseDate",
    "Season",
    "SyncRun",
    "Title",
    "Translation",
    "Urgency",
    "Video",
]

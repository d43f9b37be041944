"""What TMDB says, as frozen dataclasses. Their fields bear the names of the model's."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Term:
    """A genre or a keyword."""

    tmdb_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Maker:
    """A company or a network."""

    tmdb_id: int
    name: str
    logo_path: str
    country_id: str | None


@dataclass(frozen=True, slots=True)
class CountryFacts:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    code: str
    name: str
    native_name: str


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    tmdb_id: int
    name: str
    logo_path: str
    priority: int


@dataclass(frozen=True, slots=True)
class TitleStub:
    """A title as it stands in lists."""

    kind: str
    tmdb_id: int
    name: str
    original_name: str
    overview: str
    poster_path: str
    backdrop_path: str
    release_date: date | None
    popularity: float
    vote_average: float
    vote_count: int
    adult: bool
    original_language_id: str | None
    genre_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    titles: tuple[TitleStub, ...]
    number: int
    last: int


@dataclass(frozen=True, slots=True)
class CollectionStub:
    tmdb_id: int
    name: str
    poster_path: str
    backdrop_path: str


@dataclass(frozen=True, slots=True)
class CollectionFacts:
    tmdb_id: int
    name: str
    overview: str
    poster_path: str
    backdrop_path: str
    parts: tuple[TitleStub, ...]


@dataclass(frozen=True, slots=True)
class PersonStub:
    """A person as they stand in credits."""

    tmdb_id: int
    name: str
    gender: int
    known_for: str
    profile_path: str
    popularity: float
    adult: bool


@dataclass(frozen=True, slots=True)
class Changed:
    """A page of the ids of what has changed, the latest first."""

    ids: tuple[int, ...]
    last: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a search over all kinds has found."""

    titles: tuple[TitleStub, ...]
    people: tuple[PersonStub, ...]


@dataclass(frozen=True, slots=True)
class PersonFacts:
    tmdb_id: int
    name: str
    also_known_as: tuple[str, ...]
    gender: int
    known_for: str
    biography: str
    birthday: date | None
    deathday: date | None
    place_of_birth: str
    homepage: str
    profile_path: str
    popularity: float
    adult: bool
    imdb_id: str
    wikidata_id: str


@dataclass(frozen=True, slots=True)
class CreditFacts:
    person: PersonStub
    tmdb_id: str
    department: str
    job: str
    character: str
    position: int
    episode_count: int | None


@dataclass(frozen=True, slots=True)
class VideoFacts:
    tmdb_id: str
    site: str
    key: str
    name: str
    type: str
    language: str
    official: bool
    size: int
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class ImageFacts:
    kind: str
    path: str
    language: str
    width: int
    height: int
    vote_average: float
    vote_count: int


@dataclass(frozen=True, slots=True)
class ReleaseFacts:
    country: str
    type: int
    date: date
    note: str
    certification: str


@dataclass(frozen=True, slots=True)
class CertificationFacts:
    country: str
    code: str


@dataclass(frozen=True, slots=True)
class OfferFacts:
    provider: ProviderFacts
    country: str
    kind: str
    position: int


@dataclass(frozen=True, slots=True)
class AlternativeFacts:
    country: str
    name: str
    type: str


@dataclass(frozen=True, slots=True)
class TranslationFacts:
    language: str
    country: str
    name: str
    overview: str
    tagline: str


@dataclass(frozen=True, slots=True)
class LinkFacts:
    kind: str
    rank: int
    to: TitleStub


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    tmdb_id: int
    number: int
    name: str
    overview: str
    still_path: str
    air_date: date | None
    runtime: int | None
    type: str
    vote_average: float
    vote_count: int
    credits: tuple[CreditFacts, ...]


@dataclass(frozen=True, slots=True)
class SeasonFacts:
    """`episodes` is None where TMDB gave only the season's headline."""

    number: int
    tmdb_id: int
    name: str
    overview: str
    poster_path: str
    air_date: date | None
    episode_count: int
    vote_average: float
    episodes: tuple[EpisodeFacts, ...] | None


@dataclass(frozen=True, slots=True)
class TitleFacts:
    kind: str
    tmdb_id: int
    name: str
    original_name: str
    tagline: str
    overview: str
    homepage: str
    poster_path: str
    backdrop_path: str
    status: str
    type: str
    release_date: date | None
    last_air_date: date | None
    runtime: int | None
    season_count: int
    episode_count: int
    budget: int
    revenue: int
    adult: bool
    popularity: float
    vote_average: float
    vote_count: int
    imdb_id: str
    tvdb_id: int | None
    wikidata_id: str
    original_language_id: str | None
    collection: CollectionStub | None
    genres: tuple[Term, ...]
    keywords: tuple[Term, ...]
    companies: tuple[Maker, ...]
    networks: tuple[Maker, ...]
    countries: tuple[CountryFacts, ...]
    languages: tuple[LanguageFacts, ...]
    credits: tuple[CreditFacts, ...]
    videos: tuple[VideoFacts, ...]
    images: tuple[ImageFacts, ...]
    release_dates: tuple[ReleaseFacts, ...]
    certifications: tuple[CertificationFacts, ...]
    offers: tuple[OfferFacts, ...]
    alternative_titles: tuple[AlternativeFacts, ...]
    translations: tuple[TranslationFacts, ...]
    links: tuple[LinkFacts, ...]
    # None where TMDB says nothing of them, which is not the same as none.
    seasons: tuple[SeasonFacts, ...] | None

"""What is asked, and how TMDB says no."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from catalog.tmdb.sample.holdings import Holdings

Json = dict[str, Any]
Record = TypeVar("Record")

LAST_PAGE = 500


class RefusalError(Exception):
    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.body: Json = {"success": False, "status_code": code, "status_message": message}


class NotFoundError(RefusalError):
    def __init__(self) -> None:
        super().__init__(404, 34, "The resource you requested could not be found.")


class BadPageError(RefusalError):
    def __init__(self) -> None:
        message = (
            "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer."
        )
        super().__init__(400, 22, message)


class BadParametersError(RefusalError):
    def __init__(self) -> None:
        super().__init__(422, 5, "Invalid parameters: Your request parameters are incorrect.")


@dataclass(frozen=True, slots=True)
class Ask:
    holdings: Holdings
    today: date
    params: Mapping[str, str]

    @property
    def language(self) -> str:
        return (self.params.get("language") or "en").partition("-")[0].lower()

    def english(self, text: str) -> str:
        """What the facts tell in English alone: TMDB has "" where a translation is missing."""
        return text if self.language == "en" else ""

    @property
    def page(self) -> int:
        page = self.params.get("page") or "1"
        if not (page.isascii() and page.isdigit() and 1 <= int(page) <= LAST_PAGE):
            raise BadPageError
        return int(page)

    @property
    def parts(self) -> tuple[str, ...]:
        asked = self.params.get("append_to_response") or ""
        return tuple(part.strip() for part in asked.split(",") if part.strip())


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def known(records: Mapping[int, Record], number: int) -> Record:
    if number not in records:
        raise NotFoundError
    return records[number]

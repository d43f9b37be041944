"""A brief, its colours and its seeded decisions, as every family of pictures uses them."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from .brief import Brief, choose, dice
from .emblems import emblem_name
from .palette import Look

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Plan:
    brief: Brief
    look: Look
    # What the motifs are seeded by: a title's own key, so that poster and backdrop agree.
    subject: str

    def pick(self, question: str, options: Sequence[Choice]) -> Choice:
        return choose(self.subject, question, options)

    def dice(self, question: str) -> Random:
        return dice(self.subject, question)

    @property
    def emblem(self) -> str:
        return emblem_name(self.brief, self.subject)

    def has(self, *genres: int) -> bool:
        return any(genre in self.brief.genres for genre in genres)

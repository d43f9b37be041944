"""What is to be drawn, and the seeded choices that make the same brief the same picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Brief:
    shape: str
    key: str
    name: str
    year: int | None
    genres: tuple[int, ...]
    credit: str

    @property
    def family_key(self) -> str:
        """An episode's key starts with its show's, so that its stills share one palette."""
        return "-".join(self.key.split("-")[:2])


def dice(key: str, question: str) -> Random:
    """One independent, machine-independent source per question, whatever the order they come in.

    A poster and its backdrop ask the same questions, and so agree on palette and motif.
    """
    return Random(f"{key}/{question}")


def choose(key: str, question: str, options: Sequence[Choice]) -> Choice:
    return dice(key, question).choice(options)

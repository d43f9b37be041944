"""For whom TMDB is asked: who goes before whom, within a second and within a day."""

import enum


class Lane(enum.IntEnum):
    """The least urgent first."""

    AGE = 0
    CHANGED = 1
    TRACKED = 2
    CHART = 3
    READER = 4

    @property
    def share(self) -> int:
        """How many per cent of the day's budget may be spent, by all together, before it stops."""
        return (60, 75, 85, 95, 100)[self]

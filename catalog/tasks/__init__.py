"""What workers do for the catalogue."""

from catalog.tasks.pictures import (
    finish_picture,
    mirror_ahead,
    mirror_titles,
    tidy_pictures,
    use_pictures,
)
from catalog.tasks.titles import (
    compare_exports,
    gather_due,
    read_changes,
    refresh_charts,
    refresh_collection,
    refresh_person,
    refresh_popular,
    refresh_terms,
    refresh_title,
    run_errands,
    tidy_runs,
    track_titles,
)

__all__ = [
    "compare_exports",
    "finish_picture",
    "gather_due",
    "mirror_ahead",
    "mirror_titles",
    "read_changes",
    "refresh_charts",
    "refresh_collection",
    "refresh_person",
    "refresh_popular",
    "refresh_terms",
    "refresh_title",
    "run_errands",
    "tidy_pictures",
    "tidy_runs",
    "track_titles",
    "use_pictures",
]

"""The catalogue in the admin: what an editor sees and steers."""

from catalog.admin import errands, people, pictures, runs, terms, titles

__all__ = ["errands", "people", "pictures", "runs", "terms", "titles"]

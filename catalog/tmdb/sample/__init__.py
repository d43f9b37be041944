from catalog.tmdb.sample.adapter import SampleAdapter

__all__ = ["SampleAdapter"]

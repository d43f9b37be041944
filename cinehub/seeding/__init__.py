"""Members with much on record, to try the site with: invented ones, and MovieLens's."""

"""The catalogue for programs: what its pages show, as data."""

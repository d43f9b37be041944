"""What members think, for programs: what its pages show and do, as data."""

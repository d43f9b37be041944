"""Lists, history and progress for programs: the same rules as on the pages."""

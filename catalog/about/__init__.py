"""All that the pages of a title tell: one query for each table, however much hangs on the title."""

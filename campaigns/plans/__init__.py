"""A campaign plan as a file: read, compared, applied, written out again."""

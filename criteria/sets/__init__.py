"""A set of criteria as a YAML file: read, compared, applied, written out again."""

"""Files that people write in YAML: declared as classes, read with every fault and its line,
written in one canonical form."""

"""Pages of blocks and clusters: their score sheets, from the first field to the ranking."""

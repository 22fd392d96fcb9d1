"""One campaign, chapter by chapter, as the people of a province walk it."""

"""Pages of campaigns: the list, one campaign, its units, and plans as files."""

"""Lists of what a campaign holds."""

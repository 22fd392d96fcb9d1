"""Forms of what a campaign holds."""

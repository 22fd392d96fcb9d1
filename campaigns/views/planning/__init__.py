"""Pages on which a campaign's plan is handed in or written."""

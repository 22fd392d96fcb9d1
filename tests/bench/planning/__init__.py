"""Parts of the bench of plans."""

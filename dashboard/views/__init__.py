"""Pages that look at everything: the leaders' dashboard, its lists, the search."""

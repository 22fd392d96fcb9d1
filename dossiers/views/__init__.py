"""Pages of dossiers: the unit, the officers, the first page of everybody."""

"""Acts on dossiers that are more than one step."""

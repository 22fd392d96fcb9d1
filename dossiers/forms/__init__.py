"""What may be typed into dossiers."""

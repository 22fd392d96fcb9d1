"""What may be typed about the rule book."""

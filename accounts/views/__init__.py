"""Pages about units, people, users, the inbox and the demo's day."""

"""What the commands in script/ do. Only the standard library, since a fresh machine has no more."""

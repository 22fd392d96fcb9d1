"""Every component on one page, filled, empty and with errors: for tests and for the eye."""

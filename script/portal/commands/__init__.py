"""One module a command: its docstring is its --help, its main() the command."""

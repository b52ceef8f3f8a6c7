"""State in a module: it lives as long as the interpreter does."""

entries: list[str] = []

"""On the developer's machine: the CLI, dev server, resolver, runtime store and build."""

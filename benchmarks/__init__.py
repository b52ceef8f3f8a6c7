"""Our rendering and reactivity beside those of others, measured in the same run."""

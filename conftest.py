"""Registers the plugin also where the package is on the path but not installed."""

import signal

pytest_plugins = ["pyodide_app.testing.plugin"]

# What a shell starts in the background ignores Ctrl-C, and so does all that it starts; but our tests send it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

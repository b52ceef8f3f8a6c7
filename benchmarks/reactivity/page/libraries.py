"""The libraries, each with the same few operations.

Reading and writing are given as source, in the library's own spelling: X is the signal or computed, V the
value. `spelling` puts it into the graphs, so that nobody pays for an adapter's extra call.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager, nullcontext


class Library:
    """What a graph is made with.

    signal(value), computed(fn, *sources), effect(fn, *sources) and batch(). Only a library without tracking
    looks at the sources.
    """

    read = "X.value"  # a signal
    get = "X.value"  # a computed
    put = "X.value = V"  # inside a batch
    write = "X.value = V"  # outside: afterwards the effects have run
    names: dict[str, object] = {}  # what these need
    hopeless: tuple[str, ...] = ()  # graphs that take longer than anybody waits

    signal: Callable
    computed: Callable
    effect: Callable
    batch: Callable[[], AbstractContextManager[None]]


class Ours(Library):
    def __init__(self):
        from pyodide_app.bridge.reactivity import Signal, batch, computed, effect

        self.signal = Signal
        self.computed = lambda fn, *_: computed(fn)
        self.effect = lambda fn, *_: effect(fn)
        self.batch = batch


class Reaktiv(Library):
    """With its locks off, which is faster; an effect lives as long as somebody holds it.

    Where layers are linked many times over, its checks go down every path, so that their time grows
    exponentially with the layers.
    """

    hopeless = ("cellx", "dynamic component", "large web app", "large web app, effects", "very dynamic")
    read = get = "X()"
    put = write = "X.set(V)"

    def __init__(self):
        from reaktiv import Computed, Effect, Signal, batch, set_thread_safety

        set_thread_safety(False)
        self.signal = Signal
        self.computed = lambda fn, *_: Computed(fn)
        self.effect = lambda fn, *_: Effect(fn)
        self.batch = batch


class Signified(Library):
    """Is told its sources instead of tracking them, computes at once, and knows neither effects nor batches.

    A change goes down every path to a node, so that its time grows exponentially with the layers.
    """

    hopeless = (
        "cellx",
        "batch",
        "dynamic component",
        "large web app",
        "large web app, effects",
        "wide dense",
        "deep",
        "very dynamic",
    )

    def __init__(self):
        from signified import Computed, Signal

        self.signal = Signal
        self.computed = lambda fn, *sources: Computed(fn, sources)
        self.effect = self.computed
        self.batch = nullcontext


class Wybthon(Library):
    """Writes are staged until a flush; in production mode."""

    read = get = "X()"
    put = "X.set(V)"
    write = "X.set(V)\nflush()"

    def __init__(self):
        import wybthon

        wybthon.set_dev_mode(False)
        self.names = {"flush": wybthon.flush}
        self.signal = lambda value: wybthon.create_signal(value)[0]
        self.computed = lambda fn, *_: wybthon.create_memo(fn)

        def effect(fn, *_):
            made = wybthon.create_tracked_effect(fn)
            wybthon.flush()
            return made

        @contextmanager
        def batch():
            yield
            wybthon.flush()

        self.effect = effect
        self.batch = batch


class Observ(Library):
    """A signal is a dict in a proxy; what changed is queued until a flush."""

    read = 'X["value"]'
    get = "X()"
    put = 'X["value"] = V'
    write = 'X["value"] = V\nflush()'

    def __init__(self):
        import observ

        scheduler = observ.scheduler
        scheduler.register_request_flush(lambda: None)
        self.names = {"flush": scheduler.flush}
        self.signal = observ.ref
        self.computed = lambda fn, *_: observ.computed(deep=False)(fn)
        self.effect = lambda fn, *_: observ.watch_effect(fn, deep=False)

        @contextmanager
        def batch():
            yield
            scheduler.flush()

        self.batch = batch


LIBRARIES = {
    "ours": Ours,
    "reaktiv": Reaktiv,
    "signified": Signified,
    "wybthon": Wybthon,
    "observ": Observ,
}

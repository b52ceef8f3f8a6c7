"""The reactive graph: signals, what is computed from them, and the effects that follow them.

    Signal  <--reads--  Computed  <--reads--  Effect
            --marks-->            --marks-->           (only where an effect is at the end of the line)

A write *pushes* a mark, values are *pulled*, so nobody ever sees a mixture of old and new:

1. Writing a signal stamps it with the next tick of the graph's clock and marks STALE all that depends on it.
   Stale effects are queued; nothing runs yet.
2. When the outermost write, batch or run ends, the queue is flushed. A stale node first brings its own
   sources up to date, in the order in which it read them, and runs only if one of them bears a newer stamp
   than its own last run. A computed that arrives at an equal value keeps its stamp, and stops the wave.
3. A run notes what it reads. Almost always that is what it read the last time; then comparing two lists is
   all the bookkeeping there is.

Sources hold their observers only where an effect is at the end of the line. A computed that no effect depends
on is held by nobody but its users: when read, it compares the clock and its sources' stamps with its own. If
it is read again it *follows* its sources: they know it by a weak reference, and mark it like the others.

Marking and updating use explicit stacks, so the graph's depth is no limit. Only a chain that is read for the
first time has to nest, as each function calls the next. Beyond `_NESTING` the innermost are abandoned, and
begun again when what they need is there.

That marks go down and stamps are compared on the way back is the idea of Reactively and of Preact signals.
"""

from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any, Final, Generic, Self, TypeVar, final, overload
from weakref import ref

from pyodide_app.bridge.reactivity._equality import same
from pyodide_app.bridge.reactivity._errors import CycleError, Failure, TooDeep, name_of

__all__ = ["Computed", "Effect", "Owner", "Signal", "Source", "Subscription"]

T = TypeVar("T")
Equal = Callable[[T, T], bool]

# A node's state. The order counts: whatever is below STALE has to be told of changes.
CLEAN: Final = 0
FAILED: Final = 1  # up to date, and its value is an exception
STALE: Final = 2  # something that it depends on may have changed
RUNNING: Final = 3  # its function runs, or it waits for a source
DISPOSED: Final = 4

_NEVER: Final = -1  # as a node's last tick: it must run whatever its sources say
_NESTING: Final = 60  # functions of computeds that may call one another for the first time
_ROUNDS: Final = 100  # of one flush, before it suspects a cycle; then runs of a single effect

_clock = 0  # ticks with every change
_reads: "list[Any] | None" = None  # what the running function has read; a number is a tick that it caused
_owner: "Owner | None" = None  # of what is made now
_depth = 0  # batches and runs that have begun and not ended: effects wait for the outermost
_nesting = 0  # computeds that run inside one another
_batch: "BatchLog | None" = None
_queue: "list[Effect]" = []
_urgent: "list[Effect]" = []  # selectors: they run right after the change, before anybody reads
_effects_made = 0
_graves: list[Any] = []  # what computeds held that are being freed
_NOBODY: "dict[Any, None]" = {}  # a source's observers before there are any: most never have one of their own
_NO_SOURCES: list[Any] = []  # a node's before its first run
_is_burying = False


class Source(Generic[T]):
    """What can be read: a value, the stamp of its last change, and who watches it."""

    __slots__ = ("__weakref__", "_equal", "_followers", "_observers", "_stamp", "_value")
    _lazy = False  # whether it must be brought up to date before its stamp says anything

    def __init__(self, value: T, equal: "Equal[T] | None" = None) -> None:
        self._value = value
        self._stamp = 0
        self._equal = equal
        self._observers: dict[Node, None] = _NOBODY
        self._followers: dict[Follower, None] | None = None

    @property
    def value(self) -> T:
        """The value. A computed or an effect that reads it depends on it."""
        self.track()
        return self._value

    def track(self) -> None:
        """Let the running function depend on this."""
        if _reads is not None:
            _reads.append(self)

    def changed(self, old: T) -> None:
        """Tell what depends on this that its value is no longer `old`."""
        global _clock
        _clock += 1
        self._stamp = _clock if _batch is None else _batch.stamp(self, old)
        if _reads is not None:
            _reads.append(_clock)
        if self._observers:
            _mark(self._observers)
            if _urgent:
                _settle_urgent()
        if self._followers:
            _mark(_alive(self._followers))
        if not _depth and _queue:
            flush()

    def observed(self) -> None:
        """Called before the first observer comes."""

    def unobserved(self) -> None:
        """Called when the last observer is gone."""

    def subscribe(self, callback: "Callable[[T], object]") -> "Subscription":
        """Call back with each new value from now on, until the subscription, or its owner, is closed.

        Like an effect's function, the callback is called at the end of a batch.
        """
        return Subscription(self, callback)

    def _same(self, one: T, other: T) -> bool:
        return same(one, other) if self._equal is None else self._equal(one, other)


class Signal(Source[T]):
    """A value that can be watched.

    Args:
        value: what it holds at first.
        equal: says of the old and a new value whether nothing has changed. By default that is so for the
            same object, and for an equal one of the same type.
    """

    __slots__ = ()

    @property
    def value(self) -> T:
        """The value. A computed or an effect that reads it depends on it."""
        if _reads is not None:
            _reads.append(self)
        return self._value

    @value.setter
    def value(self, new: T) -> None:
        old = self._value
        if self._equal is None:
            if new is old or same(old, new):
                return
        elif self._equal(old, new):
            return
        self._value = new
        self.changed(old)

    def peek(self) -> T:
        """The value, without depending on it."""
        return self._value

    def update(self, fn: "Callable[[T], T]") -> None:
        """Set the value to what a function makes of it."""
        self.value = fn(self._value)

    def __repr__(self) -> str:
        return f"<Signal {self._value!r}>"


class Owner:
    """Owns what is made while it is current, and disposes of it in reverse order."""

    __slots__ = ()
    _owned: "dict[Any, None] | None"  # whatever has dispose(), in the order in which it was made
    _owner: "Owner | None"

    def own(self, thing: Any) -> None:  # noqa: ANN401 - whatever has dispose()
        """Dispose of a thing together with this."""
        if self._owned is None:
            self._owned = {}  # type: ignore[misc]  # the subclasses have the slot
        self._owned[thing] = None

    def disown(self, thing: Any) -> None:  # noqa: ANN401
        """Forget a thing that was disposed of on its own."""
        if self._owned is not None:
            self._owned.pop(thing, None)

    def dispose_owned(self) -> None:
        """Dispose of all that this owns, last first.

        Raises:
            ExceptionGroup: what failed; it kept nothing else from being disposed of.
        """
        owned, self._owned = self._owned, None  # type: ignore[misc]
        errors: list[Exception] = []
        for thing in reversed(owned or ()):
            try:
                untracked(thing.dispose)
            except Exception as error:
                errors.append(error)
        if errors:
            raise ExceptionGroup("cleanups failed", errors)


class Cleanup:
    """Something to call when its owner is disposed of."""

    __slots__ = ("dispose",)

    def __init__(self, fn: "Callable[[], object]") -> None:
        self.dispose = fn


def current_owner() -> Owner | None:
    """Who owns what is made now."""
    return _owner


def set_owner(owner: Owner | None) -> Owner | None:
    """Let another own what is made from now on; returns who did so far."""
    global _owner
    previous, _owner = _owner, owner
    return previous


@final
class Follower(ref["Computed[Any]"]):
    """How sources know a computed that they do not hold."""

    __slots__ = ("sources",)
    sources: "list[Source[Any]]"

    def forget(self) -> None:
        """The computed is gone."""
        for source in self.sources:
            if source._followers:
                source._followers.pop(self, None)


def _nothing() -> Any:  # noqa: ANN401 - never called
    """Stands where a freed computed's function was."""


class Computed(Source[T], Owner):
    """A value computed from others: when it is needed, and only if they have changed."""

    __slots__ = (
        "_fn",
        "_follower",
        "_owned",
        "_owner",
        "_seen",
        "_set",
        "_sources",
        "_state",
        "_told",
        "_trace",
    )
    _lazy = True
    _queue: "list[Effect] | None" = None  # nothing runs it but its readers

    def __init__(
        self,
        fn: "Callable[[], T]",
        equal: "Equal[T] | None" = None,
        set: "Callable[[T], object] | None" = None,
    ) -> None:
        self._value = _UNKNOWN  # type: ignore[assignment]  # not seen before the first run
        self._stamp = 0
        self._equal = equal
        self._observers = _NOBODY
        self._followers = None
        self._follower: Follower | None = None
        self._told = False  # whether its sources mark it: it is observed, or follows them
        self._owned = self._owner = None
        self._fn = fn
        self._set = set
        self._state = STALE
        self._seen = _NEVER  # the tick at which it was last known to be up to date
        self._sources: list[Source[Any]] = _NO_SOURCES  # what the last run read, each once
        self._trace: list[Any] = self._sources  # the same in the order of reading, with repetitions

    @property
    def value(self) -> T:
        """The value, up to date. A computed or an effect that reads it depends on it.

        Raises:
            CycleError: its function needs this value itself.
            Exception: whatever its function raised.
        """
        if _reads is not None:
            _reads.append(self)
        if self._state or (self._seen != _clock and not self._told):
            _pull(self)
        return self._value

    @value.setter
    def value(self, new: T) -> None:
        if self._set is None:
            raise AttributeError(
                f"{name_of(self._fn)} is computed; to set it, make it with computed(…, set=…)"
            )
        self._set(new)

    def peek(self) -> T:
        """The value, up to date, without depending on it."""
        if self._state or (self._seen != _clock and not self._told):
            _pull(self)
        return self._value

    def observed(self) -> None:
        """Be told of changes from now on."""
        _link(self)

    def unobserved(self) -> None:
        """Let go of what it reads, which then does not hold it."""
        _unlink(self, self._sources)

    def _settle(self, value: T, failure: "Failure | None") -> None:
        old = self._value
        if failure is not None:
            self._state = FAILED
            self._value = failure  # type: ignore[assignment]  # readers raise it
        else:
            self._state = CLEAN
            if self._equal is None:
                if value is old or same(old, value):
                    return
            elif type(old) is not Failure and self._equal(old, value):
                return
            self._value = value
        self._stamp = _clock if _batch is None else _batch.stamp(self, old)

    def __del__(self) -> None:
        # A long chain, each link held by the next alone, is taken apart in a loop: freeing one inside the
        # other needs more stack than Pyodide has.
        global _is_burying
        _graves.append(self._fn)
        _graves.append(self._sources)
        _graves.append(self._trace)
        self._fn = _nothing
        self._sources = self._trace = _NO_SOURCES
        if not _is_burying:
            _is_burying = True
            while _graves:
                del _graves[-1]
            _is_burying = False

    def __repr__(self) -> str:
        return f"<computed {name_of(self._fn)}>"


class Effect(Owner):
    """A function that runs again whenever something that it has read changes.

    Args:
        fn: the function.
        queue: gets it when it is stale; whoever has the queue calls `update`. By default that is `flush`.
        owned: whether the current owner disposes of it.
    """

    __slots__ = (
        "__weakref__",
        "_fn",
        "_made",
        "_owned",
        "_owner",
        "_queue",
        "_seen",
        "_sources",
        "_state",
        "_trace",
    )
    _lazy = False

    def __init__(
        self, fn: "Callable[[], object]", queue: "list[Effect] | None" = None, *, owned: bool = True
    ) -> None:
        global _effects_made
        self._owned = None
        self._owner = _owner if owned else None
        if self._owner is not None:
            self._owner.own(self)
        _effects_made += 1
        self._made = _effects_made
        self._fn = fn
        self._queue = _queue if queue is None else queue
        self._state = STALE
        self._seen = _NEVER
        self._sources: list[Source[Any]] = _NO_SOURCES
        self._trace: list[Any] = _NO_SOURCES

    def start(self) -> None:
        """Run for the first time; if that fails, it is over."""
        try:
            run(self)
        except BaseException:
            self.dispose()
            raise
        finally:
            if not _depth and _queue:
                flush()

    def update(self) -> None:
        """Run, if something that it has read has changed."""
        if self._state == STALE:
            try:
                _update_effect(self)
            finally:
                if not _depth and _queue:
                    flush()

    @property
    def disposed(self) -> bool:
        """Whether it is over."""
        return self._state == DISPOSED

    def dispose(self) -> None:
        """End it, with its cleanups. Again is harmless."""
        if self._state == DISPOSED:
            return
        self._state = DISPOSED
        if self._owner is not None:
            self._owner.disown(self)
            self._owner = None
        sources = self._sources
        self._sources = self._trace = _NO_SOURCES
        _unlink(self, sources)
        if self._owned:
            self.dispose_owned()

    def _settle(self, value: object, failure: "Failure | None") -> None:
        if self._state != DISPOSED:
            self._state = CLEAN
        if failure is not None:
            raise failure.again()
        if value is not None and callable(value):
            if self._state == DISPOSED:
                untracked(value)
            else:
                self.own(Cleanup(value))

    def __repr__(self) -> str:
        return f"<effect {name_of(self._fn)}>"


@final
class Subscription(Effect):
    """Calls back with each new value of a source until it is closed, or its `with` block ends."""

    __slots__ = ()

    def __init__(self, source: Source[T], callback: "Callable[[T], object]") -> None:
        last: int | None = None

        def follow() -> None:
            nonlocal last
            value = source.value
            first, known, last = last is None, last == source._stamp, source._stamp
            if not first and not known:
                with Untracked():
                    callback(value)

        follow.__qualname__ = f"subscription of {name_of(callback)}"
        super().__init__(follow)
        self.start()

    def close(self) -> None:
        """End it. Again is harmless."""
        self.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.dispose()


Node = Computed[Any] | Effect
_UNKNOWN = Failure(RuntimeError("not computed yet"))


class BatchLog:
    """What a batch has changed, so that what ends as it began counts as unchanged."""

    __slots__ = ("_before", "ran")

    def __init__(self) -> None:
        self._before: dict[Source[Any], tuple[Any, int, int]] = {}  # its value and stamp; the changing tick
        self.ran: list[Node] = []

    def stamp(self, source: Source[Any], old: Any) -> int:  # noqa: ANN401
        """The stamp for a source whose value is no longer `old`: a new one, or that from before the batch."""
        before = self._before.get(source)
        if before is None:
            self._before[source] = old, source._stamp, _clock
            return _clock
        value, stamp, changed = before
        if type(value) is Failure or type(source._value) is Failure or not source._same(value, source._value):
            return _clock
        source._value = value
        del self._before[source]
        for node in self.ran:
            if node._seen >= changed and source in node._sources:  # it may have seen what was in between
                node._seen = _NEVER
                if node._state < STALE:
                    _mark((node,))
        return stamp

    def settle(self) -> None:
        """Bring up to date what has seen something in between, while it is known what there was before."""
        for node in self.ran:
            if node._seen == _NEVER and isinstance(node, Computed) and node._observers:
                _pull_first(node)


def _mark(nodes: "Iterable[Node]") -> None:
    """Mark nodes as stale, and all that depends on them."""
    waiting = [nodes]
    while waiting:
        for node in waiting.pop():
            if node._state < STALE:
                node._state = STALE
                if node._queue is None:
                    waiting.append(node._observers)
                    if node._followers:
                        waiting.append(_alive(node._followers))
                else:
                    node._queue.append(node)  # type: ignore[arg-type]  # only an effect has one


def _alive(followers: "Iterable[Follower]") -> "list[Computed[Any]]":
    return [node for follower in followers if (node := follower()) is not None]


def _settle_urgent() -> None:
    """Run the selectors that are stale, and nothing else."""
    global _depth
    _depth += 1
    try:
        while _urgent:
            _urgent.pop().update()
    finally:
        _depth -= 1


def _update_effect(effect: Effect) -> None:
    """Run an effect, if something that it has read has changed."""
    if effect._seen != _NEVER:
        for source in effect._sources:
            if source._lazy and source._state == STALE:  # type: ignore[attr-defined]  # lazy: a Computed
                try:
                    _update(source)  # type: ignore[arg-type]
                except TooDeep:
                    _pull_first(source)  # type: ignore[arg-type]
            if source._stamp > effect._seen:
                break
        else:
            effect._seen = _clock
            effect._state = CLEAN
            return
    if effect._state == STALE:  # a computed may have disposed of it
        run(effect)


def _update(node: Computed[Any]) -> None:
    """Bring a computed up to date, and before it those that it depends on."""
    if node._sources:
        first = node._sources[0]
        if not first._lazy and first._stamp > node._seen:  # so it is most often, and there is no more to ask
            run(node)
            return
    waiting: list[tuple[Computed[Any], Iterator[Any]]] = []  # each for one of its sources
    sources: Iterator[Any] = iter(node._sources)
    try:
        while True:
            seen = node._seen
            stale = seen == _NEVER
            needed = None
            if not stale:
                for source in sources:
                    if source._lazy and (
                        source._state >= STALE or (source._seen != _clock and not source._told)
                    ):
                        if source._state != RUNNING:
                            needed = source
                        stale = True  # if it is running: reading it will raise the CycleError
                        break
                    if source._stamp > seen:
                        stale = True
                        break
            if needed is not None:
                node._state = RUNNING
                waiting.append((node, sources))
                node, sources = needed, iter(needed._sources)
                continue
            if stale:
                run(node)
            else:
                node._seen = _clock
                node._state = FAILED if type(node._value) is Failure else CLEAN
            while waiting:
                source = node
                node, sources = waiting.pop()
                if source._stamp <= node._seen:
                    break
                run(node)
            else:
                return
    except BaseException:
        for node, _ in waiting:
            node._state = STALE
        raise


def _pull(node: Computed[Any]) -> None:
    """Bring a computed up to date for a reader; raises what its function raised."""
    if node._state == RUNNING:
        raise CycleError(node)
    if node._state == STALE or (node._seen != _clock and not node._told):
        is_read_again = not node._told and node._seen != _NEVER
        if not _nesting:
            _pull_first(node)
            if not _depth and _queue:
                flush()  # the effects of what a computed has written
        elif _nesting < _NESTING:
            _update(node)
        else:
            raise TooDeep(node)
        if is_read_again and not node._told:
            _follow(node)
    if type(node._value) is Failure:
        raise node._value.again()


def _pull_first(node: Computed[Any]) -> None:
    """Update for a reader that is no computed itself; runs that nest too deep come back to here."""
    waiting = {node: None}
    while waiting:
        try:
            _update(next(reversed(waiting)))
        except TooDeep as deep:
            if deep.node in waiting:
                raise CycleError(deep.node) from None
            waiting[deep.node] = None
        else:
            waiting.popitem()


def run(node: Node) -> None:
    """Run a node's function, and let the node depend on what it reads.

    Raises:
        Exception: what the function of an effect raised; a computed keeps it for its readers.
    """
    global _reads, _owner, _depth, _nesting
    reads: list[Any] = []
    outer_reads = _reads
    outer_owner = _owner
    outer_nesting = _nesting
    started = _clock
    value = failure = None
    node._state = RUNNING
    _depth += 1
    _owner = node
    try:
        if node._owned:
            node.dispose_owned()
            started = _clock
        _reads = reads
        _nesting = outer_nesting + 1 if node._lazy else 0
        value = node._fn()
    except Exception as error:
        if isinstance(error, CycleError):
            error.came_through(node)
        failure = Failure(error)
    except BaseException:
        if node._state == RUNNING:
            node._state = STALE
        raise
    finally:
        _reads = outer_reads
        _owner = outer_owner
        _nesting = outer_nesting
        _depth -= 1
    overtaken = False
    if _clock != started:
        overtaken = _overtaken(reads, started)
        if _reads is not None:
            _reads.append(_clock)
    if node._state != DISPOSED:  # by itself
        if _batch is not None:
            _batch.ran.append(node)
        node._seen = _clock
        if reads != node._trace:
            _depend(node, reads)
    try:
        node._settle(value, failure)
    finally:
        if overtaken and node._state < STALE:
            node._seen = _NEVER
            _mark((node,))


def resume(node: Effect, fn: "Callable[[], T]") -> T:
    """Run a further piece of an effect's function; what it reads is added to what the effect has read.

    Whoever calls this calls `flush` afterwards.
    """
    global _reads, _owner, _depth, _nesting
    reads: list[Any] = []
    outer = _reads, _owner, _nesting
    started = _clock
    _reads, _owner, _nesting = reads, node, 0
    _depth += 1
    try:
        return fn()
    finally:
        _reads, _owner, _nesting = outer
        _depth -= 1
        overtaken = _clock != started and _overtaken(reads, started)
        if _reads is not None and _clock != started:
            _reads.append(_clock)
        if node._state == CLEAN:  # else it will run anew, or never
            node._seen = _clock
            known = set(node._sources)
            if not known.issuperset(reads):
                _depend(node, [*node._sources, *reads])
            if overtaken:
                node._seen = _NEVER
                _mark((node,))


def _overtaken(reads: "list[Any]", tick: int) -> bool:
    """Take the ticks out of what a run has read; return whether something was changed after it was read."""
    overtaken = False
    sources = []
    for read in reads:
        if type(read) is int:
            tick = read
            continue
        sources.append(read)
        if not overtaken:
            if read._lazy and read._state != RUNNING:
                _pull_first(read)
            overtaken = read._stamp > tick
    reads[:] = sources
    return overtaken


def _depend(node: Node, reads: "list[Any]") -> None:
    """Make what a run has read the node's sources."""
    old = node._sources
    node._trace = node._sources = reads
    once: Iterable[Source[Any]] = reads
    if len(reads) > 1:
        once = dict.fromkeys(reads)
        if len(once) < len(reads):
            node._sources = list(once)
    if node._lazy and not node._observers:  # type: ignore[union-attr]  # lazy: a Computed
        if node._follower is not None:  # type: ignore[union-attr]
            _follow_others(node, node._follower, old)  # type: ignore[union-attr, arg-type]
        return
    for source in once:
        observers = source._observers
        if not observers:
            source.observed()
            if observers is _NOBODY:
                observers = source._observers = {}
        observers[node] = None
    if old:
        _unlink(node, [source for source in old if source not in once])


def _link(node: Computed[Any]) -> None:
    """Have a computed that gets its first observer told of changes, and those that it depends on."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        if node._told:
            _unfollow(node)  # from now on it is held
        elif node._seen != _clock:
            node._state = STALE
        node._told = True
        for source in node._sources:
            if not source._observers:
                if source._lazy:
                    waiting.append(source)  # type: ignore[arg-type]
                else:
                    source.observed()
                if source._observers is _NOBODY:
                    source._observers = {}
            source._observers[node] = None


def _unlink(node: Node, sources: "Iterable[Source[Any]]") -> None:
    """End the observing of sources, and that of computeds that nobody observes any more."""
    lonely: list[Computed[Any]] = []
    while True:
        for source in sources:
            observers = source._observers
            if node in observers:
                del observers[node]
                if not observers:
                    if source._lazy:
                        lonely.append(source)  # type: ignore[arg-type]  # lazy: a Computed
                    else:
                        source.unobserved()
        if not lonely:
            return
        node = lonely.pop()
        node._told = False
        if node._followers:
            _follow(node)
        sources = node._sources


def _follow(node: Computed[Any]) -> None:
    """Have a computed that nobody observes told of changes, and those that it depends on."""
    waiting = [node]
    current = True
    told: list[Computed[Any]] = []
    while waiting:
        node = waiting.pop()
        if node._told:
            continue
        node._told = True
        told.append(node)
        current = current and node._seen == _clock
        follower = node._follower = Follower(node, Follower.forget)
        follower.sources = node._sources
        for source in node._sources:
            if source._followers is None:
                source._followers = {}
            source._followers[follower] = None
            if source._lazy:
                waiting.append(source)  # type: ignore[arg-type]  # lazy: a Computed
    if not current:  # a mark must not stop at one that is stale already, before one that is not
        for node in told:
            node._state = max(node._state, STALE)


def _follow_others(node: Computed[Any], follower: Follower, old: "list[Source[Any]]") -> None:
    """Have a computed that follows its sources follow those of its last run."""
    follower.sources = node._sources
    for source in node._sources:
        if source._followers is None:
            source._followers = {}
        source._followers[follower] = None
        if isinstance(source, Computed) and not source._told:
            _follow(source)
    now = set(node._sources)
    for source in old:
        if source not in now and source._followers:
            source._followers.pop(follower, None)


def _unfollow(node: Computed[Any]) -> None:
    """Have a computed told no more as one that nobody observes."""
    follower, node._follower = node._follower, None
    if follower is not None:
        for source in node._sources:
            if source._followers:
                source._followers.pop(follower, None)


def observe(source: Source[Any], node: Any) -> None:  # noqa: ANN401
    """Have a node that is no effect told of changes: its `_state` is set, and it is put into its `_queue`."""
    if not source._observers:
        source.observed()
        if source._observers is _NOBODY:
            source._observers = {}
    source._observers[node] = None


def unobserve(source: Source[Any], node: Any) -> None:  # noqa: ANN401
    """Tell a node no more."""
    _unlink(node, (source,))


def flush() -> None:
    """Run the queued effects, and those that they cause.

    Raises:
        ExceptionGroup: what effects raised; it kept no other effect from running.
    """
    global _depth
    errors: list[Exception] = []
    rounds = 0
    runs: dict[Effect, int] = {}
    _depth += 1
    try:
        while _queue:
            rounds += 1
            # An effect comes after the one that made it, which may be about to dispose of it.
            effects = iter(sorted(_queue, key=_MADE) if len(_queue) > 1 else list(_queue))
            _queue.clear()
            try:
                for effect in effects:
                    if effect._state != STALE:
                        continue
                    if rounds > _ROUNDS:
                        runs[effect] = runs.get(effect, 0) + 1
                        if runs[effect] > _ROUNDS:
                            effect._state = CLEAN
                            errors.append(CycleError(effect))
                            continue
                    try:
                        _update_effect(effect)
                    except Exception as error:
                        errors.append(error)
            finally:
                _queue[:0] = effects  # when something stops the program, they are not lost
    finally:
        _depth -= 1
    if errors:
        raise ExceptionGroup("effects failed", errors)


_MADE = attrgetter("_made")


class Batch:
    """A block at whose end the effects run: what `batch()` returns."""

    __slots__ = ("_outer",)

    def __enter__(self) -> None:
        global _depth, _batch
        self._outer = _batch
        if _batch is None:
            _batch = BatchLog()
        _depth += 1

    def __exit__(self, *_: object) -> None:
        global _depth, _batch
        log = _batch
        try:
            if log is not None and self._outer is None:
                log.settle()
        finally:
            _batch = self._outer
            _depth -= 1
        if _urgent:
            _settle_urgent()
        if not _depth and _queue:
            flush()


class Untracked:
    """A block whose reads don't count: what `untracked()` returns."""

    __slots__ = ("_outer", "_started")

    def __enter__(self) -> None:
        global _reads
        self._outer, _reads = _reads, None
        self._started = _clock

    def __exit__(self, *_: object) -> None:
        global _reads
        _reads = self._outer
        if _reads is not None and _clock != self._started:
            _reads.append(_clock)


@overload
def batch() -> Batch: ...
@overload
def batch(fn: "Callable[[], T]") -> T: ...
def batch(fn: "Callable[[], T] | None" = None) -> "Batch | T":
    """Let effects wait until a block or a function ends: `with batch(): …` or `batch(fn)`.

    What ends as it began counts as unchanged. Reads in the block see its writes.

    Returns:
        what the function returns.

    Raises:
        ExceptionGroup: at the end, what effects raised.
    """
    block = Batch()
    if fn is None:
        return block
    with block:
        return fn()


@overload
def untracked() -> Untracked: ...
@overload
def untracked(fn: "Callable[[], T]") -> T: ...
def untracked(fn: "Callable[[], T] | None" = None) -> "Untracked | T":
    """Read without depending on it: `with untracked(): …` or `untracked(fn)`.

    Returns:
        what the function returns.
    """
    block = Untracked()
    if fn is None:
        return block
    with block:
        return fn()

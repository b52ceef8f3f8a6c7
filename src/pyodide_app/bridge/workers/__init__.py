"""Python on every core: a worker is a second interpreter, on a thread of its own."""

from pyodide_app.bridge.rpc import WorkerDied
from pyodide_app.bridge.workers._future import PoolFuture
from pyodide_app.bridge.workers._heartbeat import Heartbeat, HeartbeatPolicy
from pyodide_app.bridge.workers._pool import WorkerPool
from pyodide_app.bridge.workers._worker import Pulse, State, Worker

__all__ = [
    "Heartbeat",
    "HeartbeatPolicy",
    "PoolFuture",
    "Pulse",
    "State",
    "Worker",
    "WorkerDied",
    "WorkerPool",
]

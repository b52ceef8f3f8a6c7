"""What a session knows of itself, as JSON: counters, the history of its runs, the program's own values.

Knows nothing of pages, so it also runs, and is tested, in CPython.
"""

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal, Self

FORMAT = 1
LENGTH = 50  # runs that are remembered

Outcome = Literal["running", "done", "error", "stopped", "lost"]


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


@dataclass
class Run:
    """One execution; `seconds` is how long it took."""

    code: str
    at: str = field(default_factory=now)
    outcome: Outcome = "running"
    seconds: float = 0.0


@dataclass
class Record:
    """The session: when it began, how runs ended, the last runs, the program's `state`, the editor's text."""

    began: str = field(default_factory=now)
    counters: dict[str, int] = field(default_factory=dict)
    history: list[Run] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)
    draft: str = ""

    @classmethod
    def read(cls, text: str | bytes) -> Self:
        """What was written.

        Raises:
            ValueError: this is not the record of a session.
        """
        match json.loads(text):
            case {
                "format": 1,
                "began": str(began),
                "counters": dict(counters),
                "history": list(history),
                "values": dict(values),
                "draft": str(draft),
            } if all(isinstance(count, int) for count in counters.values()):
                return cls(began, counters, [_run(entry) for entry in history], values, draft)
        raise ValueError("state.json is not the record of a session")

    def write(self) -> str:
        """All of it, as text."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=2)

    def begin(self, code: str) -> Run:
        """Remember a run before it runs, so that it is known even if it ends everything."""
        run = Run(code)
        self.history = [*self.history, run][-LENGTH:]
        self._count("runs")
        return run

    def end(self, run: Run, outcome: Outcome, seconds: float) -> None:
        run.outcome = outcome
        run.seconds = round(seconds, 3)
        self._count(outcome)

    def find_lost(self) -> Run | None:
        """The run that was under way when the session ended."""
        if not self.history or self.history[-1].outcome != "running":
            return None
        self.end(self.history[-1], "lost", 0)
        return self.history[-1]

    def _count(self, what: str) -> None:
        self.counters[what] = self.counters.get(what, 0) + 1


def _run(entry: object) -> Run:
    match entry:
        case {
            "code": str(code),
            "at": str(at),
            "outcome": "running" | "done" | "error" | "stopped" | "lost" as outcome,
            "seconds": int() | float() as seconds,
        }:
            return Run(code, at, outcome, seconds)
    raise ValueError(f"state.json has a run that is none: {entry!r}")

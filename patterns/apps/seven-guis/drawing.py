"""Circles with undo and redo. Knows nothing of pages."""

from dataclasses import dataclass, replace
from math import hypot

from pyodide_app.bridge import Signal, computed


@dataclass(frozen=True)
class Circle:
    id: int
    x: float
    y: float
    diameter: float = 40


Circles = tuple[Circle, ...]


class Drawing:
    """All states of a drawing so far, and which of them is shown.

    A state is a tuple of circles that never change, so states share them, and undo is a step back.
    """

    def __init__(self) -> None:
        self._states: Signal[tuple[Circles, ...]] = Signal(((),))
        self._now = Signal(0)
        self.circles = computed(lambda: self._states.value[self._now.value])
        self.can_undo = computed(lambda: self._now.value > 0)
        self.can_redo = computed(lambda: self._now.value < len(self._states.value) - 1)

    def add(self, x: float, y: float) -> None:
        number = max((each.id for each in self.circles.value), default=0) + 1
        self._go_on((*self.circles.value, Circle(number, x, y)))

    def resize(self, circle: Circle, diameter: float) -> None:
        if diameter != circle.diameter:
            wider = replace(circle, diameter=diameter)
            self._go_on(tuple(wider if each == circle else each for each in self.circles.value))

    def undo(self) -> None:
        if self.can_undo.value:
            self._now.value -= 1

    def redo(self) -> None:
        if self.can_redo.value:
            self._now.value += 1

    def at(self, x: float, y: float) -> Circle | None:
        """The circle with the nearest centre of those around a point."""
        around = [each for each in self.circles.value if hypot(each.x - x, each.y - y) <= each.diameter / 2]
        return min(around, key=lambda each: hypot(each.x - x, each.y - y), default=None)

    def _go_on(self, state: Circles) -> None:
        states = (*self._states.value[: self._now.value + 1], state)
        self._states.value = states
        self._now.value = len(states) - 1

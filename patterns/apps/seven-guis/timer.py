"""Task 4, Timer: time passes while the user moves the slider."""

import asyncio
from time import monotonic

from pyodide_app.bridge import Signal, computed, effect
from pyodide_app.bridge.vdom import Element, component, use
from pyodide_app.bridge.vdom.elements import button, div, input_, label, output, progress
from pyodide_app.bridge.vdom.events import InputEvent

STEP = 0.1  # seconds between two looks at the clock


class Stopwatch:
    """Seconds that have passed, up to a duration that may change at any time."""

    def __init__(self) -> None:
        self.elapsed = Signal(0.0)
        self.duration = Signal(15.0)
        self.running = computed(lambda: self.elapsed.value < self.duration.value)
        effect(self._run)

    async def _run(self) -> None:
        # It depends on `running` alone, so it begins anew only when that changes, and is cancelled then.
        if not self.running.value:
            return
        before = monotonic()
        while True:
            await asyncio.sleep(STEP)
            now = monotonic()
            self.elapsed.value = min(self.elapsed.peek() + now - before, self.duration.peek())
            before = now

    def reset(self) -> None:
        self.elapsed.value = 0.0


@component
def Timer() -> Element:
    watch = use(Stopwatch)

    def set_duration(event: InputEvent) -> None:
        watch.duration.value = float(event.value)

    return div(class_="stack")[
        label[
            "Elapsed",
            progress(max=watch.duration, value=watch.elapsed),
        ],
        output(aria_label="Seconds")[lambda: f"{watch.elapsed.value:.1f} s"],
        label[
            "Duration",
            input_(
                type="range",
                min=1,
                max=60,
                step=0.5,
                value=watch.duration,
                aria_valuetext=lambda: f"{watch.duration.value:g} seconds",
                on_input=set_duration,
            ),
        ],
        button(type="button", on_click=watch.reset)["Reset"],
    ]

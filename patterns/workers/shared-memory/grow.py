"""The worker's part: two substances that spread and react (Gray and Scott), on and on.

It gets no messages and sends none. It reads the rates, takes strokes out of the ring, and writes pictures.
"""

import numpy as np
from plate import FRAME, SIZE, TAKEN

from pyodide_app.bridge.shared import RingReader, SharedArray

STEPS = 8  # for each picture
FAST, SLOW = np.float32(0.16), np.float32(0.08)  # how fast the substances spread
SHADES = np.array([[13, 22, 44], [22, 74, 104], [42, 142, 134], [196, 208, 138], [255, 246, 222]])


def grow(pictures: SharedArray, rates: SharedArray, state: SharedArray, strokes: RingReader) -> None:
    food = np.ones((SIZE + 2, SIZE + 2), "float32")
    eater = np.zeros_like(food)
    shades = colours()
    for frame in range(1, 2**31):
        for x, y in pending(strokes):
            eater[max(y - 3, 0) : y + 5, max(x - 3, 0) : x + 5] = 0.6
        feed, kill = rates[...]
        for _ in range(STEPS):
            react(food, eater, feed, kill)
        # The page may still look at the picture before the last one: its place is the next to be written.
        while (taken := state.atomics.load(TAKEN)) < frame - 1:
            state.atomics.wait(TAKEN, taken)
        shade = (eater[1:-1, 1:-1] * 640).clip(0, 255).astype("uint8")
        pictures[frame % 2] = shades[shade]
        state.atomics.store(FRAME, frame)


def pending(strokes: RingReader):
    """The strokes that have come, without waiting for more."""
    while True:
        try:
            yield np.frombuffer(strokes.read(timeout=0), "int16").tolist()
        except TimeoutError:
            return


def react(food: np.ndarray, eater: np.ndarray, feed: float, kill: float) -> None:
    for plate in (food, eater):  # what leaves at one edge comes in at the other
        plate[0], plate[-1] = plate[-2], plate[1]
        plate[:, 0], plate[:, -1] = plate[:, -2], plate[:, 1]
    a, b = food[1:-1, 1:-1], eater[1:-1, 1:-1]
    eaten = a * b * b
    a += FAST * spread(food) - eaten + feed * (1 - a)
    b += SLOW * spread(eater) + eaten - (feed + kill) * b


def spread(plate: np.ndarray) -> np.ndarray:
    """How much more there is around each cell than in it."""
    around = plate[:-2, 1:-1] + plate[2:, 1:-1] + plate[1:-1, :-2] + plate[1:-1, 2:]
    return around - 4 * plate[1:-1, 1:-1]


def colours() -> np.ndarray:
    """Red, green, blue and opacity of 256 shades."""
    places = np.linspace(0, 255, len(SHADES))
    shades = [np.interp(np.arange(256), places, part) for part in SHADES.T]
    return np.stack([*shades, np.full(256, 255)], axis=1).astype("uint8")

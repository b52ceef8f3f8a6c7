"""The heavy work: the Mandelbrot set in plain Python. It knows no page and no worker."""

from array import array
from itertools import pairwise
from typing import NamedTuple

WIDTH, HEIGHT = 144, 96
MOST = 160  # steps after which a point counts as one that never escapes
STOPS = [(9, 16, 40), (28, 84, 138), (74, 170, 168), (240, 226, 166), (238, 148, 72), (112, 32, 60)]


class Spot(NamedTuple):
    """A part of the plane, by its centre and its width."""

    x: float
    y: float
    span: float


WHOLE = Spot(-0.6, 0.0, 3.3)


def escape_times(spot: Spot) -> array[int]:
    """After how many steps each point of a picture escapes, row by row."""
    step = spot.span / WIDTH
    left, top = spot.x - spot.span / 2, spot.y - step * HEIGHT / 2
    times = array("H")
    for row in range(HEIGHT):
        for column in range(WIDTH):
            c = complex(left + column * step, top + row * step)
            z = 0j
            steps = 0
            while steps < MOST and z.real * z.real + z.imag * z.imag < 16:
                z = z * z + c
                steps += 1
            times.append(steps)
    return times


def colours(times: array[int]) -> bytes:
    """A picture of them, as RGBA."""
    shades = [shade(steps) for steps in range(MOST)] + [bytes((6, 9, 20, 255))]
    return b"".join(shades[steps] for steps in times)


def shade(steps: int) -> bytes:
    place = (steps**0.6 / 3.2) % (len(STOPS) - 1)
    index = int(place)
    part = place - index
    mixed = (round(a + (b - a) * part) for a, b in zip(STOPS[index], STOPS[index + 1], strict=True))
    return bytes((*mixed, 255))


def most_intricate(spot: Spot, times: array[int]) -> Spot:
    """The part, a third as wide, in which neighbouring points differ most."""
    step = spot.span / WIDTH
    width, height = WIDTH // 3, HEIGHT // 3
    best = (-1, 0, 0)
    for top in range(0, HEIGHT - height, 4):
        for left in range(0, WIDTH - width, 4):
            differ = 0
            for row in range(top, top + height, 2):
                line = times[row * WIDTH + left : row * WIDTH + left + width]
                differ += sum(a != b and a < MOST for a, b in pairwise(line))
            best = max(best, (differ, left, top))
    _, left, top = best
    return Spot(
        spot.x + (left + width / 2 - WIDTH / 2) * step,
        spot.y + (top + height / 2 - HEIGHT / 2) * step,
        spot.span / 3,
    )

"""What the workers do: trace rays of light through a small scene, one tile of the picture at a time.

A module of the app, which page and workers import; plain Python, so that there is something to wait for.
"""

import math
import uuid

WIDTH, HEIGHT = 240, 160
TILE = 20  # pixels, in width and height
ME = uuid.uuid4().hex  # another one in each interpreter

Vector = tuple[float, float, float]

LIGHT = (0.52, 0.72, -0.46)  # towards it; of length 1
SPHERES = [  # centre, radius, colour, share of light that it mirrors
    ((0.0, 1.0, 4.0), 1.0, (0.93, 0.31, 0.27), 0.3),
    ((-1.9, 0.7, 3.2), 0.7, (0.24, 0.55, 0.95), 0.25),
    ((1.75, 0.6, 2.9), 0.6, (0.98, 0.77, 0.25), 0.25),
    ((0.75, 0.35, 2.0), 0.35, (0.36, 0.78, 0.47), 0.2),
    ((-0.8, 0.28, 1.9), 0.28, (0.76, 0.45, 0.9), 0.2),
]


def tiles() -> list[tuple[int, int]]:
    """The corners of all tiles, those in the middle first."""
    corners = [(x, y) for y in range(0, HEIGHT, TILE) for x in range(0, WIDTH, TILE)]
    return sorted(
        corners, key=lambda at: math.hypot(at[0] + TILE / 2 - WIDTH / 2, at[1] + TILE / 2 - HEIGHT / 2)
    )


def render(corner: tuple[int, int]) -> tuple[tuple[int, int], bytes, str]:
    """A tile's corner, its pixels as red, green, blue and opacity, and who has computed it."""
    left, top = corner
    pixels = bytearray()
    for y in range(top, top + TILE):
        for x in range(left, left + TILE):
            ray = unit(((x + 0.5 - WIDTH / 2) / HEIGHT * 1.3, (HEIGHT * 0.42 - y) / HEIGHT * 1.3, 1.0))
            pixels += bytes(min(255, round(part**0.8 * 255)) for part in trace((0.0, 1.1, -1.2), ray, 2))
            pixels.append(255)
    return corner, bytes(pixels), ME


def trace(origin: Vector, ray: Vector, bounces: int) -> Vector:
    """The colour that comes from where a ray goes."""
    distance, sphere = nearest(origin, ray)
    if sphere is None:
        if ray[1] >= -1e-4:
            return sky(ray)
        distance = -origin[1] / ray[1]
        point = along(origin, ray, distance)
        normal, mirrors = (0.0, 1.0, 0.0), 0.12
        light = 0.85 if (math.floor(point[0]) + math.floor(point[2])) % 2 else 0.42
        colour = (light, light, light * 0.96)
    else:
        centre, radius, colour, mirrors = sphere
        point = along(origin, ray, distance)
        normal = tuple((p - c) / radius for p, c in zip(point, centre, strict=True))
    bright = max(0.0, dot(normal, LIGHT))
    if bright and nearest(point, LIGHT)[1] is not None:
        bright = 0.0
    shade = 0.22 + 0.78 * bright
    seen = tuple(part * shade for part in colour)
    if bounces:
        back = trace(point, along(ray, normal, -2 * dot(ray, normal)), bounces - 1)
        seen = tuple(own * (1 - mirrors) + other * mirrors for own, other in zip(seen, back, strict=True))
    haze = min(1.0, (distance / 30) ** 2)
    return tuple(own * (1 - haze) + far * haze for own, far in zip(seen, sky(ray), strict=True))


def nearest(origin: Vector, ray: Vector) -> tuple[float, tuple | None]:
    """How far the first sphere on a ray is, and which one."""
    best, found = math.inf, None
    for sphere in SPHERES:
        centre, radius, _, _ = sphere
        to = (origin[0] - centre[0], origin[1] - centre[1], origin[2] - centre[2])
        half = dot(to, ray)
        inside = half * half - dot(to, to) + radius * radius
        if inside > 0:
            distance = -half - math.sqrt(inside)
            if 1e-4 < distance < best:
                best, found = distance, sphere
    return best, found


def sky(ray: Vector) -> Vector:
    height = max(0.0, ray[1])
    return (0.78 - 0.5 * height, 0.87 - 0.36 * height, 0.97 - 0.12 * height)


def along(start: Vector, way: Vector, far: float) -> Vector:
    return (start[0] + way[0] * far, start[1] + way[1] * far, start[2] + way[2] * far)


def dot(one: Vector, other: Vector) -> float:
    return one[0] * other[0] + one[1] * other[1] + one[2] * other[2]


def unit(way: Vector) -> Vector:
    length = math.sqrt(dot(way, way))
    return (way[0] / length, way[1] / length, way[2] / length)

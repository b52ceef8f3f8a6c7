"""What page and worker share: its shapes, and what stands where."""

SIZE = 200  # cells and pixels, in width and height
FRAME, TAKEN = 0, 1  # in `state`: the picture that is ready last, and the one that the page has taken last
RATES = {
    "Corals": (0.0545, 0.062),
    "Cells dividing": (0.0367, 0.0649),
    "Labyrinth": (0.029, 0.057),
    "Worms": (0.046, 0.063),
}

"""Task 6, Circle Drawer: a canvas, a menu, a dialog, undo and redo."""

from drawing import Circle, Drawing

from pyodide_app.bridge import Signal, computed
from pyodide_app.bridge.vdom import Element, Ref, component, each, on, use
from pyodide_app.bridge.vdom.elements import button, dialog, div, form, input_, label, p
from pyodide_app.bridge.vdom.elements.svg import circle, path, svg
from pyodide_app.bridge.vdom.events import InputEvent, KeyboardEvent, MouseEvent

WIDTH, HEIGHT = 600, 360
ARROWS = {"ArrowLeft": (-10, 0), "ArrowRight": (10, 0), "ArrowUp": (0, -10), "ArrowDown": (0, 10)}


class Board:
    """The drawing, where the pointer is, and which circle the menu or the dialog is about."""

    def __init__(self) -> None:
        self.drawing = Drawing()
        self.pointer: Signal[tuple[float, float] | None] = Signal(None)
        self.by_keyboard = Signal(False)
        self.menu: Signal[Circle | None] = Signal(None)
        self.adjusted: Signal[Circle | None] = Signal(None)
        self.diameter = Signal(0.0)  # as the slider says, while the dialog is open
        self.hovered = computed(self._hovered)

    def _hovered(self) -> Circle | None:
        if chosen := self.adjusted.value or self.menu.value:
            return chosen
        return self.drawing.at(*self.pointer.value) if self.pointer.value else None

    def use_point(self) -> None:
        """Open the menu of the circle at the pointer, or draw one there."""
        if self.menu.value is not None:
            self.menu.value = None
        elif self.hovered.value is not None:
            self.menu.value = self.hovered.value
        elif self.pointer.value is not None:
            self.drawing.add(*self.pointer.value)

    def diameter_of(self, shape: Circle) -> float:
        return self.diameter.value if shape is self.adjusted.value else shape.diameter


@component
def CircleDrawer() -> Element:
    board = use(Board)
    drawing = board.drawing
    canvas, window, entry = use(lambda: (Ref(), Ref(), Ref()))

    def point_at(event: MouseEvent) -> None:
        box = canvas.current.getBoundingClientRect()
        x = (event.client_x - box.left) / box.width * WIDTH
        y = (event.client_y - box.top) / box.height * HEIGHT
        board.pointer.value = round(x, 1), round(y, 1)
        board.by_keyboard.value = False

    def on_click(event: MouseEvent) -> None:
        point_at(event)
        use_point()

    def on_menu(event: MouseEvent) -> None:
        point_at(event)
        board.menu.value = None
        if board.hovered.value is not None:
            use_point()

    def use_point() -> None:
        board.use_point()
        if board.menu.value is not None:
            entry.current.focus()

    def on_key(event: KeyboardEvent) -> None:
        if event.key in ARROWS:
            x, y = board.pointer.value or (WIDTH / 2, HEIGHT / 2)
            right, down = ARROWS[event.key]
            board.pointer.value = min(max(x + right, 0), WIDTH), min(max(y + down, 0), HEIGHT)
        elif event.key in ("Enter", " "):
            board.pointer.value = board.pointer.value or (WIDTH / 2, HEIGHT / 2)
            use_point()
        else:
            return
        board.by_keyboard.value = True
        event.prevent_default()

    def on_menu_key(event: KeyboardEvent) -> None:
        if event.key == "Escape":
            board.menu.value = None
            canvas.current.focus()

    def adjust() -> None:
        shape = board.menu.value
        if shape is None:
            return
        board.menu.value = None
        board.diameter.value = shape.diameter
        board.adjusted.value = shape
        window.current.showModal()

    def on_slide(event: InputEvent) -> None:
        board.diameter.value = float(event.value)

    def on_close() -> None:
        """The dialog is closed, in whatever way: all its moves are one step of the history."""
        shape = board.adjusted.value
        board.adjusted.value = None
        if shape is not None:
            drawing.resize(shape, board.diameter.value)

    def draw(shape: Circle) -> Element:
        return circle(
            cx=shape.x,
            cy=shape.y,
            r=lambda: f"{board.diameter_of(shape) / 2:g}",
            class_={"hovered": lambda: board.hovered.value is shape},
        )

    def crosshair() -> Element | None:
        point = board.pointer.value
        if point is None or not board.by_keyboard.value:
            return None
        x, y = point
        return path(class_="crosshair", d=f"M{x - 8},{y}h16M{x},{y - 8}v16")

    def menu() -> Element | None:
        shape = board.menu.value
        if shape is None:
            return None
        place = {"left": f"clamp(6rem, {shape.x / WIDTH:.1%}, 100% - 6rem)", "top": f"{shape.y / HEIGHT:.1%}"}
        return div(class_="menu", role="menu", style=place, on_keydown=on_menu_key)[
            button(type="button", role="menuitem", ref=entry, on_click=adjust)["Adjust diameter…"]
        ]

    return div(class_="stack")[
        div(class_="row")[
            button(type="button", disabled=lambda: not drawing.can_undo.value, on_click=drawing.undo)["Undo"],
            button(type="button", disabled=lambda: not drawing.can_redo.value, on_click=drawing.redo)["Redo"],
        ],
        div(class_="board")[
            svg(
                view_box=f"0 0 {WIDTH} {HEIGHT}",
                ref=canvas,
                tabindex=0,
                role="application",
                aria_label=lambda: f"Canvas, circles: {len(drawing.circles.value)}",
                on_click=on_click,
                on_contextmenu=on(on_menu, prevent_default=True),
                on_pointermove=point_at,
                on_keydown=on_key,
            )[each(drawing.circles, draw), crosshair],
            menu,
        ],
        p(class_="hint")[
            "Click to draw a circle; click it, or right-click, to change it. "
            "By keyboard: arrows move a crosshair, Enter clicks."
        ],
        dialog(ref=window, aria_label="Adjust diameter", on_close=on_close)[
            form(method="dialog", class_="stack")[
                label[
                    lambda: (
                        f"Adjust the diameter of the circle at ({shape.x:g}, {shape.y:g})."
                        if (shape := board.adjusted.value)
                        else ""
                    ),
                    input_(type="range", min=4, max=300, value=board.diameter, on_input=on_slide),
                ],
                button["Done"],
            ]
        ],
    ]

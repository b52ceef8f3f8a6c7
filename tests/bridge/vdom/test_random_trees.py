"""Random trees of all that a tree can have: shown as fresh ones are, and gone without a trace."""

from pyodide_app.testing import AppPage

START = """
import js, random
from pyodide_app.bridge import live_count
from pyodide_app.bridge.reactivity import *
from pyodide_app.bridge.vdom import *
from pyodide_app.bridge.vdom import _ops
from pyodide_app.bridge.vdom._javascript import renderer
place = js.document.getElementById("app")
app = PythonVDOM(place)
def shown():
    app.flush()
    return place.innerHTML
"""

TREES = """
import gc
flags = [Signal(False) for _ in range(4)]
lists = [Signal([1, 2, 3]) for _ in range(3)]
texts = [Signal("s") for _ in range(3)]
theme = Context("light")
@component
def Part(name, children=()):
    use(lambda: Signal(0))
    on_unmount(lambda: None)
    return [name, theme.value, children] if flags[0].value else h("section", {"title": name}, children)
@memo
def Small(name):
    return h("i", None, [name, texts[0]])
def tree(pick, depth=0):
    def kids(): return [tree(pick, depth + 1) for _ in range(pick.randrange(4))]
    kind = pick.randrange(16 if depth < 4 else 5)
    n = pick.randrange(3)
    match kind:
        case 0: return pick.choice(["a", "", 7, None, "x<y"])
        case 1: return texts[n]
        case 2: return lambda: texts[n].value if flags[n].value else h("u", None, n)
        case 3: return Small(pick.choice("xy"))
        case 4: return each(lists[n], lambda k: h("li", {"class": lambda: f"c{k}"}, k))
        case 5: return fragment(*kids())
        case 6: return kids()
        case 7 | 8: return Part(pick.choice("pq"))[tuple(kids())]
        case 9: return theme(pick.choice(["dark", "light"]))[tuple(kids())]
        case 10: return ErrorBoundary("failed")[tuple(kids())]
        case 11: return Suspense("…")[tuple(kids())]
        case 12:
            keys = pick.sample(range(6), pick.randrange(6))
            return [h(pick.choice("pb"), {"key": k}, tree(pick, depth + 1)) for k in keys]
        case 13:
            keys = pick.sample(range(5), pick.randrange(5))
            return [Part(str(k))[tree(pick, depth + 1),].keyed(k) for k in keys]
        case 14: return each(lists[n], lambda k: Part(str(k)), key=lambda k: -k)
        case _:
            props = pick.choice([None, {"title": texts[n]}, {"class": {"on": flags[n]}}])
            return h(pick.choice(["div", "p"]), props, kids())
def change(pick):
    for _ in range(pick.randrange(4)):
        pick.choice(flags).value = pick.random() < .5
        pick.choice(texts).value = pick.choice(["s", "t", ""])
        pick.choice(lists).value = pick.sample(range(6), pick.randrange(6))
box = js.document.createElement("div")
def compare(rounds, start):
    wrong = []
    for seed in range(start, start + rounds):
        app.patch(tree(random.Random(seed)))
        change(random.Random(seed))
        got = shown()
        fresh = PythonVDOM(box)
        fresh.patch(tree(random.Random(seed)))
        fresh.flush()
        if got.replace("<!---->", "") != box.innerHTML: wrong.append([seed, got, box.innerHTML])
        fresh.close()
    app.unmount()
    app.flush()
    gc.collect()
    observers = sum(len(each._observers) for each in flags + lists + texts)
    return wrong[:1], [_ops.ids_in_use(), renderer().count(), live_count(), observers]
"""

BAD = """
good_tree, bad = tree, Signal(False)
target = js.document.createElement("aside")
def trouble():
    if bad.value: raise ValueError("trouble")
    return "ok"
@component
def Trouble(): return h("b", None, trouble())
@component
def Bad_end():
    on_unmount(lambda: bad.peek() and trouble())
    return "z"
def tree(pick, depth=0):
    if not depth or pick.random() > .12:
        return good_tree(pick, depth)
    match pick.randrange(8):
        case 0: return Trouble()
        case 1: return trouble
        case 2: return h("a", {"title": trouble}, "t")
        case 3: return h("p", {"innerHTML": ""} if pick.random() < .4 else {}, good_tree(pick, depth + 1))
        case 4: return each(lists[0], lambda k: 1 / (k - 2))
        case 5: return portal(target)[good_tree(pick, depth + 1), Trouble()]
        case 6: return object() if pick.random() < .3 else "o"
        case _: return Bad_end()
def attempt(act):
    try:
        act()
    except (ValueError, ArithmeticError, TypeError, ExceptionGroup) as error:
        return any(word in repr(error) for word in ("trouble", "division", "cannot be shown", "innerHTML"))
    return True
def left():
    return [place.innerHTML, target.innerHTML, _ops.ids_in_use(), renderer().count(),
        sum(len(s._observers) for s in [bad, *flags, *lists, *texts])]
def stress(rounds):
    wrong = []
    for seed in range(rounds):
        pick = random.Random(seed)
        acts = (lambda: app.patch(tree(pick)), lambda: change(pick),
            lambda: setattr(bad, "value", pick.random() < .4), app.flush)
        if not all([attempt(act) for act in acts]): wrong.append(seed)
        if seed % 10 == 9:
            attempt(app.unmount)
            attempt(app.flush)
            if left() != ["", "", 1, 1, 0]: wrong.append([seed, left()])
    return wrong
"""


def test_random_trees_are_shown_as_fresh_ones_are_and_leave_nothing(pyodide: AppPage) -> None:
    wrong, before, again, after, objects = pyodide.run(
        START
        + TREES
        + """
wrong, before = compare(40, 0)
compare(40, 0)
objects = len(gc.get_objects())
again, after = compare(40, 0)
[wrong, before, again, after, len(gc.get_objects()) - objects]"""
    )
    assert wrong == []
    assert again == []
    assert before == after
    assert before[:2] == [1, 1]
    assert before[3] == 0
    assert objects < 50


def test_random_trees_that_fail_here_and_there_leave_nothing(pyodide: AppPage) -> None:
    assert pyodide.run(START + TREES + BAD + "stress(60)") == []

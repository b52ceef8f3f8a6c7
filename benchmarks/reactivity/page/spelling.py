"""Puts a library's own spelling into the graphs, which are written once:

read(x)        the value of a signal                           x.value     x()       x["value"]
get(x)         the value of a computed                         x.value     x()       x()
put(x, v)      writes a signal, inside a batch                 x.value = v x.set(v)  x["value"] = v
write(x, v)    the same outside; the effects have run then     x.value = v x.set(v)  … and a flush
"""

import ast
from pathlib import Path

from libraries import Library


def read(signal):
    raise NotImplementedError  # never called: a module with this is always spelled anew


get = read


def put(signal, value):
    raise NotImplementedError


write = put


def spelled(module: str, library: Library) -> dict[str, object]:
    """Runs a module beside this one in a library's spelling, and returns what it defines."""
    path = Path(__file__).with_name(f"{module}.py")
    tree = ast.fix_missing_locations(_Spelling(library).visit(ast.parse(path.read_text("utf-8"))))
    names = {"__name__": module, "__file__": str(path)}
    exec(compile(tree, str(path), "exec"), names)
    names.update(library.names)
    return names


class _Spelling(ast.NodeTransformer):
    def __init__(self, library: Library):
        self.reads = {"read": library.read, "get": library.get}
        self.writes = {"put": library.put, "write": library.write}

    def visit_Call(self, node):
        self.generic_visit(node)
        spelling = self.reads.get(getattr(node.func, "id", ""))
        return _filled(spelling, node.args)[0].value if spelling else node

    def visit_Expr(self, node):
        self.generic_visit(node)
        called = node.value
        spelling = isinstance(called, ast.Call) and self.writes.get(getattr(called.func, "id", ""))
        return _filled(spelling, called.args) if spelling else node


def _filled(spelling, values):
    given = dict(zip("XV", values, strict=False))

    class Fill(ast.NodeTransformer):
        def visit_Name(self, node):
            return given.get(node.id, node)

    return Fill().visit(ast.parse(spelling)).body

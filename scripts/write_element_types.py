"""Write what each element takes, for type checkers, from the tables beside this file.

    python -m scripts.write_element_types

Writes `props.py` and the stubs in `src/pyodide_app/bridge/vdom/elements`; the modules there say which
elements there are.
"""

import keyword
import re
from collections.abc import Mapping
from pathlib import Path

from scripts import element_tables as tables
from scripts.element_tables_svg import EVERY_SVG, SVG

from pyodide_app.bridge.vdom import elements
from pyodide_app.bridge.vdom.elements import mathml, svg
from pyodide_app.bridge.vdom.elements._tag import Tag

ELEMENTS = Path(__file__).parents[1] / "src/pyodide_app/bridge/vdom/elements"
PACKAGE = "pyodide_app.bridge.vdom"
BY = "# Written by scripts/write_element_types.py.\n"
TYPES = {"!": "Flag", "#": "Integer", "~": "Number", "%": "Length"}
DATA = [("data", "Data")]  # but for <object>, which has an attribute of that name


def python_name(name: str) -> str:
    """What an attribute or an element is called in Python: `viewBox` is `view_box`, `for` is `for_`."""
    name = re.sub("(?<=[a-z])(?=[A-Z])", "_", name).lower().replace("-", "_")
    return name + "_" if keyword.iskeyword(name) else name


def prop(entry: str) -> tuple[str, str]:
    """The name and the type of an attribute in a table."""
    if entry[-1] in TYPES:
        return python_name(entry[:-1]), TYPES[entry[-1]]
    name, _, words = entry.partition("=")
    if words:
        literals = ", ".join(f'"{word}"' for word in words.split(",") if word not in ("bool", "str"))
        kinds = [f"Literal[{literals}]"] if literals else []
        kinds += [word for word in ("bool", "str") if word in words.split(",")]
        return python_name(name), f"Live[{' | '.join(kinds)} | None]"
    name, _, kind = entry.partition(":")
    return python_name(name), kind or "Text"


def handlers(events: Mapping[str, str]) -> list[tuple[str, str]]:
    """The props of events."""
    return [(f"on_{type}", f"Handles[{kind}]") for kind, types in events.items() for type in types.split()]


def class_name(tag: str, prefix: str = "") -> str:
    """What the props of an element are called: `AnnotationXmlProps`."""
    return prefix + "".join(part[0].upper() + part[1:] for part in tag.split("-")) + "Props"


def typed_dict(name: str, base: str, props: list[tuple[str, str]]) -> str:
    """A class of props."""
    lines = [f"    {name}: {kind}" for name, kind in sorted(dict(props).items())]
    return f"class {name}({base}, total=False):\n" + "\n".join(lines or ["    pass"])


def attributes(table: str) -> list[tuple[str, str]]:
    """The props in a table."""
    return [prop(entry) for entry in table.split()]


def props_module() -> str:
    """All classes of props."""
    every = attributes(tables.EVERY)
    classes = [
        typed_dict("Common", "TypedDict", every + handlers(tables.EVENTS)),
        typed_dict("HtmlCommon", "Common", attributes(tables.EVERY_HTML)),
        typed_dict("HtmlProps", "HtmlCommon", DATA),
        *(
            typed_dict(
                class_name(tag),
                "HtmlCommon" if "data:" in table else "HtmlProps",
                attributes(table) + handlers(tables.OWN_EVENTS.get(tag, {})),
            )
            for tag, table in tables.HTML.items()
        ),
        typed_dict("SvgProps", "Common", attributes(EVERY_SVG) + DATA),
        *(typed_dict(class_name(tag, "Svg"), "SvgProps", own_of_svg(table)) for tag, table in SVG.items()),
        typed_dict("MathProps", "Common", attributes(tables.EVERY_MATHML) + DATA),
        *(
            typed_dict(class_name(tag, "Math"), "MathProps", attributes(table))
            for tag, table in tables.MATHML.items()
        ),
    ]
    kinds = sorted({*tables.EVENTS, *tables.MEDIA_EVENTS})
    names = [
        "Classes",
        "Data",
        "DataOrAddress",
        "Flag",
        "Handles",
        "Integer",
        "Key",
        "Length",
        "Live",
        "Number",
    ]
    names += ["On", "Reference", "Styles", "Text"]
    return (
        '"""The props of each element. Type checkers read this; an app that runs does not."""\n\n'
        + BY
        + "\nfrom typing import Literal, TypedDict\n\n"
        + f"from {PACKAGE}.elements.types import (\n{listed(names)}\n)\n"
        + f"from {PACKAGE}.events import (\n{listed(kinds)}\n)\n\n\n"
        + "\n\n\n".join(classes)
        + "\n"
    )


def own_of_svg(table: str) -> list[tuple[str, str]]:
    """The props of an element of SVG that not all of them have."""
    common = {name for name, _ in attributes(EVERY_SVG)}
    return [(name, kind) for name, kind in attributes(table) if name not in common]


def listed(names: list[str]) -> str:
    """Names one below the other."""
    return "\n".join(f"    {name}," for name in names)


def stub(tags: Mapping[str, Tag], own: Mapping[str, str], base: str, prefix: str) -> str:
    """The stub of a module with tags.

    Args:
        tags: what is in the module.
        own: the elements that take more than all.
        base: the class of what all take.
        prefix: of the other classes.
    """
    classes = {tag: class_name(tag, prefix) for tag in own}
    names = listed(sorted([base, *classes.values()], key=str.lower))
    makers = [
        f"class _{props.removesuffix('Props')}(Builder):\n"
        f"    def __call__(self, **props: Unpack[{props}]) -> Element: ...\n"
        for props in [base, *classes.values()]
    ]
    values = [
        f"{name}: _{classes.get(tag.tag, base).removesuffix('Props')}" for name, tag in sorted(tags.items())
    ]
    return (
        f"{BY}\nfrom typing import Unpack\n\n"
        f"from {PACKAGE}._element import Element\n"
        f"from {PACKAGE}.elements._tag import Builder\nfrom {PACKAGE}.elements._tag import Tag as Tag\n"
        f"from {PACKAGE}.elements.props import (\n{names}\n)\n\n"
        + "\n".join(makers)
        + "\n"
        + "\n".join(values)
        + "\n"
    )


def written() -> dict[Path, str]:
    """The texts of all files that this script writes."""
    texts = {ELEMENTS / "props.py": props_module()}
    for module, file, own, base, prefix in (
        (elements, "__init__", tables.HTML, "HtmlProps", ""),
        (svg, "svg", SVG, "SvgProps", "Svg"),
        (mathml, "mathml", tables.MATHML, "MathProps", "Math"),
    ):
        tags: Mapping[str, Tag] = vars(module)["_TAGS"]
        texts[ELEMENTS / f"{file}.pyi"] = stub(tags, own, base, prefix)
    return texts


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, encoding="utf-8")

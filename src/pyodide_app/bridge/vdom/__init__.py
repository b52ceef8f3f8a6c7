"""User interfaces: trees of elements and components, kept up to date in the page."""

from pyodide_app.bridge.vdom._bind import bind
from pyodide_app.bridge.vdom._boundary import ErrorBoundary
from pyodide_app.bridge.vdom._component import Component, component, memo
from pyodide_app.bridge.vdom._context import Context
from pyodide_app.bridge.vdom._each import each
from pyodide_app.bridge.vdom._element import Element, h
from pyodide_app.bridge.vdom._events import Handler, on
from pyodide_app.bridge.vdom._fragment import fragment
from pyodide_app.bridge.vdom._frame import flush
from pyodide_app.bridge.vdom._hooks import on_mount, on_unmount, use
from pyodide_app.bridge.vdom._html import to_html
from pyodide_app.bridge.vdom._portal import portal
from pyodide_app.bridge.vdom._raw import raw_html
from pyodide_app.bridge.vdom._ref import Ref
from pyodide_app.bridge.vdom._suspense import Suspense
from pyodide_app.bridge.vdom._template import html
from pyodide_app.bridge.vdom.app import PythonVDOM
from pyodide_app.bridge.vdom.events import Event

__all__ = [
    "Component",
    "Context",
    "Element",
    "ErrorBoundary",
    "Event",
    "Handler",
    "PythonVDOM",
    "Ref",
    "Suspense",
    "bind",
    "component",
    "each",
    "flush",
    "fragment",
    "h",
    "html",
    "memo",
    "on",
    "on_mount",
    "on_unmount",
    "portal",
    "raw_html",
    "to_html",
    "use",
]

# Written by scripts/write_element_types.py.

from typing import Unpack

from pyodide_app.bridge.vdom._element import Element
from pyodide_app.bridge.vdom.elements._tag import Builder
from pyodide_app.bridge.vdom.elements._tag import Tag as Tag
from pyodide_app.bridge.vdom.elements.props import (
    MathAnnotationProps,
    MathAnnotationXmlProps,
    MathMathProps,
    MathMfracProps,
    MathMoProps,
    MathMoverProps,
    MathMpaddedProps,
    MathMspaceProps,
    MathMtdProps,
    MathMunderoverProps,
    MathMunderProps,
    MathProps,
)

class _Math(Builder):
    def __call__(self, **props: Unpack[MathProps]) -> Element: ...

class _MathAnnotation(Builder):
    def __call__(self, **props: Unpack[MathAnnotationProps]) -> Element: ...

class _MathAnnotationXml(Builder):
    def __call__(self, **props: Unpack[MathAnnotationXmlProps]) -> Element: ...

class _MathMath(Builder):
    def __call__(self, **props: Unpack[MathMathProps]) -> Element: ...

class _MathMfrac(Builder):
    def __call__(self, **props: Unpack[MathMfracProps]) -> Element: ...

class _MathMo(Builder):
    def __call__(self, **props: Unpack[MathMoProps]) -> Element: ...

class _MathMover(Builder):
    def __call__(self, **props: Unpack[MathMoverProps]) -> Element: ...

class _MathMpadded(Builder):
    def __call__(self, **props: Unpack[MathMpaddedProps]) -> Element: ...

class _MathMspace(Builder):
    def __call__(self, **props: Unpack[MathMspaceProps]) -> Element: ...

class _MathMtd(Builder):
    def __call__(self, **props: Unpack[MathMtdProps]) -> Element: ...

class _MathMunder(Builder):
    def __call__(self, **props: Unpack[MathMunderProps]) -> Element: ...

class _MathMunderover(Builder):
    def __call__(self, **props: Unpack[MathMunderoverProps]) -> Element: ...

annotation: _MathAnnotation
annotation_xml: _MathAnnotationXml
maction: _Math
math: _MathMath
merror: _Math
mfrac: _MathMfrac
mi: _Math
mmultiscripts: _Math
mn: _Math
mo: _MathMo
mover: _MathMover
mpadded: _MathMpadded
mphantom: _Math
mprescripts: _Math
mroot: _Math
mrow: _Math
ms: _Math
mspace: _MathMspace
msqrt: _Math
mstyle: _Math
msub: _Math
msubsup: _Math
msup: _Math
mtable: _Math
mtd: _MathMtd
mtext: _Math
mtr: _Math
munder: _MathMunder
munderover: _MathMunderover
semantics: _Math

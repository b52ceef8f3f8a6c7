"""The elements of MathML: `from pyodide_app.bridge.vdom.elements.mathml import math, mfrac`."""

from pyodide_app.bridge.vdom.elements._tag import Tag, tags

_TAGS = tags(
    "annotation maction math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot "
    "mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics",
    annotation_xml="annotation-xml",
)
globals().update(_TAGS)
__all__ = ["Tag", *_TAGS]

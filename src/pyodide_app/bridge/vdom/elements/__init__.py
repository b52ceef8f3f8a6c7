"""The elements of HTML: `from pyodide_app.bridge.vdom.elements import div, input_`.

Names that Python uses itself end in an underscore. The stubs beside this file say what
each element takes.
"""

from pyodide_app.bridge.vdom.elements._tag import Tag, tags

_TAGS = tags(
    "a abbr address area article aside audio b base bdi bdo blockquote body br button canvas caption cite "
    "code col colgroup data datalist dd details dfn dialog div dl dt em embed fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe img ins kbd label legend li link "
    "main mark menu meta meter nav noscript ol optgroup option output p picture pre progress q rp rt ruby "
    "s samp script search section select slot small source span strong style sub summary sup table tbody "
    "td template textarea tfoot th thead time title tr track u ul var video wbr",
    del_="del",
    input_="input",
    map_="map",
    object_="object",
)
globals().update(_TAGS)
__all__ = ["Tag", *_TAGS]

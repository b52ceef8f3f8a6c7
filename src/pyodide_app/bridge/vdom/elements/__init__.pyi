# Written by scripts/write_element_types.py.

from typing import Unpack

from pyodide_app.bridge.vdom._element import Element
from pyodide_app.bridge.vdom.elements._tag import Builder
from pyodide_app.bridge.vdom.elements._tag import Tag as Tag
from pyodide_app.bridge.vdom.elements.props import (
    AProps,
    AreaProps,
    AudioProps,
    BaseProps,
    BlockquoteProps,
    ButtonProps,
    CanvasProps,
    ColgroupProps,
    ColProps,
    DataProps,
    DelProps,
    DetailsProps,
    DialogProps,
    EmbedProps,
    FieldsetProps,
    FormProps,
    HtmlProps,
    IframeProps,
    ImgProps,
    InputProps,
    InsProps,
    LabelProps,
    LinkProps,
    LiProps,
    MapProps,
    MetaProps,
    MeterProps,
    ObjectProps,
    OlProps,
    OptgroupProps,
    OptionProps,
    OutputProps,
    ProgressProps,
    QProps,
    ScriptProps,
    SelectProps,
    SlotProps,
    SourceProps,
    StyleProps,
    TdProps,
    TemplateProps,
    TextareaProps,
    ThProps,
    TimeProps,
    TrackProps,
    VideoProps,
)

class _Html(Builder):
    def __call__(self, **props: Unpack[HtmlProps]) -> Element: ...

class _A(Builder):
    def __call__(self, **props: Unpack[AProps]) -> Element: ...

class _Area(Builder):
    def __call__(self, **props: Unpack[AreaProps]) -> Element: ...

class _Audio(Builder):
    def __call__(self, **props: Unpack[AudioProps]) -> Element: ...

class _Base(Builder):
    def __call__(self, **props: Unpack[BaseProps]) -> Element: ...

class _Blockquote(Builder):
    def __call__(self, **props: Unpack[BlockquoteProps]) -> Element: ...

class _Button(Builder):
    def __call__(self, **props: Unpack[ButtonProps]) -> Element: ...

class _Canvas(Builder):
    def __call__(self, **props: Unpack[CanvasProps]) -> Element: ...

class _Col(Builder):
    def __call__(self, **props: Unpack[ColProps]) -> Element: ...

class _Colgroup(Builder):
    def __call__(self, **props: Unpack[ColgroupProps]) -> Element: ...

class _Data(Builder):
    def __call__(self, **props: Unpack[DataProps]) -> Element: ...

class _Del(Builder):
    def __call__(self, **props: Unpack[DelProps]) -> Element: ...

class _Details(Builder):
    def __call__(self, **props: Unpack[DetailsProps]) -> Element: ...

class _Dialog(Builder):
    def __call__(self, **props: Unpack[DialogProps]) -> Element: ...

class _Embed(Builder):
    def __call__(self, **props: Unpack[EmbedProps]) -> Element: ...

class _Fieldset(Builder):
    def __call__(self, **props: Unpack[FieldsetProps]) -> Element: ...

class _Form(Builder):
    def __call__(self, **props: Unpack[FormProps]) -> Element: ...

class _Iframe(Builder):
    def __call__(self, **props: Unpack[IframeProps]) -> Element: ...

class _Img(Builder):
    def __call__(self, **props: Unpack[ImgProps]) -> Element: ...

class _Input(Builder):
    def __call__(self, **props: Unpack[InputProps]) -> Element: ...

class _Ins(Builder):
    def __call__(self, **props: Unpack[InsProps]) -> Element: ...

class _Label(Builder):
    def __call__(self, **props: Unpack[LabelProps]) -> Element: ...

class _Li(Builder):
    def __call__(self, **props: Unpack[LiProps]) -> Element: ...

class _Link(Builder):
    def __call__(self, **props: Unpack[LinkProps]) -> Element: ...

class _Map(Builder):
    def __call__(self, **props: Unpack[MapProps]) -> Element: ...

class _Meta(Builder):
    def __call__(self, **props: Unpack[MetaProps]) -> Element: ...

class _Meter(Builder):
    def __call__(self, **props: Unpack[MeterProps]) -> Element: ...

class _Object(Builder):
    def __call__(self, **props: Unpack[ObjectProps]) -> Element: ...

class _Ol(Builder):
    def __call__(self, **props: Unpack[OlProps]) -> Element: ...

class _Optgroup(Builder):
    def __call__(self, **props: Unpack[OptgroupProps]) -> Element: ...

class _Option(Builder):
    def __call__(self, **props: Unpack[OptionProps]) -> Element: ...

class _Output(Builder):
    def __call__(self, **props: Unpack[OutputProps]) -> Element: ...

class _Progress(Builder):
    def __call__(self, **props: Unpack[ProgressProps]) -> Element: ...

class _Q(Builder):
    def __call__(self, **props: Unpack[QProps]) -> Element: ...

class _Script(Builder):
    def __call__(self, **props: Unpack[ScriptProps]) -> Element: ...

class _Select(Builder):
    def __call__(self, **props: Unpack[SelectProps]) -> Element: ...

class _Slot(Builder):
    def __call__(self, **props: Unpack[SlotProps]) -> Element: ...

class _Source(Builder):
    def __call__(self, **props: Unpack[SourceProps]) -> Element: ...

class _Style(Builder):
    def __call__(self, **props: Unpack[StyleProps]) -> Element: ...

class _Td(Builder):
    def __call__(self, **props: Unpack[TdProps]) -> Element: ...

class _Template(Builder):
    def __call__(self, **props: Unpack[TemplateProps]) -> Element: ...

class _Textarea(Builder):
    def __call__(self, **props: Unpack[TextareaProps]) -> Element: ...

class _Th(Builder):
    def __call__(self, **props: Unpack[ThProps]) -> Element: ...

class _Time(Builder):
    def __call__(self, **props: Unpack[TimeProps]) -> Element: ...

class _Track(Builder):
    def __call__(self, **props: Unpack[TrackProps]) -> Element: ...

class _Video(Builder):
    def __call__(self, **props: Unpack[VideoProps]) -> Element: ...

a: _A
abbr: _Html
address: _Html
area: _Area
article: _Html
aside: _Html
audio: _Audio
b: _Html
base: _Base
bdi: _Html
bdo: _Html
blockquote: _Blockquote
body: _Html
br: _Html
button: _Button
canvas: _Canvas
caption: _Html
cite: _Html
code: _Html
col: _Col
colgroup: _Colgroup
data: _Data
datalist: _Html
dd: _Html
del_: _Del
details: _Details
dfn: _Html
dialog: _Dialog
div: _Html
dl: _Html
dt: _Html
em: _Html
embed: _Embed
fieldset: _Fieldset
figcaption: _Html
figure: _Html
footer: _Html
form: _Form
h1: _Html
h2: _Html
h3: _Html
h4: _Html
h5: _Html
h6: _Html
head: _Html
header: _Html
hgroup: _Html
hr: _Html
html: _Html
i: _Html
iframe: _Iframe
img: _Img
input_: _Input
ins: _Ins
kbd: _Html
label: _Label
legend: _Html
li: _Li
link: _Link
main: _Html
map_: _Map
mark: _Html
menu: _Html
meta: _Meta
meter: _Meter
nav: _Html
noscript: _Html
object_: _Object
ol: _Ol
optgroup: _Optgroup
option: _Option
output: _Output
p: _Html
picture: _Html
pre: _Html
progress: _Progress
q: _Q
rp: _Html
rt: _Html
ruby: _Html
s: _Html
samp: _Html
script: _Script
search: _Html
section: _Html
select: _Select
slot: _Slot
small: _Html
source: _Source
span: _Html
strong: _Html
style: _Style
sub: _Html
summary: _Html
sup: _Html
table: _Html
tbody: _Html
td: _Td
template: _Template
textarea: _Textarea
tfoot: _Html
th: _Th
thead: _Html
time: _Time
title: _Html
tr: _Html
track: _Track
u: _Html
ul: _Html
var: _Html
video: _Video
wbr: _Html

"""The props of each element. Type checkers read this; an app that runs does not."""

# Written by scripts/write_element_types.py.

from typing import Literal, TypedDict

from pyodide_app.bridge.vdom.elements.types import (
    Classes,
    Data,
    DataOrAddress,
    Flag,
    Handles,
    Integer,
    Key,
    Length,
    Live,
    Number,
    On,
    Reference,
    Styles,
    Text,
)
from pyodide_app.bridge.vdom.events import (
    AnimationEvent,
    ChangeEvent,
    ClipboardEvent,
    CompositionEvent,
    DragEvent,
    Event,
    FocusEvent,
    InputEvent,
    KeyboardEvent,
    MouseEvent,
    PointerEvent,
    ProgressEvent,
    SubmitEvent,
    ToggleEvent,
    TouchEvent,
    TransitionEvent,
    WheelEvent,
)


class Common(TypedDict, total=False):
    aria_activedescendant: Text
    aria_atomic: Flag
    aria_autocomplete: Live[Literal["inline", "list", "both", "none"] | None]
    aria_braillelabel: Text
    aria_brailleroledescription: Text
    aria_busy: Flag
    aria_checked: Live[Literal["mixed"] | bool | None]
    aria_colcount: Integer
    aria_colindex: Integer
    aria_colindextext: Text
    aria_colspan: Integer
    aria_controls: Text
    aria_current: Live[Literal["page", "step", "location", "date", "time"] | bool | None]
    aria_describedby: Text
    aria_description: Text
    aria_details: Text
    aria_disabled: Flag
    aria_errormessage: Text
    aria_expanded: Flag
    aria_flowto: Text
    aria_haspopup: Live[Literal["menu", "listbox", "tree", "grid", "dialog"] | bool | None]
    aria_hidden: Flag
    aria_invalid: Live[Literal["grammar", "spelling"] | bool | None]
    aria_keyshortcuts: Text
    aria_label: Text
    aria_labelledby: Text
    aria_level: Integer
    aria_live: Live[Literal["off", "polite", "assertive"] | None]
    aria_modal: Flag
    aria_multiline: Flag
    aria_multiselectable: Flag
    aria_orientation: Live[Literal["horizontal", "vertical"] | None]
    aria_owns: Text
    aria_placeholder: Text
    aria_posinset: Integer
    aria_pressed: Live[Literal["mixed"] | bool | None]
    aria_readonly: Flag
    aria_relevant: Text
    aria_required: Flag
    aria_roledescription: Text
    aria_rowcount: Integer
    aria_rowindex: Integer
    aria_rowindextext: Text
    aria_rowspan: Integer
    aria_selected: Flag
    aria_setsize: Integer
    aria_sort: Live[Literal["none", "ascending", "descending", "other"] | None]
    aria_valuemax: Number
    aria_valuemin: Number
    aria_valuenow: Number
    aria_valuetext: Text
    autofocus: Flag
    class_: Classes
    id: Text
    key: Key
    lang: Text
    nonce: Text
    on: On
    on_animationcancel: Handles[AnimationEvent]
    on_animationend: Handles[AnimationEvent]
    on_animationiteration: Handles[AnimationEvent]
    on_animationstart: Handles[AnimationEvent]
    on_auxclick: Handles[PointerEvent]
    on_beforeinput: Handles[InputEvent]
    on_beforetoggle: Handles[ToggleEvent]
    on_blur: Handles[FocusEvent]
    on_change: Handles[ChangeEvent]
    on_click: Handles[PointerEvent]
    on_compositionend: Handles[CompositionEvent]
    on_compositionstart: Handles[CompositionEvent]
    on_compositionupdate: Handles[CompositionEvent]
    on_contextmenu: Handles[PointerEvent]
    on_copy: Handles[ClipboardEvent]
    on_cut: Handles[ClipboardEvent]
    on_dblclick: Handles[MouseEvent]
    on_drag: Handles[DragEvent]
    on_dragend: Handles[DragEvent]
    on_dragenter: Handles[DragEvent]
    on_dragleave: Handles[DragEvent]
    on_dragover: Handles[DragEvent]
    on_dragstart: Handles[DragEvent]
    on_drop: Handles[DragEvent]
    on_error: Handles[Event]
    on_focus: Handles[FocusEvent]
    on_focusin: Handles[FocusEvent]
    on_focusout: Handles[FocusEvent]
    on_gotpointercapture: Handles[PointerEvent]
    on_input: Handles[InputEvent]
    on_keydown: Handles[KeyboardEvent]
    on_keyup: Handles[KeyboardEvent]
    on_load: Handles[Event]
    on_lostpointercapture: Handles[PointerEvent]
    on_mousedown: Handles[MouseEvent]
    on_mouseenter: Handles[MouseEvent]
    on_mouseleave: Handles[MouseEvent]
    on_mousemove: Handles[MouseEvent]
    on_mouseout: Handles[MouseEvent]
    on_mouseover: Handles[MouseEvent]
    on_mouseup: Handles[MouseEvent]
    on_paste: Handles[ClipboardEvent]
    on_pointercancel: Handles[PointerEvent]
    on_pointerdown: Handles[PointerEvent]
    on_pointerenter: Handles[PointerEvent]
    on_pointerleave: Handles[PointerEvent]
    on_pointermove: Handles[PointerEvent]
    on_pointerout: Handles[PointerEvent]
    on_pointerover: Handles[PointerEvent]
    on_pointerup: Handles[PointerEvent]
    on_reset: Handles[Event]
    on_scroll: Handles[Event]
    on_scrollend: Handles[Event]
    on_select: Handles[Event]
    on_submit: Handles[SubmitEvent]
    on_toggle: Handles[ToggleEvent]
    on_touchcancel: Handles[TouchEvent]
    on_touchend: Handles[TouchEvent]
    on_touchmove: Handles[TouchEvent]
    on_touchstart: Handles[TouchEvent]
    on_transitioncancel: Handles[TransitionEvent]
    on_transitionend: Handles[TransitionEvent]
    on_transitionrun: Handles[TransitionEvent]
    on_transitionstart: Handles[TransitionEvent]
    on_wheel: Handles[WheelEvent]
    part: Text
    ref: Reference
    role: Text
    slot: Text
    style: Styles
    tabindex: Integer


class HtmlCommon(Common, total=False):
    accesskey: Text
    autocapitalize: Live[Literal["off", "none", "on", "sentences", "words", "characters"] | None]
    autocorrect: Live[Literal["on", "off"] | None]
    contenteditable: Live[Literal["plaintext-only"] | bool | None]
    dir: Live[Literal["ltr", "rtl", "auto"] | None]
    draggable: Flag
    enterkeyhint: Live[Literal["enter", "done", "go", "next", "previous", "search", "send"] | None]
    exportparts: Text
    hidden: Live[Literal["until-found"] | bool | None]
    inert: Flag
    inputmode: Live[Literal["none", "text", "tel", "url", "email", "numeric", "decimal", "search"] | None]
    itemid: Text
    itemprop: Text
    itemref: Text
    itemscope: Flag
    itemtype: Text
    popover: Live[Literal["auto", "manual", "hint"] | bool | None]
    spellcheck: Flag
    title: Text
    translate: Live[Literal["yes", "no"] | None]
    writingsuggestions: Flag


class HtmlProps(HtmlCommon, total=False):
    data: Data


class AProps(HtmlProps, total=False):
    download: Live[bool | str | None]
    href: Text
    hreflang: Text
    ping: Text
    referrerpolicy: Live[
        Literal[
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url",
        ]
        | None
    ]
    rel: Text
    target: Text
    type: Text


class AreaProps(HtmlProps, total=False):
    alt: Text
    coords: Text
    download: Live[bool | str | None]
    href: Text
    ping: Text
    referrerpolicy: Live[
        Literal[
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url",
        ]
        | None
    ]
    rel: Text
    shape: Live[Literal["circle", "default", "poly", "rect"] | None]
    target: Text


class AudioProps(HtmlProps, total=False):
    autoplay: Flag
    controls: Flag
    controlslist: Text
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    disableremoteplayback: Flag
    loop: Flag
    muted: Flag
    on_abort: Handles[Event]
    on_canplay: Handles[Event]
    on_canplaythrough: Handles[Event]
    on_durationchange: Handles[Event]
    on_emptied: Handles[Event]
    on_ended: Handles[Event]
    on_loadeddata: Handles[Event]
    on_loadedmetadata: Handles[Event]
    on_loadstart: Handles[Event]
    on_pause: Handles[Event]
    on_play: Handles[Event]
    on_playing: Handles[Event]
    on_progress: Handles[ProgressEvent]
    on_ratechange: Handles[Event]
    on_seeked: Handles[Event]
    on_seeking: Handles[Event]
    on_stalled: Handles[Event]
    on_suspend: Handles[Event]
    on_timeupdate: Handles[Event]
    on_volumechange: Handles[Event]
    on_waiting: Handles[Event]
    preload: Live[Literal["none", "metadata", "auto"] | None]
    src: Text


class BaseProps(HtmlProps, total=False):
    href: Text
    target: Text


class BlockquoteProps(HtmlProps, total=False):
    cite: Text


class ButtonProps(HtmlProps, total=False):
    command: Text
    commandfor: Text
    disabled: Flag
    form: Text
    formaction: Text
    formenctype: Live[
        Literal["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"] | None
    ]
    formmethod: Live[Literal["get", "post", "dialog"] | None]
    formnovalidate: Flag
    formtarget: Text
    name: Text
    popovertarget: Text
    popovertargetaction: Live[Literal["toggle", "show", "hide"] | None]
    type: Live[Literal["submit", "reset", "button"] | None]
    value: Length


class CanvasProps(HtmlProps, total=False):
    height: Integer
    width: Integer


class ColProps(HtmlProps, total=False):
    span: Integer


class ColgroupProps(HtmlProps, total=False):
    span: Integer


class DataProps(HtmlProps, total=False):
    value: Length


class DelProps(HtmlProps, total=False):
    cite: Text
    datetime: Text


class DetailsProps(HtmlProps, total=False):
    name: Text
    open: Flag


class DialogProps(HtmlProps, total=False):
    closedby: Live[Literal["any", "closerequest", "none"] | None]
    on_cancel: Handles[Event]
    on_close: Handles[Event]
    open: Flag


class EmbedProps(HtmlProps, total=False):
    height: Integer
    src: Text
    type: Text
    width: Integer


class FieldsetProps(HtmlProps, total=False):
    disabled: Flag
    form: Text
    name: Text


class FormProps(HtmlProps, total=False):
    accept_charset: Text
    action: Text
    autocomplete: Live[Literal["on", "off"] | None]
    enctype: Live[Literal["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"] | None]
    method: Live[Literal["get", "post", "dialog"] | None]
    name: Text
    novalidate: Flag
    on_formdata: Handles[Event]
    rel: Text
    target: Text


class IframeProps(HtmlProps, total=False):
    allow: Text
    allowfullscreen: Flag
    height: Length
    loading: Live[Literal["eager", "lazy"] | None]
    name: Text
    referrerpolicy: Live[
        Literal[
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url",
        ]
        | None
    ]
    sandbox: Text
    src: Text
    width: Length


class ImgProps(HtmlProps, total=False):
    alt: Text
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    decoding: Live[Literal["sync", "async", "auto"] | None]
    fetchpriority: Live[Literal["high", "low", "auto"] | None]
    height: Integer
    ismap: Flag
    loading: Live[Literal["eager", "lazy"] | None]
    referrerpolicy: Live[
        Literal[
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url",
        ]
        | None
    ]
    sizes: Text
    src: Text
    srcset: Text
    usemap: Text
    width: Integer


class InputProps(HtmlProps, total=False):
    accept: Text
    alt: Text
    autocomplete: Text
    capture: Live[Literal["user", "environment"] | None]
    checked: Flag
    default_checked: Flag
    default_value: Length
    dirname: Text
    disabled: Flag
    form: Text
    formaction: Text
    formenctype: Live[
        Literal["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"] | None
    ]
    formmethod: Live[Literal["get", "post", "dialog"] | None]
    formnovalidate: Flag
    formtarget: Text
    height: Integer
    indeterminate: Flag
    list: Text
    max: Length
    maxlength: Integer
    min: Length
    minlength: Integer
    multiple: Flag
    name: Text
    on_cancel: Handles[Event]
    on_invalid: Handles[Event]
    on_selectionchange: Handles[Event]
    pattern: Text
    placeholder: Text
    popovertarget: Text
    popovertargetaction: Live[Literal["toggle", "show", "hide"] | None]
    readonly: Flag
    required: Flag
    size: Integer
    src: Text
    step: Length
    type: Live[
        Literal[
            "button",
            "checkbox",
            "color",
            "date",
            "datetime-local",
            "email",
            "file",
            "hidden",
            "image",
            "month",
            "number",
            "password",
            "radio",
            "range",
            "reset",
            "search",
            "submit",
            "tel",
            "text",
            "time",
            "url",
            "week",
        ]
        | None
    ]
    value: Length
    width: Integer


class InsProps(HtmlProps, total=False):
    cite: Text
    datetime: Text


class LabelProps(HtmlProps, total=False):
    for_: Text


class LiProps(HtmlProps, total=False):
    value: Integer


class LinkProps(HtmlProps, total=False):
    as_: Text
    blocking: Text
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    disabled: Flag
    fetchpriority: Live[Literal["high", "low", "auto"] | None]
    href: Text
    hreflang: Text
    imagesizes: Text
    imagesrcset: Text
    integrity: Text
    media: Text
    referrerpolicy: Live[
        Literal[
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url",
        ]
        | None
    ]
    rel: Text
    sizes: Text
    type: Text


class MapProps(HtmlProps, total=False):
    name: Text


class MetaProps(HtmlProps, total=False):
    charset: Text
    content: Text
    http_equiv: Text
    media: Text
    name: Text


class MeterProps(HtmlProps, total=False):
    high: Number
    low: Number
    max: Number
    min: Number
    optimum: Number
    value: Number


class ObjectProps(HtmlCommon, total=False):
    data: DataOrAddress
    form: Text
    height: Length
    name: Text
    type: Text
    width: Length


class OlProps(HtmlProps, total=False):
    reversed: Flag
    start: Integer
    type: Live[Literal["1", "a", "A", "i", "I"] | None]


class OptgroupProps(HtmlProps, total=False):
    disabled: Flag
    label: Text


class OptionProps(HtmlProps, total=False):
    disabled: Flag
    label: Text
    selected: Flag
    value: Length


class OutputProps(HtmlProps, total=False):
    for_: Text
    form: Text
    name: Text


class ProgressProps(HtmlProps, total=False):
    max: Number
    value: Number


class QProps(HtmlProps, total=False):
    cite: Text


class ScriptProps(HtmlProps, total=False):
    async_: Flag
    blocking: Text
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    defer: Flag
    fetchpriority: Live[Literal["high", "low", "auto"] | None]
    integrity: Text
    nomodule: Flag
    referrerpolicy: Live[
        Literal[
            "no-referrer",
            "no-referrer-when-downgrade",
            "same-origin",
            "origin",
            "strict-origin",
            "origin-when-cross-origin",
            "strict-origin-when-cross-origin",
            "unsafe-url",
        ]
        | None
    ]
    src: Text
    type: Text


class SelectProps(HtmlProps, total=False):
    autocomplete: Text
    disabled: Flag
    form: Text
    multiple: Flag
    name: Text
    on_invalid: Handles[Event]
    required: Flag
    size: Integer
    value: Length


class SlotProps(HtmlProps, total=False):
    name: Text
    on_slotchange: Handles[Event]


class SourceProps(HtmlProps, total=False):
    height: Integer
    media: Text
    sizes: Text
    src: Text
    srcset: Text
    type: Text
    width: Integer


class StyleProps(HtmlProps, total=False):
    blocking: Text
    media: Text


class TdProps(HtmlProps, total=False):
    colspan: Integer
    headers: Text
    rowspan: Integer


class TemplateProps(HtmlProps, total=False):
    shadowrootclonable: Flag
    shadowrootdelegatesfocus: Flag
    shadowrootmode: Live[Literal["open", "closed"] | None]
    shadowrootserializable: Flag


class TextareaProps(HtmlProps, total=False):
    autocomplete: Text
    cols: Integer
    dirname: Text
    disabled: Flag
    form: Text
    maxlength: Integer
    minlength: Integer
    name: Text
    on_invalid: Handles[Event]
    on_selectionchange: Handles[Event]
    placeholder: Text
    readonly: Flag
    required: Flag
    rows: Integer
    value: Length
    wrap: Live[Literal["soft", "hard"] | None]


class ThProps(HtmlProps, total=False):
    abbr: Text
    colspan: Integer
    headers: Text
    rowspan: Integer
    scope: Live[Literal["row", "col", "rowgroup", "colgroup"] | None]


class TimeProps(HtmlProps, total=False):
    datetime: Text


class TrackProps(HtmlProps, total=False):
    default: Flag
    kind: Live[Literal["subtitles", "captions", "descriptions", "chapters", "metadata"] | None]
    label: Text
    on_cuechange: Handles[Event]
    src: Text
    srclang: Text


class VideoProps(HtmlProps, total=False):
    autoplay: Flag
    controls: Flag
    controlslist: Text
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    disablepictureinpicture: Flag
    disableremoteplayback: Flag
    height: Integer
    loop: Flag
    muted: Flag
    on_abort: Handles[Event]
    on_canplay: Handles[Event]
    on_canplaythrough: Handles[Event]
    on_durationchange: Handles[Event]
    on_emptied: Handles[Event]
    on_ended: Handles[Event]
    on_enterpictureinpicture: Handles[Event]
    on_leavepictureinpicture: Handles[Event]
    on_loadeddata: Handles[Event]
    on_loadedmetadata: Handles[Event]
    on_loadstart: Handles[Event]
    on_pause: Handles[Event]
    on_play: Handles[Event]
    on_playing: Handles[Event]
    on_progress: Handles[ProgressEvent]
    on_ratechange: Handles[Event]
    on_resize: Handles[Event]
    on_seeked: Handles[Event]
    on_seeking: Handles[Event]
    on_stalled: Handles[Event]
    on_suspend: Handles[Event]
    on_timeupdate: Handles[Event]
    on_volumechange: Handles[Event]
    on_waiting: Handles[Event]
    playsinline: Flag
    poster: Text
    preload: Live[Literal["none", "metadata", "auto"] | None]
    src: Text
    width: Integer


class SvgProps(Common, total=False):
    alignment_baseline: Text
    baseline_shift: Text
    clip_path: Text
    clip_rule: Live[Literal["nonzero", "evenodd"] | None]
    color: Text
    color_interpolation: Live[Literal["auto", "sRGB", "linearRGB"] | None]
    color_interpolation_filters: Live[Literal["auto", "sRGB", "linearRGB"] | None]
    cursor: Text
    data: Data
    direction: Live[Literal["ltr", "rtl"] | None]
    display: Text
    dominant_baseline: Text
    fill: Text
    fill_opacity: Length
    fill_rule: Live[Literal["nonzero", "evenodd"] | None]
    filter: Text
    flood_color: Text
    flood_opacity: Length
    font_family: Text
    font_size: Length
    font_size_adjust: Length
    font_stretch: Text
    font_style: Text
    font_variant: Text
    font_weight: Length
    image_rendering: Text
    letter_spacing: Length
    lighting_color: Text
    marker_end: Text
    marker_mid: Text
    marker_start: Text
    mask: Text
    mask_type: Live[Literal["luminance", "alpha"] | None]
    opacity: Length
    overflow: Text
    paint_order: Text
    pointer_events: Text
    shape_rendering: Live[Literal["auto", "optimizeSpeed", "crispEdges", "geometricPrecision"] | None]
    stop_color: Text
    stop_opacity: Length
    stroke: Text
    stroke_dasharray: Length
    stroke_dashoffset: Length
    stroke_linecap: Live[Literal["butt", "round", "square"] | None]
    stroke_linejoin: Live[Literal["miter", "round", "bevel", "arcs", "miter-clip"] | None]
    stroke_miterlimit: Number
    stroke_opacity: Length
    stroke_width: Length
    text_anchor: Live[Literal["start", "middle", "end"] | None]
    text_decoration: Text
    text_overflow: Text
    text_rendering: Text
    transform: Text
    transform_origin: Text
    unicode_bidi: Text
    vector_effect: Text
    visibility: Live[Literal["visible", "hidden", "collapse"] | None]
    white_space: Text
    word_spacing: Length
    writing_mode: Text


class SvgAProps(SvgProps, total=False):
    download: Live[bool | str | None]
    href: Text
    hreflang: Text
    ping: Text
    rel: Text
    target: Text
    type: Text


class SvgAnimateProps(SvgProps, total=False):
    accumulate: Live[Literal["none", "sum"] | None]
    additive: Live[Literal["replace", "sum"] | None]
    attribute_name: Text
    begin: Text
    by: Length
    calc_mode: Live[Literal["discrete", "linear", "paced", "spline"] | None]
    dur: Text
    end: Text
    from_: Length
    href: Text
    key_splines: Text
    key_times: Text
    max: Text
    min: Text
    repeat_count: Length
    repeat_dur: Text
    restart: Live[Literal["always", "never", "whenNotActive"] | None]
    to: Length
    values: Text


class SvgAnimateMotionProps(SvgProps, total=False):
    accumulate: Live[Literal["none", "sum"] | None]
    additive: Live[Literal["replace", "sum"] | None]
    attribute_name: Text
    begin: Text
    by: Length
    calc_mode: Live[Literal["discrete", "linear", "paced", "spline"] | None]
    dur: Text
    end: Text
    from_: Length
    href: Text
    key_points: Text
    key_splines: Text
    key_times: Text
    max: Text
    min: Text
    path: Text
    repeat_count: Length
    repeat_dur: Text
    restart: Live[Literal["always", "never", "whenNotActive"] | None]
    rotate: Length
    to: Length
    values: Text


class SvgAnimateTransformProps(SvgProps, total=False):
    accumulate: Live[Literal["none", "sum"] | None]
    additive: Live[Literal["replace", "sum"] | None]
    attribute_name: Text
    begin: Text
    by: Length
    calc_mode: Live[Literal["discrete", "linear", "paced", "spline"] | None]
    dur: Text
    end: Text
    from_: Length
    href: Text
    key_splines: Text
    key_times: Text
    max: Text
    min: Text
    repeat_count: Length
    repeat_dur: Text
    restart: Live[Literal["always", "never", "whenNotActive"] | None]
    to: Length
    type: Live[Literal["translate", "scale", "rotate", "skewX", "skewY"] | None]
    values: Text


class SvgCircleProps(SvgProps, total=False):
    cx: Length
    cy: Length
    path_length: Number
    r: Length


class SvgClipPathProps(SvgProps, total=False):
    clip_path_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]


class SvgEllipseProps(SvgProps, total=False):
    cx: Length
    cy: Length
    path_length: Number
    rx: Length
    ry: Length


class SvgFeBlendProps(SvgProps, total=False):
    height: Length
    in2: Text
    in_: Text
    mode: Text
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeColorMatrixProps(SvgProps, total=False):
    height: Length
    in_: Text
    result: Text
    type: Live[Literal["matrix", "saturate", "hueRotate", "luminanceToAlpha"] | None]
    values: Length
    width: Length
    x: Length
    y: Length


class SvgFeComponentTransferProps(SvgProps, total=False):
    height: Length
    in_: Text
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeCompositeProps(SvgProps, total=False):
    height: Length
    in2: Text
    in_: Text
    k1: Number
    k2: Number
    k3: Number
    k4: Number
    operator: Live[Literal["over", "in", "out", "atop", "xor", "lighter", "arithmetic"] | None]
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeConvolveMatrixProps(SvgProps, total=False):
    bias: Number
    divisor: Number
    edge_mode: Live[Literal["duplicate", "wrap", "none"] | None]
    height: Length
    in_: Text
    kernel_matrix: Text
    order: Length
    preserve_alpha: Flag
    result: Text
    target_x: Integer
    target_y: Integer
    width: Length
    x: Length
    y: Length


class SvgFeDiffuseLightingProps(SvgProps, total=False):
    diffuse_constant: Number
    height: Length
    in_: Text
    result: Text
    surface_scale: Number
    width: Length
    x: Length
    y: Length


class SvgFeDisplacementMapProps(SvgProps, total=False):
    height: Length
    in2: Text
    in_: Text
    result: Text
    scale: Number
    width: Length
    x: Length
    x_channel_selector: Live[Literal["R", "G", "B", "A"] | None]
    y: Length
    y_channel_selector: Live[Literal["R", "G", "B", "A"] | None]


class SvgFeDistantLightProps(SvgProps, total=False):
    azimuth: Number
    elevation: Number


class SvgFeDropShadowProps(SvgProps, total=False):
    dx: Number
    dy: Number
    height: Length
    in_: Text
    result: Text
    std_deviation: Length
    width: Length
    x: Length
    y: Length


class SvgFeFloodProps(SvgProps, total=False):
    height: Length
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeFuncAProps(SvgProps, total=False):
    amplitude: Number
    exponent: Number
    intercept: Number
    offset: Number
    slope: Number
    table_values: Text
    type: Live[Literal["identity", "table", "discrete", "linear", "gamma"] | None]


class SvgFeFuncBProps(SvgProps, total=False):
    amplitude: Number
    exponent: Number
    intercept: Number
    offset: Number
    slope: Number
    table_values: Text
    type: Live[Literal["identity", "table", "discrete", "linear", "gamma"] | None]


class SvgFeFuncGProps(SvgProps, total=False):
    amplitude: Number
    exponent: Number
    intercept: Number
    offset: Number
    slope: Number
    table_values: Text
    type: Live[Literal["identity", "table", "discrete", "linear", "gamma"] | None]


class SvgFeFuncRProps(SvgProps, total=False):
    amplitude: Number
    exponent: Number
    intercept: Number
    offset: Number
    slope: Number
    table_values: Text
    type: Live[Literal["identity", "table", "discrete", "linear", "gamma"] | None]


class SvgFeGaussianBlurProps(SvgProps, total=False):
    edge_mode: Live[Literal["duplicate", "wrap", "none"] | None]
    height: Length
    in_: Text
    result: Text
    std_deviation: Length
    width: Length
    x: Length
    y: Length


class SvgFeImageProps(SvgProps, total=False):
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    height: Length
    href: Text
    preserve_aspect_ratio: Text
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeMergeProps(SvgProps, total=False):
    height: Length
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeMergeNodeProps(SvgProps, total=False):
    in_: Text


class SvgFeMorphologyProps(SvgProps, total=False):
    height: Length
    in_: Text
    operator: Live[Literal["erode", "dilate"] | None]
    radius: Length
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeOffsetProps(SvgProps, total=False):
    dx: Number
    dy: Number
    height: Length
    in_: Text
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFePointLightProps(SvgProps, total=False):
    x: Number
    y: Number
    z: Number


class SvgFeSpecularLightingProps(SvgProps, total=False):
    height: Length
    in_: Text
    result: Text
    specular_constant: Number
    specular_exponent: Number
    surface_scale: Number
    width: Length
    x: Length
    y: Length


class SvgFeSpotLightProps(SvgProps, total=False):
    limiting_cone_angle: Number
    points_at_x: Number
    points_at_y: Number
    points_at_z: Number
    specular_exponent: Number
    x: Number
    y: Number
    z: Number


class SvgFeTileProps(SvgProps, total=False):
    height: Length
    in_: Text
    result: Text
    width: Length
    x: Length
    y: Length


class SvgFeTurbulenceProps(SvgProps, total=False):
    base_frequency: Length
    height: Length
    num_octaves: Integer
    result: Text
    seed: Number
    stitch_tiles: Live[Literal["stitch", "noStitch"] | None]
    type: Live[Literal["fractalNoise", "turbulence"] | None]
    width: Length
    x: Length
    y: Length


class SvgFilterProps(SvgProps, total=False):
    filter_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    height: Length
    primitive_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    width: Length
    x: Length
    y: Length


class SvgForeignObjectProps(SvgProps, total=False):
    height: Length
    width: Length
    x: Length
    y: Length


class SvgImageProps(SvgProps, total=False):
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    decoding: Live[Literal["sync", "async", "auto"] | None]
    height: Length
    href: Text
    preserve_aspect_ratio: Text
    width: Length
    x: Length
    y: Length


class SvgLineProps(SvgProps, total=False):
    path_length: Number
    x1: Length
    x2: Length
    y1: Length
    y2: Length


class SvgLinearGradientProps(SvgProps, total=False):
    gradient_transform: Text
    gradient_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    href: Text
    spread_method: Live[Literal["pad", "reflect", "repeat"] | None]
    x1: Length
    x2: Length
    y1: Length
    y2: Length


class SvgMarkerProps(SvgProps, total=False):
    marker_height: Length
    marker_units: Live[Literal["strokeWidth", "userSpaceOnUse"] | None]
    marker_width: Length
    orient: Length
    preserve_aspect_ratio: Text
    ref_x: Length
    ref_y: Length
    view_box: Text


class SvgMaskProps(SvgProps, total=False):
    height: Length
    mask_content_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    mask_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    width: Length
    x: Length
    y: Length


class SvgMpathProps(SvgProps, total=False):
    href: Text


class SvgPathProps(SvgProps, total=False):
    d: Text
    path_length: Number


class SvgPatternProps(SvgProps, total=False):
    height: Length
    href: Text
    pattern_content_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    pattern_transform: Text
    pattern_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    preserve_aspect_ratio: Text
    view_box: Text
    width: Length
    x: Length
    y: Length


class SvgPolygonProps(SvgProps, total=False):
    path_length: Number
    points: Text


class SvgPolylineProps(SvgProps, total=False):
    path_length: Number
    points: Text


class SvgRadialGradientProps(SvgProps, total=False):
    cx: Length
    cy: Length
    fr: Length
    fx: Length
    fy: Length
    gradient_transform: Text
    gradient_units: Live[Literal["userSpaceOnUse", "objectBoundingBox"] | None]
    href: Text
    r: Length
    spread_method: Live[Literal["pad", "reflect", "repeat"] | None]


class SvgRectProps(SvgProps, total=False):
    height: Length
    path_length: Number
    rx: Length
    ry: Length
    width: Length
    x: Length
    y: Length


class SvgScriptProps(SvgProps, total=False):
    crossorigin: Live[Literal["anonymous", "use-credentials"] | None]
    href: Text
    type: Text


class SvgSetProps(SvgProps, total=False):
    attribute_name: Text
    begin: Text
    dur: Text
    end: Text
    href: Text
    max: Text
    min: Text
    repeat_count: Length
    repeat_dur: Text
    restart: Live[Literal["always", "never", "whenNotActive"] | None]
    to: Length


class SvgStopProps(SvgProps, total=False):
    offset: Length


class SvgStyleProps(SvgProps, total=False):
    media: Text
    title: Text
    type: Text


class SvgSvgProps(SvgProps, total=False):
    height: Length
    preserve_aspect_ratio: Text
    view_box: Text
    width: Length
    x: Length
    xmlns: Text
    y: Length


class SvgSwitchProps(SvgProps, total=False):
    required_extensions: Text
    system_language: Text


class SvgSymbolProps(SvgProps, total=False):
    height: Length
    preserve_aspect_ratio: Text
    ref_x: Length
    ref_y: Length
    view_box: Text
    width: Length
    x: Length
    y: Length


class SvgTextProps(SvgProps, total=False):
    dx: Length
    dy: Length
    length_adjust: Live[Literal["spacing", "spacingAndGlyphs"] | None]
    rotate: Length
    text_length: Length
    x: Length
    y: Length


class SvgTextPathProps(SvgProps, total=False):
    dx: Length
    dy: Length
    href: Text
    length_adjust: Live[Literal["spacing", "spacingAndGlyphs"] | None]
    method: Live[Literal["align", "stretch"] | None]
    path: Text
    rotate: Length
    side: Live[Literal["left", "right"] | None]
    spacing: Live[Literal["auto", "exact"] | None]
    start_offset: Length
    text_length: Length
    x: Length
    y: Length


class SvgTspanProps(SvgProps, total=False):
    dx: Length
    dy: Length
    length_adjust: Live[Literal["spacing", "spacingAndGlyphs"] | None]
    rotate: Length
    text_length: Length
    x: Length
    y: Length


class SvgUseProps(SvgProps, total=False):
    height: Length
    href: Text
    width: Length
    x: Length
    y: Length


class SvgViewProps(SvgProps, total=False):
    preserve_aspect_ratio: Text
    view_box: Text


class MathProps(Common, total=False):
    arg: Text
    data: Data
    dir: Live[Literal["ltr", "rtl"] | None]
    displaystyle: Flag
    href: Text
    intent: Text
    mathbackground: Text
    mathcolor: Text
    mathsize: Text
    mathvariant: Text
    scriptlevel: Length
    title: Text


class MathAnnotationProps(MathProps, total=False):
    encoding: Text


class MathAnnotationXmlProps(MathProps, total=False):
    encoding: Text


class MathMathProps(MathProps, total=False):
    alttext: Text
    display: Live[Literal["block", "inline"] | None]


class MathMfracProps(MathProps, total=False):
    linethickness: Length


class MathMoProps(MathProps, total=False):
    accent: Flag
    fence: Flag
    form: Live[Literal["prefix", "infix", "postfix"] | None]
    largeop: Flag
    lspace: Text
    maxsize: Text
    minsize: Text
    movablelimits: Flag
    rspace: Text
    separator: Flag
    stretchy: Flag
    symmetric: Flag


class MathMoverProps(MathProps, total=False):
    accent: Flag


class MathMpaddedProps(MathProps, total=False):
    depth: Text
    height: Text
    lspace: Text
    voffset: Text
    width: Text


class MathMspaceProps(MathProps, total=False):
    depth: Text
    height: Text
    width: Text


class MathMtdProps(MathProps, total=False):
    columnspan: Integer
    rowspan: Integer


class MathMunderProps(MathProps, total=False):
    accentunder: Flag


class MathMunderoverProps(MathProps, total=False):
    accent: Flag
    accentunder: Flag

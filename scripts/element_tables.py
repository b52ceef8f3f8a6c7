"""Which props the elements of HTML, SVG and MathML take.

`name` takes text, `name!` true or false, `name#` a whole number, `name~` a number, `name%` a number or
text, `name=a,b` one of these words; the word `bool` stands for true or false, `str` for any text. `name:Type`
has a type of elements/types.py.
"""

REFERRER = (
    "referrerpolicy=no-referrer,no-referrer-when-downgrade,same-origin,origin,strict-origin,"
    "origin-when-cross-origin,strict-origin-when-cross-origin,unsafe-url"
)
CROSS = "crossorigin=anonymous,use-credentials"
LOADING = "loading=eager,lazy"
PRIORITY = "fetchpriority=high,low,auto"
METHOD = "get,post,dialog"
ENCTYPE = "application/x-www-form-urlencoded,multipart/form-data,text/plain"
FORM = (
    f"formaction formenctype={ENCTYPE} formmethod={METHOD} formnovalidate! formtarget form name "
    "value% disabled! "
    "popovertarget popovertargetaction=toggle,show,hide"
)
CELL = "colspan# rowspan# headers"
MEDIA = (
    f"src {CROSS} preload=none,metadata,auto autoplay! loop! muted! controls! controlslist "
    "disableremoteplayback!"
)
EDITING = "autocomplete maxlength# minlength# name form placeholder readonly! required! disabled! dirname"

EVERY = (
    "class:Classes style:Styles on:On ref:Reference key:Key id slot role tabindex# lang "
    "autofocus! nonce part "
    "aria-activedescendant aria-atomic! aria-autocomplete=inline,list,both,none aria-braillelabel "
    "aria-brailleroledescription aria-busy! aria-checked=bool,mixed aria-colcount# aria-colindex# "
    "aria-colindextext aria-colspan# aria-controls aria-current=bool,page,step,location,date,time "
    "aria-describedby aria-description aria-details aria-disabled! aria-errormessage "
    "aria-expanded! aria-flowto "
    "aria-haspopup=bool,menu,listbox,tree,grid,dialog aria-hidden! aria-invalid=bool,grammar,spelling "
    "aria-keyshortcuts aria-label aria-labelledby aria-level# aria-live=off,polite,assertive aria-modal! "
    "aria-multiline! aria-multiselectable! aria-orientation=horizontal,vertical aria-owns "
    "aria-placeholder "
    "aria-posinset# aria-pressed=bool,mixed aria-readonly! aria-relevant aria-required! "
    "aria-roledescription "
    "aria-rowcount# aria-rowindex# aria-rowindextext aria-rowspan# aria-selected! aria-setsize# "
    "aria-sort=none,ascending,descending,other aria-valuemax~ aria-valuemin~ aria-valuenow~ "
    "aria-valuetext"
)

EVERY_HTML = (
    "accesskey autocapitalize=off,none,on,sentences,words,characters autocorrect=on,off "
    "contenteditable=bool,plaintext-only dir=ltr,rtl,auto draggable! "
    "enterkeyhint=enter,done,go,next,previous,search,send exportparts hidden=bool,until-found inert! "
    "inputmode=none,text,tel,url,email,numeric,decimal,search itemid itemprop itemref "
    "itemscope! itemtype "
    "popover=bool,auto,manual,hint spellcheck! title translate=yes,no writingsuggestions!"
)

HTML = {
    "a": f"href target download=bool,str ping rel hreflang type {REFERRER}",
    "area": (f"alt coords shape=circle,default,poly,rect href target download=bool,str ping rel {REFERRER}"),
    "audio": MEDIA,
    "base": "href target",
    "blockquote": "cite",
    "button": f"type=submit,reset,button {FORM} command commandfor",
    "canvas": "width# height#",
    "col": "span#",
    "colgroup": "span#",
    "data": "value%",
    "del": "cite datetime",
    "details": "name open!",
    "dialog": "open! closedby=any,closerequest,none",
    "embed": "src type width# height#",
    "fieldset": "disabled! form name",
    "form": (
        f"accept-charset action autocomplete=on,off enctype={ENCTYPE} method={METHOD} name "
        "novalidate! target rel"
    ),
    "iframe": f"src name sandbox allow allowfullscreen! width% height% {REFERRER} {LOADING}",
    "img": (
        f"alt src srcset sizes {CROSS} usemap ismap! width# height# {REFERRER} decoding=sync,async,auto "
        f"{LOADING} {PRIORITY}"
    ),
    "input": (
        "type=button,checkbox,color,date,datetime-local,email,file,hidden,image,month,number,"
        "password,radio,range,"
        "reset,search,submit,tel,text,time,url,week accept alt capture=user,environment "
        "checked! default-checked! default-value% "
        "indeterminate! height# list max% min% multiple! pattern size# src step% width# "
        + EDITING
        + " "
        + FORM.replace(" form name", "").replace(" disabled!", "")
    ),
    "ins": "cite datetime",
    "label": "for",
    "li": "value#",
    "link": (
        f"href {CROSS} rel media integrity hreflang type {REFERRER} sizes imagesrcset imagesizes "
        "as blocking "
        f"disabled! {PRIORITY}"
    ),
    "map": "name",
    "meta": "name http-equiv content charset media",
    "meter": "value~ min~ max~ low~ high~ optimum~",
    "object": "data:DataOrAddress type name form width% height%",
    "ol": "reversed! start# type=1,a,A,i,I",
    "optgroup": "disabled! label",
    "option": "disabled! label selected! value%",
    "output": "for form name",
    "progress": "value~ max~",
    "q": "cite",
    "script": (f"src type nomodule! async! defer! {CROSS} integrity {REFERRER} blocking {PRIORITY}"),
    "select": "autocomplete disabled! form multiple! name required! size# value%",
    "slot": "name",
    "source": "type media src srcset sizes width# height#",
    "style": "media blocking",
    "td": CELL,
    "template": (
        "shadowrootmode=open,closed shadowrootdelegatesfocus! shadowrootclonable! shadowrootserializable!"
    ),
    "textarea": f"cols# rows# wrap=soft,hard value% {EDITING}",
    "th": f"{CELL} scope=row,col,rowgroup,colgroup abbr",
    "time": "datetime",
    "track": "default! kind=subtitles,captions,descriptions,chapters,metadata label src srclang",
    "video": (f"{MEDIA} poster playsinline! width# height# disablepictureinpicture!"),
}

EVERY_MATHML = (
    "dir=ltr,rtl displaystyle! intent arg mathbackground mathcolor mathsize mathvariant "
    "scriptlevel% href title"
)
OPERATOR = (
    "form=prefix,infix,postfix fence! separator! stretchy! symmetric! largeop! movablelimits! "
    "accent! lspace rspace "
    "minsize maxsize"
)
MATHML = {
    "annotation": "encoding",
    "annotation-xml": "encoding",
    "math": "display=block,inline alttext",
    "mfrac": "linethickness%",
    "mo": OPERATOR,
    "mover": "accent!",
    "mpadded": "width height depth lspace voffset",
    "mspace": "width height depth",
    "mtd": "columnspan# rowspan#",
    "munder": "accentunder!",
    "munderover": "accent! accentunder!",
}

EVENTS = {
    "AnimationEvent": "animationcancel animationend animationiteration animationstart",
    "ChangeEvent": "change",
    "ClipboardEvent": "copy cut paste",
    "CompositionEvent": "compositionend compositionstart compositionupdate",
    "DragEvent": "drag dragend dragenter dragleave dragover dragstart drop",
    "Event": "error load reset scroll scrollend select",
    "FocusEvent": "blur focus focusin focusout",
    "InputEvent": "beforeinput input",
    "KeyboardEvent": "keydown keyup",
    "MouseEvent": "dblclick mousedown mouseenter mouseleave mousemove mouseout mouseover mouseup",
    "PointerEvent": (
        "auxclick click contextmenu gotpointercapture lostpointercapture pointercancel "
        "pointerdown pointerenter "
        "pointerleave pointermove pointerout pointerover pointerup"
    ),
    "SubmitEvent": "submit",
    "ToggleEvent": "beforetoggle toggle",
    "TouchEvent": "touchcancel touchend touchmove touchstart",
    "TransitionEvent": "transitioncancel transitionend transitionrun transitionstart",
    "WheelEvent": "wheel",
}

MEDIA_EVENTS = {
    "Event": (
        "abort canplay canplaythrough durationchange emptied ended loadeddata loadedmetadata "
        "loadstart pause play "
        "playing ratechange seeked seeking stalled suspend timeupdate volumechange waiting"
    ),
    "ProgressEvent": "progress",
}
OWN_EVENTS = {
    "audio": MEDIA_EVENTS,
    "dialog": {"Event": "cancel close"},
    "form": {"Event": "formdata"},
    "input": {"Event": "cancel invalid selectionchange"},
    "select": {"Event": "invalid"},
    "slot": {"Event": "slotchange"},
    "textarea": {"Event": "invalid selectionchange"},
    "track": {"Event": "cuechange"},
    "video": {
        **MEDIA_EVENTS,
        "Event": MEDIA_EVENTS["Event"] + " resize enterpictureinpicture leavepictureinpicture",
    },
}

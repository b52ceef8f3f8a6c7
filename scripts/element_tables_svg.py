"""Which props the elements of SVG take; see element_tables.py."""

EVERY_SVG = (
    "alignment-baseline baseline-shift clip-path clip-rule=nonzero,evenodd color "
    "color-interpolation=auto,sRGB,linearRGB color-interpolation-filters=auto,sRGB,linearRGB "
    "cursor direction=ltr,rtl "
    "display dominant-baseline fill fill-opacity% fill-rule=nonzero,evenodd filter flood-color "
    "flood-opacity% "
    "font-family font-size% font-size-adjust% font-stretch font-style font-variant font-weight% "
    "image-rendering "
    "letter-spacing% lighting-color marker-end marker-mid marker-start mask "
    "mask-type=luminance,alpha opacity% "
    "overflow paint-order pointer-events "
    "shape-rendering=auto,optimizeSpeed,crispEdges,geometricPrecision stop-color "
    "stop-opacity% stroke stroke-dasharray% stroke-dashoffset% stroke-linecap=butt,round,square "
    "stroke-linejoin=miter,round,bevel,arcs,miter-clip stroke-miterlimit~ stroke-opacity% stroke-width% "
    "text-anchor=start,middle,end text-decoration text-overflow text-rendering transform "
    "transform-origin "
    "unicode-bidi vector-effect visibility=visible,hidden,collapse white-space word-spacing% writing-mode"
)

BOX = "x% y% width% height%"
RESULT = "result"
FILTER = f"{BOX} {RESULT} in"
UNITS = "userSpaceOnUse,objectBoundingBox"
LINK = "href target download=bool,str rel hreflang type ping"
FIT = "preserveAspectRatio"
TIMING = (
    "begin dur end min max restart=always,never,whenNotActive repeatCount% repeatDur fill href "
    "attributeName calcMode=discrete,linear,paced,spline values keyTimes keySplines from% to% by% "
    "additive=replace,sum accumulate=none,sum"
)
GRADIENT = f"gradientUnits={UNITS} gradientTransform spreadMethod=pad,reflect,repeat href"
TRANSFER = (
    "type=identity,table,discrete,linear,gamma tableValues slope~ intercept~ amplitude~ exponent~ offset~"
)
LETTERS = "x% y% dx% dy% rotate% textLength% lengthAdjust=spacing,spacingAndGlyphs"

SVG = {
    "a": LINK,
    "animate": TIMING,
    "animateMotion": f"{TIMING} path keyPoints rotate%",
    "animateTransform": f"{TIMING} type=translate,scale,rotate,skewX,skewY",
    "circle": "cx% cy% r% pathLength~",
    "clipPath": f"clipPathUnits={UNITS}",
    "ellipse": "cx% cy% rx% ry% pathLength~",
    "feBlend": f"{FILTER} in2 mode",
    "feColorMatrix": f"{FILTER} type=matrix,saturate,hueRotate,luminanceToAlpha values%",
    "feComponentTransfer": FILTER,
    "feComposite": f"{FILTER} in2 operator=over,in,out,atop,xor,lighter,arithmetic k1~ k2~ k3~ k4~",
    "feConvolveMatrix": (
        f"{FILTER} order% kernelMatrix divisor~ bias~ targetX# targetY# "
        "edgeMode=duplicate,wrap,none preserveAlpha!"
    ),
    "feDiffuseLighting": f"{FILTER} surfaceScale~ diffuseConstant~",
    "feDisplacementMap": f"{FILTER} in2 scale~ xChannelSelector=R,G,B,A yChannelSelector=R,G,B,A",
    "feDistantLight": "azimuth~ elevation~",
    "feDropShadow": f"{FILTER} dx~ dy~ stdDeviation%",
    "feFlood": f"{BOX} {RESULT}",
    "feFuncA": TRANSFER,
    "feFuncB": TRANSFER,
    "feFuncG": TRANSFER,
    "feFuncR": TRANSFER,
    "feGaussianBlur": f"{FILTER} stdDeviation% edgeMode=duplicate,wrap,none",
    "feImage": f"{BOX} {RESULT} href {FIT} crossorigin=anonymous,use-credentials",
    "feMerge": f"{BOX} {RESULT}",
    "feMergeNode": "in",
    "feMorphology": f"{FILTER} operator=erode,dilate radius%",
    "feOffset": f"{FILTER} dx~ dy~",
    "fePointLight": "x~ y~ z~",
    "feSpecularLighting": f"{FILTER} surfaceScale~ specularConstant~ specularExponent~",
    "feSpotLight": "x~ y~ z~ pointsAtX~ pointsAtY~ pointsAtZ~ specularExponent~ limitingConeAngle~",
    "feTile": FILTER,
    "feTurbulence": (
        f"{BOX} {RESULT} baseFrequency% numOctaves# seed~ stitchTiles=stitch,noStitch "
        "type=fractalNoise,turbulence"
    ),
    "filter": f"{BOX} filterUnits={UNITS} primitiveUnits={UNITS}",
    "foreignObject": BOX,
    "image": f"{BOX} href {FIT} crossorigin=anonymous,use-credentials decoding=sync,async,auto",
    "line": "x1% y1% x2% y2% pathLength~",
    "linearGradient": f"x1% y1% x2% y2% {GRADIENT}",
    "marker": (
        f"viewBox {FIT} refX% refY% markerUnits=strokeWidth,userSpaceOnUse markerWidth% markerHeight% orient%"
    ),
    "mask": f"{BOX} maskUnits={UNITS} maskContentUnits={UNITS}",
    "mpath": "href",
    "path": "d pathLength~",
    "pattern": (
        f"{BOX} viewBox {FIT} patternUnits={UNITS} patternContentUnits={UNITS} patternTransform href"
    ),
    "polygon": "points pathLength~",
    "polyline": "points pathLength~",
    "radialGradient": f"cx% cy% r% fx% fy% fr% {GRADIENT}",
    "rect": f"{BOX} rx% ry% pathLength~",
    "script": "href type crossorigin=anonymous,use-credentials",
    "set": (
        "begin dur end min max restart=always,never,whenNotActive repeatCount% repeatDur fill href "
        "attributeName to%"
    ),
    "stop": "offset%",
    "style": "type media title",
    "svg": f"{BOX} viewBox {FIT} xmlns",
    "switch": "systemLanguage requiredExtensions",
    "symbol": f"{BOX} viewBox {FIT} refX% refY%",
    "text": LETTERS,
    "textPath": (f"{LETTERS} href path method=align,stretch side=left,right spacing=auto,exact startOffset%"),
    "tspan": LETTERS,
    "use": f"{BOX} href",
    "view": f"viewBox {FIT}",
}

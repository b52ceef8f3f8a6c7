# Written by scripts/write_element_types.py.

from typing import Unpack

from pyodide_app.bridge.vdom._element import Element
from pyodide_app.bridge.vdom.elements._tag import Builder
from pyodide_app.bridge.vdom.elements._tag import Tag as Tag
from pyodide_app.bridge.vdom.elements.props import (
    SvgAnimateMotionProps,
    SvgAnimateProps,
    SvgAnimateTransformProps,
    SvgAProps,
    SvgCircleProps,
    SvgClipPathProps,
    SvgEllipseProps,
    SvgFeBlendProps,
    SvgFeColorMatrixProps,
    SvgFeComponentTransferProps,
    SvgFeCompositeProps,
    SvgFeConvolveMatrixProps,
    SvgFeDiffuseLightingProps,
    SvgFeDisplacementMapProps,
    SvgFeDistantLightProps,
    SvgFeDropShadowProps,
    SvgFeFloodProps,
    SvgFeFuncAProps,
    SvgFeFuncBProps,
    SvgFeFuncGProps,
    SvgFeFuncRProps,
    SvgFeGaussianBlurProps,
    SvgFeImageProps,
    SvgFeMergeNodeProps,
    SvgFeMergeProps,
    SvgFeMorphologyProps,
    SvgFeOffsetProps,
    SvgFePointLightProps,
    SvgFeSpecularLightingProps,
    SvgFeSpotLightProps,
    SvgFeTileProps,
    SvgFeTurbulenceProps,
    SvgFilterProps,
    SvgForeignObjectProps,
    SvgImageProps,
    SvgLinearGradientProps,
    SvgLineProps,
    SvgMarkerProps,
    SvgMaskProps,
    SvgMpathProps,
    SvgPathProps,
    SvgPatternProps,
    SvgPolygonProps,
    SvgPolylineProps,
    SvgProps,
    SvgRadialGradientProps,
    SvgRectProps,
    SvgScriptProps,
    SvgSetProps,
    SvgStopProps,
    SvgStyleProps,
    SvgSvgProps,
    SvgSwitchProps,
    SvgSymbolProps,
    SvgTextPathProps,
    SvgTextProps,
    SvgTspanProps,
    SvgUseProps,
    SvgViewProps,
)

class _Svg(Builder):
    def __call__(self, **props: Unpack[SvgProps]) -> Element: ...

class _SvgA(Builder):
    def __call__(self, **props: Unpack[SvgAProps]) -> Element: ...

class _SvgAnimate(Builder):
    def __call__(self, **props: Unpack[SvgAnimateProps]) -> Element: ...

class _SvgAnimateMotion(Builder):
    def __call__(self, **props: Unpack[SvgAnimateMotionProps]) -> Element: ...

class _SvgAnimateTransform(Builder):
    def __call__(self, **props: Unpack[SvgAnimateTransformProps]) -> Element: ...

class _SvgCircle(Builder):
    def __call__(self, **props: Unpack[SvgCircleProps]) -> Element: ...

class _SvgClipPath(Builder):
    def __call__(self, **props: Unpack[SvgClipPathProps]) -> Element: ...

class _SvgEllipse(Builder):
    def __call__(self, **props: Unpack[SvgEllipseProps]) -> Element: ...

class _SvgFeBlend(Builder):
    def __call__(self, **props: Unpack[SvgFeBlendProps]) -> Element: ...

class _SvgFeColorMatrix(Builder):
    def __call__(self, **props: Unpack[SvgFeColorMatrixProps]) -> Element: ...

class _SvgFeComponentTransfer(Builder):
    def __call__(self, **props: Unpack[SvgFeComponentTransferProps]) -> Element: ...

class _SvgFeComposite(Builder):
    def __call__(self, **props: Unpack[SvgFeCompositeProps]) -> Element: ...

class _SvgFeConvolveMatrix(Builder):
    def __call__(self, **props: Unpack[SvgFeConvolveMatrixProps]) -> Element: ...

class _SvgFeDiffuseLighting(Builder):
    def __call__(self, **props: Unpack[SvgFeDiffuseLightingProps]) -> Element: ...

class _SvgFeDisplacementMap(Builder):
    def __call__(self, **props: Unpack[SvgFeDisplacementMapProps]) -> Element: ...

class _SvgFeDistantLight(Builder):
    def __call__(self, **props: Unpack[SvgFeDistantLightProps]) -> Element: ...

class _SvgFeDropShadow(Builder):
    def __call__(self, **props: Unpack[SvgFeDropShadowProps]) -> Element: ...

class _SvgFeFlood(Builder):
    def __call__(self, **props: Unpack[SvgFeFloodProps]) -> Element: ...

class _SvgFeFuncA(Builder):
    def __call__(self, **props: Unpack[SvgFeFuncAProps]) -> Element: ...

class _SvgFeFuncB(Builder):
    def __call__(self, **props: Unpack[SvgFeFuncBProps]) -> Element: ...

class _SvgFeFuncG(Builder):
    def __call__(self, **props: Unpack[SvgFeFuncGProps]) -> Element: ...

class _SvgFeFuncR(Builder):
    def __call__(self, **props: Unpack[SvgFeFuncRProps]) -> Element: ...

class _SvgFeGaussianBlur(Builder):
    def __call__(self, **props: Unpack[SvgFeGaussianBlurProps]) -> Element: ...

class _SvgFeImage(Builder):
    def __call__(self, **props: Unpack[SvgFeImageProps]) -> Element: ...

class _SvgFeMerge(Builder):
    def __call__(self, **props: Unpack[SvgFeMergeProps]) -> Element: ...

class _SvgFeMergeNode(Builder):
    def __call__(self, **props: Unpack[SvgFeMergeNodeProps]) -> Element: ...

class _SvgFeMorphology(Builder):
    def __call__(self, **props: Unpack[SvgFeMorphologyProps]) -> Element: ...

class _SvgFeOffset(Builder):
    def __call__(self, **props: Unpack[SvgFeOffsetProps]) -> Element: ...

class _SvgFePointLight(Builder):
    def __call__(self, **props: Unpack[SvgFePointLightProps]) -> Element: ...

class _SvgFeSpecularLighting(Builder):
    def __call__(self, **props: Unpack[SvgFeSpecularLightingProps]) -> Element: ...

class _SvgFeSpotLight(Builder):
    def __call__(self, **props: Unpack[SvgFeSpotLightProps]) -> Element: ...

class _SvgFeTile(Builder):
    def __call__(self, **props: Unpack[SvgFeTileProps]) -> Element: ...

class _SvgFeTurbulence(Builder):
    def __call__(self, **props: Unpack[SvgFeTurbulenceProps]) -> Element: ...

class _SvgFilter(Builder):
    def __call__(self, **props: Unpack[SvgFilterProps]) -> Element: ...

class _SvgForeignObject(Builder):
    def __call__(self, **props: Unpack[SvgForeignObjectProps]) -> Element: ...

class _SvgImage(Builder):
    def __call__(self, **props: Unpack[SvgImageProps]) -> Element: ...

class _SvgLine(Builder):
    def __call__(self, **props: Unpack[SvgLineProps]) -> Element: ...

class _SvgLinearGradient(Builder):
    def __call__(self, **props: Unpack[SvgLinearGradientProps]) -> Element: ...

class _SvgMarker(Builder):
    def __call__(self, **props: Unpack[SvgMarkerProps]) -> Element: ...

class _SvgMask(Builder):
    def __call__(self, **props: Unpack[SvgMaskProps]) -> Element: ...

class _SvgMpath(Builder):
    def __call__(self, **props: Unpack[SvgMpathProps]) -> Element: ...

class _SvgPath(Builder):
    def __call__(self, **props: Unpack[SvgPathProps]) -> Element: ...

class _SvgPattern(Builder):
    def __call__(self, **props: Unpack[SvgPatternProps]) -> Element: ...

class _SvgPolygon(Builder):
    def __call__(self, **props: Unpack[SvgPolygonProps]) -> Element: ...

class _SvgPolyline(Builder):
    def __call__(self, **props: Unpack[SvgPolylineProps]) -> Element: ...

class _SvgRadialGradient(Builder):
    def __call__(self, **props: Unpack[SvgRadialGradientProps]) -> Element: ...

class _SvgRect(Builder):
    def __call__(self, **props: Unpack[SvgRectProps]) -> Element: ...

class _SvgScript(Builder):
    def __call__(self, **props: Unpack[SvgScriptProps]) -> Element: ...

class _SvgSet(Builder):
    def __call__(self, **props: Unpack[SvgSetProps]) -> Element: ...

class _SvgStop(Builder):
    def __call__(self, **props: Unpack[SvgStopProps]) -> Element: ...

class _SvgStyle(Builder):
    def __call__(self, **props: Unpack[SvgStyleProps]) -> Element: ...

class _SvgSvg(Builder):
    def __call__(self, **props: Unpack[SvgSvgProps]) -> Element: ...

class _SvgSwitch(Builder):
    def __call__(self, **props: Unpack[SvgSwitchProps]) -> Element: ...

class _SvgSymbol(Builder):
    def __call__(self, **props: Unpack[SvgSymbolProps]) -> Element: ...

class _SvgText(Builder):
    def __call__(self, **props: Unpack[SvgTextProps]) -> Element: ...

class _SvgTextPath(Builder):
    def __call__(self, **props: Unpack[SvgTextPathProps]) -> Element: ...

class _SvgTspan(Builder):
    def __call__(self, **props: Unpack[SvgTspanProps]) -> Element: ...

class _SvgUse(Builder):
    def __call__(self, **props: Unpack[SvgUseProps]) -> Element: ...

class _SvgView(Builder):
    def __call__(self, **props: Unpack[SvgViewProps]) -> Element: ...

a: _SvgA
animate: _SvgAnimate
animate_motion: _SvgAnimateMotion
animate_transform: _SvgAnimateTransform
circle: _SvgCircle
clip_path: _SvgClipPath
defs: _Svg
desc: _Svg
ellipse: _SvgEllipse
fe_blend: _SvgFeBlend
fe_color_matrix: _SvgFeColorMatrix
fe_component_transfer: _SvgFeComponentTransfer
fe_composite: _SvgFeComposite
fe_convolve_matrix: _SvgFeConvolveMatrix
fe_diffuse_lighting: _SvgFeDiffuseLighting
fe_displacement_map: _SvgFeDisplacementMap
fe_distant_light: _SvgFeDistantLight
fe_drop_shadow: _SvgFeDropShadow
fe_flood: _SvgFeFlood
fe_func_a: _SvgFeFuncA
fe_func_b: _SvgFeFuncB
fe_func_g: _SvgFeFuncG
fe_func_r: _SvgFeFuncR
fe_gaussian_blur: _SvgFeGaussianBlur
fe_image: _SvgFeImage
fe_merge: _SvgFeMerge
fe_merge_node: _SvgFeMergeNode
fe_morphology: _SvgFeMorphology
fe_offset: _SvgFeOffset
fe_point_light: _SvgFePointLight
fe_specular_lighting: _SvgFeSpecularLighting
fe_spot_light: _SvgFeSpotLight
fe_tile: _SvgFeTile
fe_turbulence: _SvgFeTurbulence
filter_: _SvgFilter
foreign_object: _SvgForeignObject
g: _Svg
image: _SvgImage
line: _SvgLine
linear_gradient: _SvgLinearGradient
marker: _SvgMarker
mask: _SvgMask
metadata: _Svg
mpath: _SvgMpath
path: _SvgPath
pattern: _SvgPattern
polygon: _SvgPolygon
polyline: _SvgPolyline
radial_gradient: _SvgRadialGradient
rect: _SvgRect
script: _SvgScript
set_: _SvgSet
stop: _SvgStop
style: _SvgStyle
svg: _SvgSvg
switch: _SvgSwitch
symbol: _SvgSymbol
text: _SvgText
text_path: _SvgTextPath
title: _Svg
tspan: _SvgTspan
use: _SvgUse
view: _SvgView

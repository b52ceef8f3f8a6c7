"""The elements of SVG: `from pyodide_app.bridge.vdom.elements.svg import svg, circle`."""

from pyodide_app.bridge.vdom.elements._tag import Tag, tags

_TAGS = tags(
    "a animate circle defs desc ellipse g image line marker mask metadata mpath path pattern polygon "
    "polyline rect script stop style svg switch symbol text title tspan use view",
    animate_motion="animateMotion",
    animate_transform="animateTransform",
    clip_path="clipPath",
    fe_blend="feBlend",
    fe_color_matrix="feColorMatrix",
    fe_component_transfer="feComponentTransfer",
    fe_composite="feComposite",
    fe_convolve_matrix="feConvolveMatrix",
    fe_diffuse_lighting="feDiffuseLighting",
    fe_displacement_map="feDisplacementMap",
    fe_distant_light="feDistantLight",
    fe_drop_shadow="feDropShadow",
    fe_flood="feFlood",
    fe_func_a="feFuncA",
    fe_func_b="feFuncB",
    fe_func_g="feFuncG",
    fe_func_r="feFuncR",
    fe_gaussian_blur="feGaussianBlur",
    fe_image="feImage",
    fe_merge="feMerge",
    fe_merge_node="feMergeNode",
    fe_morphology="feMorphology",
    fe_offset="feOffset",
    fe_point_light="fePointLight",
    fe_specular_lighting="feSpecularLighting",
    fe_spot_light="feSpotLight",
    fe_tile="feTile",
    fe_turbulence="feTurbulence",
    filter_="filter",
    foreign_object="foreignObject",
    linear_gradient="linearGradient",
    radial_gradient="radialGradient",
    set_="set",
    text_path="textPath",
)
globals().update(_TAGS)
__all__ = ["Tag", *_TAGS]

"""Props that could run code are refused, and harmless ones are not."""

import pytest

from pyodide_app.bridge.vdom import h


def refused(tag: str, props: dict[str, object]) -> str:
    """The kind of error, or nothing."""
    try:
        h(tag, props).html([].append)
    except Exception as error:
        assert f"{next(iter(props))} of <{tag}>" in error.__notes__[-1]
        return type(error).__name__
    return ""


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("a", "href"),
        ("a", "HREF"),
        ("a", "ping"),
        ("area", "href"),
        ("base", "href"),
        ("iframe", "src"),
        ("form", "action"),
        ("button", "formaction"),
        ("button", "formAction"),
        ("object", "data"),
        ("embed", "src"),
        ("use", "xlink:href"),
        ("use", "xlink_href"),
        ("math", "href"),
    ],
)
def test_an_address_that_is_a_script(tag: str, name: str) -> None:
    assert refused(tag, {name: "javascript:alert(1)"}) == "UnsafeError"


@pytest.mark.parametrize(
    "text",
    [
        "JavaScript:1",
        " javascript:1",
        "\x01\x1f javascript:1",
        "java\tscript:1",
        "java\r\nscript\n:1",
        " " * 500 + "javascript:1",
        "j" + "\n" * 500 + "avascript:1",
        "vbscript:1",
        "data:text/html,<script>",
        "DATA: text/html;base64,AA",
        "data:application/xhtml+xml,x",
    ],
)
def test_a_script_however_it_is_written(text: str) -> None:
    assert refused("a", {"href": text}) == "UnsafeError"


@pytest.mark.parametrize(
    "text",
    [
        "/javascript:1",
        "https://a.b/?q=javascript:",
        "#x",
        "",
        "mailto:a@b.c",
        "data:image/svg+xml,<svg/>",
        "data:text/csv,1",
        "blob:x",
        "javascript",
        "x javascript:1",
    ],
)
def test_harmless_addresses_are_taken(text: str) -> None:
    assert not refused("a", {"href": text})


def test_a_drawing_in_a_frame() -> None:
    address = {"src": "data:image/svg+xml,<svg/>"}
    assert refused("iframe", dict(address)) == refused("embed", dict(address)) == "UnsafeError"
    assert not refused("img", dict(address))


@pytest.mark.parametrize("name", ["onclick", "ONCLICK", "onClick", "on_click"])
def test_text_as_handler(name: str) -> None:
    assert refused("p", {name: "alert(1)"}) in ("TypeError", "UnsafeError")


@pytest.mark.parametrize("name", ["innerHTML", "outerHTML", "srcdoc", "srcDoc"])
def test_markup(name: str) -> None:
    assert refused("iframe", {name: "<b>"}) == "UnsafeError"


@pytest.mark.parametrize(
    "text", ["0;url=javascript:1", "0; URL = 'javascript:1'", "1,data:text/html,x", "0 javascript:1"]
)
def test_a_refresh_to_a_script(text: str) -> None:
    assert refused("meta", {"content": text}) == "UnsafeError"


@pytest.mark.parametrize("text", ["0;url=/next", "width=device-width", "Learn javascript: basics"])
def test_other_contents_of_a_meta_are_taken(text: str) -> None:
    assert not refused("meta", {"content": text})


@pytest.mark.parametrize("text", ["href", "xlink:href", " HREF", "onclick"])
@pytest.mark.parametrize("name", ["attribute_name", "attributeName", "attributename"])
def test_an_animation_of_an_address_or_a_handler(name: str, text: str) -> None:
    assert refused("animate", {name: text}) == "UnsafeError"


def test_other_animations_are_taken() -> None:
    assert not refused("animate", {"attribute_name": "opacity"})


def test_a_name_that_is_harmless_elsewhere() -> None:
    assert not refused("div", {"content": "a", "attributeName": "b", "data": "c"})
    assert refused("meta", {"content": "0;url=javascript:1"}) == "UnsafeError"
    assert refused("set", {"attributeName": "href"}) == "UnsafeError"


@pytest.mark.parametrize("name", ["x onload=alert(1)", "a>", "a/b", 'a"b', ""])
def test_a_name_with_markup_in_it(name: str) -> None:
    assert refused("p", {name: "1"}) == "UnsafeError"


def test_a_style_that_smuggles_in_another() -> None:
    assert refused("p", {"style": {"color": "red; position: fixed"}}) == "UnsafeError"
    assert not refused("p", {"style": {"background": "url('data:image/png;base64,AA')"}})


def test_an_attribute_that_is_a_list() -> None:
    assert refused("p", {"title": [1, 2]}) == "TypeError"
    assert refused("select", {"value": ["a", "b"]}) == "TypeError"


def test_what_a_control_holds_at_first_elsewhere() -> None:
    assert refused("textarea", {"default_value": "x"}) == "TypeError"

"""keep_alive keeps things until they are released, by hand, by a block or by their owner."""

import gc

import pytest

from pyodide_app.bridge import IS_EMSCRIPTEN, keep_alive, live_count
from pyodide_app.testing import AppPage


class Owner:
    """Anything that can own."""


def test_importing_needs_no_browser() -> None:
    assert not IS_EMSCRIPTEN


def test_it_is_kept_until_it_is_released() -> None:
    before = live_count()
    kept = keep_alive(print)
    proxy = kept.proxy
    assert proxy is print
    assert live_count() == before + 1
    kept.release()
    assert kept.proxy is None
    assert not kept.live
    assert live_count() == before


def test_releasing_twice_is_harmless() -> None:
    before = live_count()
    kept = keep_alive(print)
    kept.release()
    kept.release()
    assert live_count() == before


def test_a_block_releases_at_its_end_even_by_an_exception() -> None:
    with pytest.raises(ZeroDivisionError), keep_alive(print) as kept:
        1 / 0  # noqa: B018
    assert not kept.live


def test_the_end_of_the_owner_releases() -> None:
    owner = Owner()
    kept = keep_alive(print, owner=owner)
    del owner
    gc.collect()
    assert not kept.live


def test_an_owner_may_own_many_and_outlive_some() -> None:
    owner = Owner()
    first, second = keep_alive(print, owner=owner), keep_alive(repr, owner=owner)
    first.release()
    assert second.live
    del owner
    gc.collect()
    assert not second.live


@pytest.mark.parametrize("owner", [1, "text", ()])
def test_an_owner_must_allow_weak_references(owner: object) -> None:
    before = live_count()
    with pytest.raises(TypeError, match="weak reference"):
        keep_alive(print, owner=owner)
    assert live_count() == before


@pytest.mark.pyodide_matrix
def test_javascript_may_call_it_until_it_is_released(pyodide: AppPage) -> None:
    calls = pyodide.run("""
        import gc
        from js import Event, document
        from pyodide_app.bridge import IS_EMSCRIPTEN, keep_alive, live_count

        calls = []
        kept = keep_alive(lambda event: calls.append(event.type))
        document.addEventListener("ping", kept.proxy)
        gc.collect()
        document.dispatchEvent(Event.new("ping"))
        document.removeEventListener("ping", kept.proxy)
        kept.release()
        [IS_EMSCRIPTEN, calls, live_count()]
    """)
    assert calls == [True, ["ping"], 0]


@pytest.mark.pyodide_matrix
def test_release_destroys_the_proxy(pyodide: AppPage) -> None:
    pyodide.run("""
        import js
        from pyodide.ffi import create_proxy
        from pyodide_app.bridge import keep_alive

        made = create_proxy(lambda: 7)
        with keep_alive(made) as kept:
            assert kept.proxy is made
            js.kept_by_test = kept.proxy
            assert js.kept_by_test() == 7
    """)
    with pytest.raises(Exception, match="destroyed"):
        pyodide.run("js.kept_by_test()")


def test_a_javascript_object_is_kept_but_not_destroyed(pyodide: AppPage) -> None:
    released = pyodide.run("""
        from pyodide.code import run_js
        from pyodide_app.bridge import keep_alive

        thing = run_js("({ destroyed: false, destroy() { this.destroyed = true; } })")
        keep_alive(thing).release()
        thing.destroyed
    """)
    assert released is False

"""What of it depends on the runtime works in Pyodide: its event loop and its small stack."""

from pathlib import Path

import pytest

from pyodide_app.testing import AppPage, OpenApp, expect


@pytest.mark.pyodide_matrix
def test_async_effects_and_resources_run_on_its_loop(pyodide: AppPage) -> None:
    found = pyodide.run("""
        import asyncio
        from pyodide_app.bridge import Signal, effect, resource

        async def settle():
            for _ in range(10):
                await asyncio.sleep(0)

        a, b = Signal(1), Signal(10)
        seen = []

        @effect
        async def watch():
            number = a.value
            try:
                async with asyncio.timeout(60):
                    await asyncio.sleep(0)
            except asyncio.CancelledError:
                seen.append("cancelled")
                raise
            seen.append(number + b.value)

        @resource
        async def page():
            await asyncio.sleep(0)
            return a.value * 100

        await settle()
        a.value = 2
        await asyncio.sleep(0)
        a.value = 3
        old = page.value
        await settle()
        b.value = 20
        await settle()
        watch.dispose()
        [seen, old, page.value, page.loading]
    """)
    assert found == [[11, "cancelled", 13, 23], 100, 300, False]


FAILS = """\
import asyncio
from js import document
from pyodide_app.bridge import Signal, effect

number = Signal(0)

@effect
async def invert():
    value = number.value
    await asyncio.sleep(0)
    document.body.append(f"the inverse is {1 / value}")

async def later():
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    number.value = 2

await later()
"""


@pytest.mark.pyodide_matrix
def test_the_page_tells_of_an_exception_in_an_async_effect_which_lives_on(
    open_app: OpenApp, tmp_path: Path
) -> None:
    (tmp_path / "main.py").write_text(FAILS)
    app = open_app(tmp_path, wait=None, allow_errors=True)
    expect(app.page.get_by_role("alert")).to_contain_text("ZeroDivisionError", timeout=60_000)
    expect(app.page.get_by_role("alert")).to_contain_text("invert")
    expect(app.page.locator("body")).to_contain_text("the inverse is 0.5")


@pytest.mark.pyodide_matrix
def test_a_long_chain_needs_no_recursion(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from pyodide_app.bridge import Signal, computed, effect

        source = tip = Signal(0)
        for _ in range(20_000):
            tip = computed(lambda below=tip: below.value + 1)
        seen = []
        watch = effect(lambda: seen.append(tip.value))
        source.value = 1
        watch.dispose()
        del tip
        seen
    """)
    assert seen == [20_000, 20_001]


@pytest.mark.pyodide_matrix
def test_observables_and_collections(pyodide: AppPage) -> None:
    seen = pyodide.run("""
        from dataclasses import dataclass, field
        from pyodide_app.bridge import effect, observable, selector

        @observable
        @dataclass
        class Todo:
            title: str
            tags: list[str] = field(default_factory=list)

        @observable
        class Chosen:
            key: int = 0

        todo, chosen, seen = Todo("milk"), Chosen(), []
        is_chosen = selector(lambda: chosen.key)
        effect(lambda: seen.append([todo.title, len(todo.tags), is_chosen(1)]))
        todo.title = "bread"
        todo.tags.append("a")
        chosen.key = 1
        seen
    """)
    assert seen == [["milk", 0, False], ["bread", 0, False], ["bread", 1, False], ["bread", 1, True]]

"""resource: an async computed. Answers Solid's createResource cases."""

import asyncio

import pytest

from pyodide_app.bridge.reactivity import Pending, Resource, Scope, Signal, computed, effect, resource


class Server:
    """Answers when the test says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.cancelled: list[str] = []
        self._answers: dict[str, asyncio.Future[str]] = {}

    async def get(self, key: str) -> str:
        self.asked.append(key)
        self._answers[key] = asyncio.get_running_loop().create_future()
        try:
            return await self._answers[key]
        except asyncio.CancelledError:
            self.cancelled.append(key)
            raise

    async def answer(self, key: str, text: str | Exception) -> None:
        future = self._answers[key]
        if isinstance(text, Exception):
            future.set_exception(text)
        else:
            future.set_result(text)
        await settle()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


@pytest.fixture
def server() -> Server:
    return Server()


def state(of: Resource[str]) -> tuple[str | None, bool, str | None]:
    return of.value, of.loading, None if of.error is None else str(of.error)


@pytest.mark.asyncio
async def test_it_loads_at_once_and_tells_its_state(server: Server) -> None:
    """Solid: "createResource: simple"."""
    page = resource(lambda: server.get("a"))
    seen: list[tuple[str | None, bool, str | None]] = []
    effect(lambda: seen.append(state(page)))
    await server.answer("a", "A")
    assert seen == [(None, True, None), ("A", False, None)]


@pytest.mark.asyncio
async def test_the_old_value_stays_while_the_new_one_loads(server: Server) -> None:
    """Solid: "latest". The user interface can show the old value, and that it loads."""
    key = Signal("a")

    @resource
    async def page() -> str:
        return await server.get(key.value)

    await server.answer("a", "A")
    key.value = "b"
    assert state(page) == ("A", True, None)
    assert page.read() == "A"
    await server.answer("b", "B")
    assert state(page) == ("B", False, None)


@pytest.mark.asyncio
async def test_the_overtaken_run_is_cancelled_and_its_result_ignored(server: Server) -> None:
    """Solid: "race conditions between fetches"."""
    key = Signal("a")
    page = resource(lambda: server.get(key.value))
    key.value = "b"
    await settle()
    assert (server.asked, server.cancelled) == (["a", "b"], ["a"])
    await server.answer("b", "B")
    assert state(page) == ("B", False, None)


@pytest.mark.asyncio
async def test_an_overtaken_run_that_will_not_be_cancelled_is_ignored() -> None:
    key = Signal(1)
    over = asyncio.Event()

    @resource
    async def page() -> int:
        number = key.value
        if number == 1:
            try:
                await over.wait()
            except asyncio.CancelledError:
                await asyncio.sleep(0)
        return number

    key.value = 2
    await settle()
    assert page.value == 2


@pytest.mark.asyncio
async def test_what_is_read_after_an_await_counts_too(server: Server) -> None:
    second = Signal("x")

    @resource
    async def page() -> str:
        return await server.get("a") + second.value

    await server.answer("a", "A")
    second.value = "y"
    assert page.loading
    await server.answer("a", "A")
    assert page.value == "Ay"


@pytest.mark.asyncio
async def test_a_failure_is_told_and_the_old_value_stays(server: Server) -> None:
    """Solid: "createResource: error"."""
    page = resource(lambda: server.get("a"))
    await server.answer("a", "A")
    page.reload()
    await server.answer("a", ValueError("gone"))
    assert state(page) == ("A", False, "gone")
    for _ in range(2):
        with pytest.raises(ValueError, match="gone"):
            page.read()
    page.reload()
    assert state(page) == ("A", True, None)
    await server.answer("a", "again")
    assert state(page) == ("again", False, None)


@pytest.mark.asyncio
async def test_reading_before_there_is_a_value_raises_pending_with_the_resource(server: Server) -> None:
    """Solid: Suspense. Pending goes through computeds, and they are computed anew when the value is there."""
    page = resource(lambda: server.get("a"))
    shout = computed(lambda: page.read().upper())
    with pytest.raises(Pending) as raised:
        shout.value  # noqa: B018
    assert raised.value.resource is page
    assert "has no value yet" in str(raised.value)
    await server.answer("a", "hello")
    assert shout.value == "HELLO"


@pytest.mark.asyncio
async def test_none_is_a_value(server: Server) -> None:
    async def nothing() -> None:
        await asyncio.sleep(0)

    page = resource(nothing)
    with pytest.raises(Pending):
        page.read()
    await settle()
    assert page.read() is None
    assert not page.loading


@pytest.mark.asyncio
async def test_it_ends_with_its_scope(server: Server) -> None:
    key = Signal("a")
    with Scope() as scope:
        page = resource(lambda: server.get(key.value))
    scope.dispose()
    await settle()
    assert server.cancelled == ["a"]
    key.value = "b"
    assert server.asked == ["a"]
    assert not page.loading


@pytest.mark.asyncio
async def test_a_function_that_is_cancelled_from_elsewhere_loads_no_more() -> None:
    async def gives_up() -> int:
        raise asyncio.CancelledError

    page = resource(gives_up)
    await settle()
    assert not page.loading


def test_without_an_event_loop_it_says_so() -> None:
    async def load() -> int:
        return 1

    with pytest.raises(RuntimeError, match=r"load.* is async, and no event loop runs"):
        resource(load)

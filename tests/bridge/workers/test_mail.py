"""Without shared memory a worker that is busy or blocked is reached through a service worker."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Route

from pyodide_app.testing import AppPage, OpenApp, PageError
from pyodide_app.testing._session import Session

JOBS = '''
"""What runs in the worker; `begun.send()` tells that it does, `print` that its `finally` has run."""

import asyncio
import time

def spin():
    while True:
        pass

def add_up():
    while True:
        sum(range(100_000))  # one long step, in which Python does not look for signals

def sleep():
    time.sleep(3600)

async def rest():
    await asyncio.sleep(3600)

async def spin_in_a_task():
    spin()

def ask(question):
    return question.wait("how many?")

def ask_for(seconds, question):
    return question.wait("how many?", timeout=seconds)

def witnessed(begun, job, *args):
    try:
        begun.send()
        return job(*args)
    except BaseException as error:
        print(type(error).__name__)
        raise
    finally:
        print("finally")

async def async_witnessed(begun, job):
    try:
        begun.send()
        await job()
    except BaseException as error:
        print(type(error).__name__)
        raise
    finally:
        print("finally")

async def slow_to_end(begun):
    try:
        begun.send()
        await asyncio.sleep(3600)
    finally:
        for _ in range(60):
            await asyncio.sleep(0.01)
        print("all of finally")

def spin_for(seconds):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pass
    return "spun"

def whoami():
    return id(JOBS)

JOBS = object()  # another one in each worker
'''
PAGE = """
import asyncio, jobs
from pyodide_app.bridge import BlockingUnavailable, Worker, WorkerPool, callback

printed = []

def hire(**options):
    return Worker("jobs", name="worker", on_output=lambda _, text: printed.append(text), **options)

async def stopped(worker, job, *args):
    "What it prints and whether the call was cancelled, once it has really ended in the worker."
    printed.clear()
    begun, idle = asyncio.Event(), asyncio.Event()
    worker.on_idle.append(lambda worker: idle.set())
    worker.on_end.append(lambda worker: idle.set())
    task = asyncio.create_task(worker.run(job, callback(begun.set), *args))
    await begun.wait()
    task.cancel()
    await idle.wait()
    worker.on_idle.pop(), worker.on_end.pop()
    return "".join(printed).split(), task.cancelled(), worker.state.peek()
"""
NO_SERVICE_WORKERS = "() => { navigator.serviceWorker.register = () => Promise.reject(Error()); }"
SCOPES = """navigator.serviceWorker.getRegistrations().then(
  (all) => all.map(({ scope }) => new URL(scope).pathname)
)"""
OWN_SERVICE_WORKER = """async () => {
  const { installing } = await navigator.serviceWorker.register("service-worker.js");
  await new Promise((resolve) => {
    installing.onstatechange = () => installing.state === "activated" && resolve();
  });
}"""
POLITE = (["KeyboardInterrupt", "finally"], True, "idle")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An app with a module of its own."""
    return write_app(tmp_path)


def write_app(folder: Path) -> Path:
    (folder / "jobs.py").write_text(JOBS)
    (folder / "main.py").touch()
    return folder


@pytest.fixture(scope="module")
def page(_pyodide_session: Session, tmp_path_factory: pytest.TempPathFactory) -> Iterator[AppPage]:
    """The app's page, not isolated, with `worker` running."""
    folder = write_app(tmp_path_factory.mktemp("app"))
    with _pyodide_session.page(folder, pyodide=None, isolation=False, timeout=120) as app:
        app.wait_ready()
        app.run(PAGE)
        app.run("worker = await hire().ready()")
        yield app


@pytest.fixture
def lossy(page: AppPage) -> Iterator[None]:
    """The first letter is lost on its way; `letters` has the numbers of all."""
    page.page.evaluate("""() => {
      window.letters = [];
      window.postLetter = ServiceWorker.prototype.postMessage;
      ServiceWorker.prototype.postMessage = function (message) {
        if (letters.push(message[1].number) > 1) postLetter.call(this, message);
      };
    }""")
    yield
    page.page.evaluate("() => { ServiceWorker.prototype.postMessage = postLetter; }")


@pytest.mark.pyodide_matrix
def test_a_worker_is_stopped_and_blocks(open_app: OpenApp, folder: Path) -> None:
    app = open_app(folder, isolation=False)
    assert app.run("import js; js.crossOriginIsolated") is False
    app.run(PAGE)
    app.run("worker = await hire().ready(); first = await worker.run(jobs.whoami)")
    assert app.run("await stopped(worker, jobs.witnessed, jobs.spin)") == POLITE
    assert app.run("await stopped(worker, jobs.witnessed, jobs.sleep)") == POLITE
    assert app.run("await stopped(worker, jobs.async_witnessed, jobs.rest)") == (
        ["CancelledError", "finally"],
        True,
        "idle",
    )
    assert app.run("await worker.run(jobs.ask, callback(lambda question: 12))") == 12
    assert app.run("await worker.run(jobs.whoami) == first")


@pytest.mark.parametrize(
    "job",
    [
        "jobs.witnessed, jobs.spin",
        "jobs.witnessed, jobs.sleep",
        "jobs.async_witnessed, jobs.spin_in_a_task",
        "jobs.witnessed, jobs.add_up",
    ],
)
def test_what_runs_is_interrupted_and_the_worker_goes_on(page: AppPage, job: str) -> None:
    assert page.run(f"await stopped(worker, {job})") == POLITE
    assert page.run("await worker.run(jobs.spin_for, 0.5)") == "spun"  # nothing of the stop is left


def test_a_call_that_waits_for_its_turn_is_stopped_in_its_turn(page: AppPage) -> None:
    code = """
    printed.clear()
    begun, idle = asyncio.Event(), asyncio.Event()
    first = asyncio.create_task(worker.run(jobs.witnessed, callback(begun.set), jobs.spin_for, 0.6))
    await begun.wait()
    second = asyncio.create_task(worker.run(jobs.witnessed, callback(begun.set), jobs.spin))
    while worker.in_flight < 2:
        await asyncio.sleep(0)
    second.cancel()
    worker.on_idle.append(lambda worker: idle.set())
    await idle.wait()
    worker.on_idle.pop()
    await first, "".join(printed).split()
    """
    assert page.run(code) == ("spun", ["finally", "KeyboardInterrupt", "finally"])


@pytest.mark.parametrize("isolation", [True, False])
def test_what_is_cancelled_by_its_loop_ends_undisturbed(
    open_app: OpenApp, folder: Path, isolation: bool
) -> None:
    app = open_app(folder, isolation=isolation)
    app.run(PAGE)
    app.run("worker = await hire().ready()")
    assert app.run("await stopped(worker, jobs.slow_to_end)") == (["all", "of", "finally"], True, "idle")
    with pytest.raises(PageError, match=r"worker was blocked for .* without an answer"):
        app.run("await worker.run(jobs.ask_for, 0.05, callback(lambda _: asyncio.sleep(3600)))")


def test_a_blocked_call_gets_answers_of_any_size_and_errors(page: AppPage) -> None:
    assert page.run("await worker.run(jobs.ask, callback(lambda question: question[:3]))") == "how"
    code = """
    answer = bytes(range(256)) * 4096
    await worker.run(jobs.ask, callback(lambda question: answer)) == answer
    """
    assert page.run(code)
    with pytest.raises(ZeroDivisionError):
        page.run("await worker.run(jobs.ask, callback(lambda question: 1 / 0))")


def test_a_call_that_is_blocked_is_interrupted(page: AppPage) -> None:
    code = """
    asked = asyncio.Event()
    async def never(question):
        asked.set()
        await asyncio.sleep(3600)
    question = callback(never)
    await stopped(worker, jobs.witnessed, jobs.ask, question), asked.is_set(), worker.in_flight
    """
    assert page.run(code) == (POLITE, True, 0)


@pytest.mark.usefixtures("lossy")
def test_a_letter_that_is_lost_comes_again(page: AppPage) -> None:
    assert page.run("await stopped(worker, jobs.witnessed, jobs.spin)") == POLITE
    assert page.page.evaluate("letters.length") >= 2
    assert page.page.evaluate("new Set(letters).size") == 1


def test_an_answer_that_cannot_be_brought_ends_its_call(page: AppPage) -> None:
    page.page.evaluate("""() => {
      window.postLetter = ServiceWorker.prototype.postMessage;
      ServiceWorker.prototype.postMessage = () => {};
    }""")
    code = """
    other = await hire().ready()
    task = asyncio.create_task(other.run(jobs.ask, callback(len)))
    await asyncio.wait([task])
    task.exception().reason, str(task.exception())
    """
    reason, message = page.run(code)
    page.page.evaluate("() => { ServiceWorker.prototype.postMessage = postLetter; }")
    assert reason == "unresponsive"
    assert "the service worker that brings answers is gone" in message


def test_the_service_worker_may_be_killed(page: AppPage) -> None:
    tools = page.page.context.new_cdp_session(page.page)
    tools.send("ServiceWorker.enable")
    code = """
    gate, asked = asyncio.Event(), asyncio.Event()
    async def answer(question):
        asked.set()
        await gate.wait()
        return "enough"
    task = asyncio.create_task(worker.run(jobs.ask, callback(answer)))
    await asked.wait()
    """
    page.run(code)
    tools.send("ServiceWorker.stopAllWorkers")
    assert page.run("gate.set(); await task") == "enough"
    tools.send("ServiceWorker.stopAllWorkers")
    assert page.run("await stopped(worker, jobs.witnessed, jobs.spin)") == POLITE


def test_two_tabs_do_not_get_each_others_mail(page: AppPage, _pyodide_session: Session) -> None:
    loop = _pyodide_session.loop
    other = loop.run(AppPage.open(loop, page.raw.context, page.url, page.timeout))
    other.wait_ready()
    other.run(PAGE)
    code = """
    worker = await hire().ready()
    begun = asyncio.Event()
    task = asyncio.create_task(worker.run(jobs.witnessed, callback(begun.set), jobs.spin))
    await begun.wait()
    """
    other.run(code)
    assert page.run("await stopped(worker, jobs.witnessed, jobs.spin)") == POLITE
    assert other.run("printed, task.done(), worker.in_flight") == ([], False, 1)
    other.page.close()


def test_a_page_that_becomes_isolated_by_a_service_worker_has_workers_too(
    open_app: OpenApp, folder: Path
) -> None:
    runtime = "/_pyodide_app/runtime"
    script = f'<script type="module" src="{runtime}/isolation.js"></script>'
    (folder / "isolated.html").write_text(f'{script}<pyodide-app src="main.py"></pyodide-app>')
    stub = f'importScripts("{runtime}/isolation-service-worker.js");'
    (folder / "isolation-service-worker.js").write_text(stub)
    app = open_app(folder, isolation=False)
    app.run(PAGE)
    app.run("worker = await hire().ready()")
    assert app.page.evaluate(SCOPES) == [f"{runtime}/"]
    app.page.goto(f"{app.url}isolated.html")
    app.page.wait_for_function("window.crossOriginIsolated")
    app.wait_ready()
    app.run(PAGE)
    assert app.run("await (await hire().ready()).run(jobs.spin_for, 0)") == "spun"
    assert app.page.evaluate(SCOPES) == ["/"]


@pytest.mark.parametrize("mail", ["", 'importScripts("/_pyodide_app/runtime/mail-service-worker.js");'])
def test_a_service_worker_of_the_app_keeps_the_workers_and_may_bring_the_mail(
    open_app: OpenApp, folder: Path, mail: str
) -> None:
    answers_all = "addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));"
    (folder / "service-worker.js").write_text(f"{mail}\n{answers_all}")
    app = open_app(folder, isolation=False)
    app.run(PAGE)
    app.run("worker = await hire().ready()")
    assert app.page.evaluate(SCOPES) == ["/_pyodide_app/runtime/"]
    app.page.evaluate(OWN_SERVICE_WORKER)
    app.run("worker = await hire().ready()")
    assert app.page.evaluate(SCOPES) == ["/"]
    stopped = POLITE if mail else ([], True, "died")
    assert app.run("await stopped(worker, jobs.witnessed, jobs.spin)") == stopped


def test_a_pool_keeps_its_worker(page: AppPage) -> None:
    code = """
    begun, quiet = asyncio.Event(), asyncio.Event()
    async with WorkerPool(1) as pool:
        first = await pool.run(jobs.whoami)
        task = asyncio.create_task(pool.run(jobs.witnessed, callback(begun.set), jobs.spin))
        await begun.wait()
        task.cancel()
        result = await pool.run(jobs.whoami) == first, pool.restarts.peek()
    result
    """
    assert page.run(code) == (True, 0)


def test_a_heartbeat_sees_that_it_computes(page: AppPage) -> None:
    code = """
    from pyodide_app.bridge.workers import Heartbeat
    heart = Heartbeat(worker, every=0.3, patience=60)
    task = asyncio.create_task(worker.run(jobs.spin))
    while heart.pulse.peek() != "computes":
        await asyncio.sleep(0.01)
    task.cancel()
    while heart.pulse.peek() != "answers":
        await asyncio.sleep(0.01)
    heart.stop()
    """
    page.run(code)


def test_without_a_service_worker_what_runs_loses_its_worker_and_jspi_blocks(
    open_app: OpenApp, folder: Path
) -> None:
    app = open_app(folder, isolation=False)
    app.page.evaluate(NO_SERVICE_WORKERS)
    app.run(PAGE)
    app.run("worker = await hire(grace=0.1).ready()")
    assert app.run("await worker.run(jobs.ask, callback(lambda question: 12))") == 12
    assert app.run("await stopped(worker, jobs.witnessed, jobs.spin)") == ([], True, "died")


def test_where_no_way_to_block_is_open_the_error_names_all(open_app: OpenApp, folder: Path) -> None:
    app = open_app(folder, isolation=False)

    def without_jspi(route: Route) -> None:
        response = route.fetch()
        script = f"delete WebAssembly.Suspending; delete WebAssembly.promising;\n{response.text()}"
        route.fulfill(response=response, body=script)

    app.page.evaluate(NO_SERVICE_WORKERS)
    app.page.route("**/runtime/worker.js", without_jspi)
    app.run(PAGE)
    app.run("worker = await hire().ready()")
    with pytest.raises(PageError, match=r"JSPI.*no shared memory.*no service worker"):
        app.run("await worker.run(jobs.ask, callback(len))")

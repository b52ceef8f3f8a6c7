"""A worker that answers, one that computes, one that hangs and one that is dead are four things."""

import pytest

from pyodide_app.testing import AppPage

UNTIL = """
from pyodide_app.bridge.workers import Heartbeat
async def until(signal, *values):
    while signal.peek() not in values:
        await asyncio.sleep(0.01)
"""


@pytest.fixture
def page(app: AppPage) -> AppPage:
    """The page, with `until`."""
    app.run(UNTIL)
    return app


def test_it_computes_then_answers(page: AppPage) -> None:
    code = """
    heart = Heartbeat(worker, every=0.05, patience=60)
    task = asyncio.create_task(worker.run(work.spin))
    await until(heart.pulse, "computes")
    task.cancel()
    await until(heart.pulse, "answers")
    heart.stop()
    """
    page.run(code)


def test_one_that_hangs_is_unresponsive_and_the_policy_ends_it(page: AppPage) -> None:
    code = """
    stuck = await Worker().ready()
    seen = []
    def policy(worker):
        seen.append(worker.state.peek())
        worker.terminate()
    heart = Heartbeat(stuck, every=0.05, patience=0.2, on_silence=policy)
    task = asyncio.create_task(stuck.run(work.hang))
    await until(heart.pulse, "dead")
    await asyncio.wait([task])
    seen, task.exception().reason
    """
    assert page.run(code) == (["unresponsive"], "terminated")


def test_patience_below_the_time_between_looks_is_refused(page: AppPage) -> None:
    with pytest.raises(ValueError, match="patience"):
        page.run("Heartbeat(worker, every=2, patience=1)")

"""How a pool starts, how much may wait for it, how it ends, and how its workers take turns."""

from pyodide_app.testing import AppPage


def test_submit_raises_when_the_queue_is_full_and_run_waits(pooled: AppPage) -> None:
    code = """
    async with WorkerPool(1, name="narrow", queue_size=2) as narrow:
        futures = [narrow.submit(jobs.square, x) for x in range(2)]
        try:
            narrow.submit(jobs.square, 2)
        except asyncio.QueueFull as error:
            full = str(error)
        seen = await narrow.run(jobs.square, 3), [future.result() for future in futures]
        later = await narrow.submit(jobs.square, 4)
    full, seen, later
    """
    full, seen, later = pooled.run(code)
    assert "2 tasks wait for a worker of narrow, and its queue_size is 2" in full
    assert (seen, later) == ((9, [0, 1]), 16)


def test_the_end_of_async_with_waits_for_all_calls_and_ends_the_workers(pooled: AppPage) -> None:
    code = """
    async with WorkerPool(1) as short:
        futures = [short.submit(jobs.square, x) for x in range(5)]
        [worker] = short.workers.value
    [future.result() for future in futures], worker.state.value, short.workers.value
    """
    assert pooled.run(code) == ([0, 1, 4, 9, 16], "closed", ())


def test_an_exception_in_async_with_cancels_all_calls(pooled: AppPage) -> None:
    code = """
    try:
        async with WorkerPool(1) as short:
            futures = [short.submit(jobs.square, x) for x in range(3)]
            task = asyncio.create_task(short.run(jobs.square, 1))
            await asyncio.sleep(0)
            raise LookupError("in the block")
    except LookupError as error:
        raised = str(error)
    cancelled = [future.cancelled() for future in futures]
    await asyncio.wait([task])
    raised, cancelled, task.cancelled(), short.workers.value
    """
    assert pooled.run(code) == ("in the block", [True] * 3, True, ())


def test_a_call_after_the_end_is_told_that_the_pool_is_closed(pooled: AppPage) -> None:
    code = """
    over = WorkerPool(1, name="over")
    over.terminate()
    over.terminate()
    seen = []
    for call in (over.run, over.submit):
        try:
            result = call(jobs.square, 1)
            await result
        except WorkerDied as error:
            seen.append((str(error), error.reason))
    try:
        await anext(over.map(jobs.square, [1]))
    except WorkerDied as error:
        seen.append((str(error), error.reason))
    await over.close()
    seen
    """
    assert pooled.run(code) == [("over is closed: it takes no more calls", "closed")] * 3


def test_a_worker_that_has_done_its_share_is_replaced(pooled: AppPage) -> None:
    code = """
    async with WorkerPool(1, recycle_after=3) as turns:
        seen = [await turns.run(jobs.whoami) for _ in range(6)]
    len(set(seen[:3])), len(set(seen[3:])), len(set(seen)), turns.restarts.value
    """
    assert pooled.run(code) == (1, 1, 2, 2)


def test_a_pool_whose_workers_cannot_start_fails_with_the_reason(pooled: AppPage) -> None:
    code = """
    broken = WorkerPool(2, name="broken", module="breaks")
    waiting = [broken.submit(jobs.square, x) for x in range(3)]
    await asyncio.gather(*waiting, return_exceptions=True)
    try:
        await broken.run(jobs.square, 1)
    except WorkerDied as error:
        later = str(error), error.reason, repr(error.__cause__)
    [future.exception().reason for future in waiting], later, broken.workers.value
    """
    reasons, (message, reason, cause), workers = pooled.run(code)
    assert reasons == ["import"] * 3
    assert message.startswith("broken has no workers, for they do not start: broken-3 has died (import)")
    assert (reason, cause, workers) == ("import", "ZeroDivisionError('division by zero')", ())


def test_a_spare_takes_over_at_once(pooled: AppPage) -> None:
    code = """
    async with WorkerPool(1, spares=1) as ready:
        await until(lambda: [w.state.peek() for w in ready.workers.peek()] == ["idle", "idle"])
        call = asyncio.create_task(ready.run(jobs.vanish))
        await asyncio.wait([call])
        result = await ready.run(jobs.square, 3)
        states = sorted(worker.state.value for worker in ready.workers.value)
        ready.terminate()
    call.exception().reason, result, states
    """
    assert pooled.run(code) == ("crashed", 9, ["idle", "starting"])

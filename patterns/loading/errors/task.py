"""Fails in a task that nobody awaits."""

import asyncio


async def save(name: str) -> None:
    await asyncio.sleep(0.1)
    raise OSError(f"cannot save <b>{name}</b>")


task = asyncio.create_task(save("notes"))
print("Saving…")

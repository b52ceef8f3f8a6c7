"""What an older layout of the log has is read, and kept in the newest one."""

from collections.abc import Callable
from typing import Any

Do = Callable[[str], Any]

OLDER = """
import js, struct, zlib
from js import Uint8Array
from pyodide.ffi import to_js

HEADER = 32
folder = await js.navigator.storage.getDirectory()
for name in ("pyodide_app", "%2Flayouts"):
    folder = await folder.getDirectoryHandle(name)

async def opened(name):
    return await (await folder.getFileHandle(name)).createSyncAccessHandle()

async def layout_of(name):
    handle = await opened(name)
    data = Uint8Array.new(HEADER)
    handle.read(data)
    handle.close()
    return struct.unpack_from(">I", data.to_bytes(), 4)[0]

async def rewrite_as_layout_1():
    # A record in the newest layout: lengths of JSON and of bytes, generation, number, checksum, both.
    handle = await opened("log-1")
    data = Uint8Array.new(handle.getSize())
    handle.read(data)
    data = data.to_bytes()
    header = struct.pack(">III", 0x70794150, 1, 1) + bytes(16)
    rewritten = header + struct.pack(">I", zlib.crc32(header))
    at = HEADER
    while size := struct.unpack_from(">I", data, at)[0]:
        _, extra, generation, number, _ = struct.unpack_from(">IIIII", data, at)
        text = data[at + 20 : at + 20 + size]
        head = struct.pack(">III", size, generation, number)
        rewritten += head + struct.pack(">I", zlib.crc32(text, zlib.crc32(head))) + text
        at += 20 + size + extra
    handle.truncate(0)
    handle.write(to_js(rewritten + bytes(1000)))
    handle.close()
"""


def test_layout_1_is_read_and_left_behind(in_the_worker: Do) -> None:
    in_the_worker(
        """
        async with await mount("/layouts") as store:
            Path("/layouts/first").write_text("one")
            await store.flush()
            Path("/layouts/second").write_text("two")
        """
    )
    assert in_the_worker(
        OLDER
        + """
await rewrite_as_layout_1()
found = [await layout_of("log-1")]
async with await mount("/layouts") as store:
    found.append({path.name: path.read_text() for path in Path("/layouts").iterdir()})
    Path("/layouts/third").write_text("three")
found.append(await layout_of("log-0"))
async with await mount("/layouts"):
    found.append(sorted(os.listdir("/layouts")))
found
"""
    ) == [1, {"first": "one", "second": "two"}, 2, ["first", "second", "third"]]

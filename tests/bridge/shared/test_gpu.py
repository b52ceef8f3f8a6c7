"""The GPU reads a SharedArray as it is; here, a GPU in software."""

from pyodide_app.testing import AppPage

CODE = """
    from array import array
    from js import GPUBufferUsage, GPUMapMode, Float32Array, Object, navigator
    from pyodide.ffi import to_js
    from pyodide_app.bridge import SharedArray

    shared = SharedArray(4, "f")
    shared[:] = array("f", [1, 2, 3, 4])
    before = shared.copies
    adapter = await navigator.gpu.requestAdapter()
    device = await adapter.requestDevice()

    def buffer(usage):
        return device.createBuffer(to_js({"size": 16, "usage": usage}, dict_converter=Object.fromEntries))

    there = buffer(GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC)
    back = buffer(GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ)
    device.queue.writeBuffer(there, 0, shared.js)
    encoder = device.createCommandEncoder()
    encoder.copyBufferToBuffer(there, 0, back, 0, 16)
    device.queue.submit(to_js([encoder.finish()]))
    await back.mapAsync(GPUMapMode.READ)
    ([*Float32Array.new(back.getMappedRange())], shared.copies == before)
"""


def test_the_gpu_takes_a_shared_array_without_a_copy_of_ours(pyodide: AppPage) -> None:
    assert pyodide.run(CODE) == ([1.0, 2.0, 3.0, 4.0], True)
